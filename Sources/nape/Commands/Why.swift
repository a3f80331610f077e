import ArgumentParser
import NapeBus
import NapeStore

struct Why: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain what comes next, when, and which setting decides.",
    discussion: """
      Example:
        nape why
      """)

  func run() throws {
    let answer = try Client.with { (client) throws(DaemonClient.Failure) in try client.call(BusName.daemon, "Why") }
    // Why they rest is in the record alone: others may listen on the bus.
    let isOpen = try? DiaryBook(writes: false).read { (store) throws(StoreError) in try store.openWarning() != nil }
    let resume = isOpen == true ? " To let posture and exercise prompts go on: nape warning-signs --resume." : ""
    print((answer.first?.string ?? "") + resume)
  }
}
