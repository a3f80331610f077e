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
      Runs the real daemon on a recorded day with a store of its own; your record and settings are not touched. Prompts
      appear here and on the desktop's notification server where there is one; the answers are the recording's.

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
    let bus = try DemoBus()
    defer { bus.stop() }

    let loop = try EventLoop()
    try bus.connection.attach(to: loop)
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

/// The session's bus, or one of our own where there is none.
private final class DemoBus {
  let connection: Bus
  let isPrivate: Bool
  private var daemon: pid_t = 0

  init() throws {
    if let session = try? Bus.openUser() {
      (connection, isPrivate) = (session, false)
      return
    }
    let (pid, address) = try Self.startDaemon()
    daemon = pid
    isPrivate = true
    do {
      connection = try Bus.open(address: address)
    } catch {
      kill(pid, SIGTERM)
      throw Failure("a bus for the demo was started and does not answer: \(error)", status: 1)
    }
  }

  func stop() {
    guard daemon > 0 else { return }
    kill(daemon, SIGTERM)
    var status: Int32 = 0
    waitpid(daemon, &status, 0)
  }

  private static func startDaemon() throws -> (pid_t, address: String) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw Failure(String(cString: strerror(errno)), status: 1) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 3)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    let words = ["dbus-daemon", "--session", "--nofork", "--print-address=3"]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var pid: pid_t = 0
    let result = posix_spawnp(&pid, "dbus-daemon", &actions, nil, &arguments, environ)
    close(ends[1])
    defer { close(ends[0]) }
    guard result == 0 else {
      throw Failure("there is no session bus, and dbus-daemon cannot be started: install dbus-daemon", status: 69)
    }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(ends[0], &buffer, buffer.count)
    let line = String(decoding: buffer[..<max(0, count)].prefix { $0 != 0x0a }, as: UTF8.self)
    return (pid, line)
  }
}
