import ArgumentParser
import Glibc
import JSON
import NapeCore
import NapeDaemon
import NapeDesktop
import NapeSettings
import NapeSimulation
import NapeStore
import Systemd

struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a working day in half a minute.",
    discussion: """
      Runs the real daemon on a recorded day with a store of its own; your record and settings are not touched. Prompts \
      appear here and on the desktop's notification server where there is one; the answers are the recording's. With \
      --records nothing is shown there.

      Examples:
        nape demo
        nape demo --pace 0
        nape demo --trace week.jsonl --records
      """)

  @Option(name: .long, help: ArgumentHelp("Pause after each step, in milliseconds, from 0 to 5000.", valueName: "ms"))
  var pace: Int = 600

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Days of your own in place of the built-in one, as nape simulate reads them.", valueName: "file"),
    completion: .file())
  var trace: String?

  @Flag(name: .long, help: "Print what the daemon would write to the journal, a JSON object a line, and nothing else.")
  var records = false

  func validate() throws {
    guard (0...5000).contains(pace) else { throw ValidationError("--pace is \(pace): from 0 to 5000 milliseconds") }
  }

  func run() throws {
    let replay = try replay()
    guard let bytes = Zones.file(named: replay.zoneName), let zone = try? Zone(tzif: bytes) else {
      throw Failure("the zone \(replay.zoneName) is missing; install tzdata", status: 1)
    }
    let folder = try PrivateFolder(prefix: "nape-demo").path
    // What is printed as data is the same on every desktop, and nobody is shown a week of prompts.
    let bus = try records ? DemoBus(configuredIn: folder) : DemoBus.session() ?? DemoBus(configuredIn: folder)
    defer { bus.stop() }

    let loop = try EventLoop()
    try bus.connection.attach(to: loop)
    let notifications = records ? try UnseenNotifications(bus: bus.another(), loop: loop) : nil
    defer { withExtendedLifetime(notifications) {} }
    let clock = VirtualClock(startLocal: replay.start, zone: zone)
    let storePath = folder + "/nape.db"
    // The terminal takes the journal's part: a demo leaves no trace in the real one.
    let log = Log { [records] record in
      if records { print(Self.line(record, at: clock.now().stamp)) }
      return true
    }
    let daemon = try Daemon(
      Daemon.Parts(
        loop: loop, clock: clock, zone: zone, bootID: "demo", bus: bus.connection, storePath: storePath,
        loadSettings: LoadedSettings.init, wordings: .builtIn(), log: log))
    let screen = records ? nil : DemoScreen(clock: clock)
    if trace == nil { screen?.welcome(zone: replay.zoneName, notifications: !bus.isPrivate) }
    var player = DemoPlayer(
      replay: replay, loop: loop, clock: clock, daemon: daemon, screen: screen, pace: records ? 0 : pace)
    try player.play()
    guard let screen else { return }
    let store = try Store(path: storePath, patience: .command)
    screen.farewell(store: storePath, spans: try store.spans(), prompts: try store.prompts())
  }

  private func replay() throws -> Replay {
    let bytes = try trace.map { try Files.read($0, most: Files.mostOfTrace) } ?? DemoTrace.bytes
    do throws(TraceError) { return try Replay(file: trace ?? "demo.jsonl", bytes: bytes) } catch {
      throw Failure("\(error)", status: 1)
    }
  }

  /// As `journalctl -o json` has it, and the local day.
  private static func line(_ record: Log.Record, at now: Stamp) -> String {
    let fields = [
      ("date", "\(now.date)"), ("__REALTIME_TIMESTAMP", String(now.wall)), ("MESSAGE_ID", record.id.rawValue),
      ("PRIORITY", String(record.priority.rawValue)), ("MESSAGE", record.message),
    ]
    return JSONText.object((fields + record.fields).map { ($0.0, JSONText.quoted($0.1)) })
  }
}
