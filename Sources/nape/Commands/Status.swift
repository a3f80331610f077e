import ArgumentParser
import Glibc
import NapeBus
import NapeCore
import NapeStore
import Systemd

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Tell whether you sit, for how long, and what comes next.",
    discussion: """
      Examples:
        nape status
        nape status --json
      """)

  @Flag(name: .long, help: "Print one JSON object; times are microseconds, UTC.")
  var json = false

  @Flag(name: .long, help: "Print again whenever it changes, and once a minute, until interrupted.")
  var watch = false

  func run() throws {
    guard watch else { return try Client.with { (client) throws(DaemonClient.Failure) in show(try Self.read(client)) } }
    try watchStatus()
  }

  /// What the daemon tells.
  struct Answer {
    var sitting: [String: BusValue]
    var prompts: [String: BusValue]
    var daemon: [String: BusValue]
  }

  static func read(_ client: DaemonClient) throws(DaemonClient.Failure) -> Answer {
    Answer(
      sitting: try client.properties(of: BusName.sitting), prompts: try client.properties(of: BusName.prompts),
      daemon: try client.properties(of: BusName.daemon))
  }

  private func show(_ answer: Answer) {
    print(json ? StatusText.json(answer) : StatusText.lines(answer))
    if !json, let open = Self.openWarning { print("\n" + WarningSignsText.paused(since: open)) }
  }

  /// A record that cannot be read does not take the status away.
  private static var openWarning: WarningReport? {
    let found = try? DiaryBook(writes: false).read { (store) throws(StoreError) in try store.openWarning() }
    return found ?? nil
  }

  private func watchStatus() throws {
    let loop = try EventLoop()
    let bus: Bus
    do throws(Errno) { bus = try Bus.openUser() } catch {
      throw Client.noBus(error)
    }
    try bus.attach(to: loop)
    var timer: Systemd.Timer?
    let show: () throws -> Void = {
      try Client.with { (client) throws(DaemonClient.Failure) in self.show(try Self.read(client)) }
      fflush(nil)
      try timer?.arm(atUSec: loop.nowUSec(CLOCK_MONOTONIC) + 60_000_000)
    }
    timer = try loop.timer(clock: CLOCK_MONOTONIC, accuracyUSec: 1_000_000, show)
    let changes = try bus.match(
      sender: BusName.service, path: BusName.path, interface: "org.freedesktop.DBus.Properties",
      member: "PropertiesChanged"
    ) { _ in
      // Several interfaces change together; they are shown once.
      try? timer?.arm(atUSec: loop.nowUSec(CLOCK_MONOTONIC), accuracyUSec: 50_000)
    }
    try show()
    try withExtendedLifetime(changes) { try loop.run() }
  }
}
