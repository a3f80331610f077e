import Glibc
import NapeBus
import NapeCore
import NapeDesktop
import NapeSettings
import NapeStore
import Systemd

/// `naped`: the daemon among the machine's real parts.
public enum DaemonProgram {
  /// Runs until it is told to stop, or the session's bus is gone.
  ///
  /// - Returns: the exit status: 0 done, or another daemon is running; 1 failed, or the bus is gone; 64 usage; 78 configuration.
  public static func run(_ arguments: [String]) -> Int32 {
    if arguments.count > 1 {
      if arguments[1] == "--version" && arguments.count == 2 {
        print("naped \(NapeVersion.string)")
        return 0
      }
      complain("\(arguments[1]): naped takes no arguments; settings are in nape.toml")
      return 64
    }
    do {
      return try run()
    } catch {
      complain("\(error)")
      return 1
    }
  }

  /// On standard error; where that is the journal, as a record of its own.
  private static func complain(
    _ text: String, _ priority: Journal.Priority = .error, line: UInt = #line, function: String = #function
  ) {
    // journald may look for the unit when the process is gone; `journalctl --user -u` finds the record by this.
    let unit = Journal.userUnit.map { [(name: "USER_UNIT", value: $0)] } ?? []
    if Journal.takesStandardError,
      Log.journal.write(.failed, priority, text, unit, line: line, function: function)
    {
      return
    }
    let bytes = Array("naped: \(text)\n".utf8)
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  private static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  private static func run() throws -> Int32 {
    umask(0o077)
    let loop = try EventLoop()
    let bus: Bus
    do throws(Errno) { bus = try Bus.openUser() } catch {
      complain("the session bus cannot be reached: \(error)")
      return 1
    }
    try bus.attach(to: loop)
    guard try bus.requestName(BusName.service) else {
      complain("another naped is running in this session; it stays", .notice)
      return 0
    }
    guard let path = StoreLocation.path(environment: environment) else {
      complain("neither XDG_DATA_HOME nor HOME says where the store is")
      return 78
    }
    let clock = try SystemClock(loop: loop, environment: environment)
    let daemon: Daemon
    do {
      daemon = try Daemon(
        Daemon.Parts(
          loop: loop, clock: clock, zone: clock.zone, bootID: bootID(), bus: bus, storePath: path,
          loadSettings: { LoadedSettings.load(environment: environment) }, wordings: .builtIn(), log: .journal,
          environment: environment))
    } catch let error as StoreError {
      complain("the store cannot be opened: \(error)")
      return 1
    }
    clock.onDeadline = { daemon.handle(.tick) }
    clock.onStep = { daemon.handle(.tick) }
    clock.onZone = { daemon.handle(.zone($0)) }
    _ = try daemon.takeName()

    let disconnect = try bus.onDisconnect {
      daemon.stop()
      loop.stop(throwing: BusGone(bus: "session"))
    }
    let started = time(nil)
    var hasAskedForRestart = false
    let presence = try RealPresence(
      loop: loop, bus: bus, daemon: daemon, clock: clock, environment: environment,
      systemBusGone: {
        daemon.stop()
        loop.stop(throwing: BusGone(bus: "system"))
      },
      cookieWithheld: {
        // A cookie of before the start is withheld by something that another start does not change.
        guard !hasAskedForRestart, Confinement.cookie(environment).contains(where: { isNew($0, since: started) }) else {
          return
        }
        hasAskedForRestart = true
        ServiceRestart.ask(on: bus, environment: environment)
      })
    let signals = try [SIGTERM, SIGINT].map { signal in
      try loop.signal(signal) {
        Notify.stopping()
        daemon.stop()
        loop.stop()
      }
    }
    let hangup = try loop.signal(SIGHUP) {
      Notify.reloading()
      // What was wrong has been logged; the last good settings are in force.
      try? daemon.reload()
      Notify.ready(status: daemon.statusText)
    }
    try loop.enableWatchdog()
    // Both buses and the store are open; what comes now is other people's.
    daemon.note(
      Confinement(
        environment: environment, storePath: path, programme: daemon.engine.settings.exercises.programme
      ).enforce())
    daemon.onStatusText = { Notify.status($0) }
    daemon.start()
    Notify.ready(status: daemon.statusText)
    try withExtendedLifetime((presence, disconnect, signals, hangup)) { try loop.run() }
    return 0
  }

  /// Without the session's bus the daemon can neither be reached nor reach anybody, and without the system's it would not
  /// hear of an unlock any more; where the session goes on, its manager starts it anew.
  private struct BusGone: Error, CustomStringConvertible {
    let bus: String

    var description: String { "the \(bus) bus has gone; the record is stored up to now" }
  }

  /// Whether a file was made, or took another's name, since then. `stat(2)`
  private static func isNew(_ path: String, since start: time_t) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_ctim.tv_sec >= start
  }

  /// Which boot this is.
  private static func bootID() -> String {
    let bytes = (try? RegularFile.read("/proc/sys/kernel/random/boot_id")) ?? nil
    return String(decoding: bytes ?? [], as: UTF8.self).filter { !$0.isWhitespace }
  }
}
