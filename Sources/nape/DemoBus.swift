import Glibc
import Systemd

/// The bus on which a demo's daemon is: the session's, or one of its own.
final class DemoBus {
  let connection: Bus
  var isPrivate: Bool { daemon != nil }
  /// `nil` for the session's.
  private let daemon: (pid: pid_t, address: String)?

  /// - Returns: `nil` where there is none to be reached.
  static func session() -> DemoBus? { (try? Bus.openUser()).map { DemoBus($0) } }

  private init(_ session: Bus) { (connection, daemon) = (session, nil) }

  /// One of its own, which starts nothing on anybody's behalf.
  ///
  /// - Parameter folder: where its configuration is put.
  init(configuredIn folder: String) throws {
    let configuration = folder + "/bus.conf"
    let file = open(configuration, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    let isWritten = file >= 0 && Files.write(Self.configuration.utf8, to: file)
    let reason = errno
    if file >= 0 { close(file) }
    guard isWritten else { throw Failure("\(configuration): \(String(cString: strerror(reason)))", status: 1) }
    let daemon = try Self.start(configuration)
    do {
      connection = try Bus.open(address: daemon.address)
    } catch {
      kill(daemon.pid, SIGTERM)
      throw Failure("a bus for the demo was started and does not answer: \(error)", status: 1)
    }
    self.daemon = daemon
  }

  /// Another connection to a bus of its own.
  func another() throws -> Bus {
    guard let daemon else { return try Bus.openUser() }
    return try Bus.open(address: daemon.address)
  }

  func stop() {
    guard let daemon else { return }
    kill(daemon.pid, SIGTERM)
    var status: Int32 = 0
    waitpid(daemon.pid, &status, 0)
  }

  /// As a session's, without the folders of services that it may start. `dbus-daemon(1)`
  private static let configuration = """
    <busconfig>
      <type>session</type>
      <listen>unix:tmpdir=/tmp</listen>
      <auth>EXTERNAL</auth>
      <policy context="default">
        <allow send_destination="*" eavesdrop="true"/>
        <allow eavesdrop="true"/>
        <allow own="*"/>
      </policy>
    </busconfig>

    """

  private static func start(_ configuration: String) throws -> (pid: pid_t, address: String) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw Failure(String(cString: strerror(errno)), status: 1) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 3)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    let words = ["dbus-daemon", "--config-file=\(configuration)", "--nofork", "--print-address=3"]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var pid: pid_t = 0
    let result = posix_spawnp(&pid, "dbus-daemon", &actions, nil, &arguments, environ)
    close(ends[1])
    defer { close(ends[0]) }
    guard result == 0 else {
      throw Failure("the demo needs a bus, and dbus-daemon cannot be started: install dbus-daemon", status: 69)
    }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(ends[0], &buffer, buffer.count)
    let line = String(decoding: buffer[..<max(0, count)].prefix { $0 != 0x0a }, as: UTF8.self)
    return (pid, line)
  }
}
