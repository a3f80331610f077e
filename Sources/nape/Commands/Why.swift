import ArgumentParser
import NapeBus

struct Why: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain what comes next, when, and which setting decides.",
    discussion: """
      Example:
        nape why
      """)

  func run() throws {
    let answer = try Client.with { (client) throws(DaemonClient.Failure) in try client.call(BusName.daemon, "Why") }
    print(answer.first?.string ?? "")
  }
}
