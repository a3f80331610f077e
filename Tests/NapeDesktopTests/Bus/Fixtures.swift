import Glibc
import Systemd
import Testing

/// What a test waits for did not come.
struct NothingCame: Error {}

/// A variable that closures share.
final class Kept<Value> {
  var value: Value

  init(_ value: Value) { self.value = value }
}

extension EventLoop {
  /// Turns until a condition holds. Nothing is measured: the time-out only ends a test that would hang.
  func turn(until condition: () -> Bool) throws {
    while !condition() { guard try runOnce(timeoutUSec: 20_000_000) else { throw NothingCame() } }
  }

  /// Turns until nothing more happens at once.
  func rest() throws { while try runOnce(timeoutUSec: 50_000) {} }
}

/// A message bus of the test's own that starts no service.
final class PrivateBus {
  let address: String
  private let process: pid_t
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let path = folder.path
    let configuration = """
      <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
       "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
      <busconfig>
        <type>session</type>
        <listen>unix:path=\(path)/bus</listen>
        <auth>EXTERNAL</auth>
        <policy context="default">
          <allow send_destination="*" eavesdrop="true"/>
          <allow eavesdrop="true"/>
          <allow own="*"/>
        </policy>
      </busconfig>
      """
    let file = open(path + "/bus.conf", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard write(file, configuration, configuration.utf8.count) > 0, close(file) == 0 else { throw Errno.current }
    address = "unix:path=\(path)/bus"
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    let arguments: [String] = ["dbus-daemon", "--config-file=\(path)/bus.conf", "--nofork", "--nosyslog"]
    let words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    let code = posix_spawnp(&process, "dbus-daemon", &actions, nil, words, environ)
    guard code == 0 else { throw Errno(code: code) }
    self.process = process
    // It is there as soon as its socket takes a connection.
    for _ in 0..<2000 where (try? Bus.open(address: address)) == nil { usleep(10_000) }
  }

  deinit {
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
  }

  /// A connection whose messages a loop handles.
  func connect(_ loop: EventLoop) throws -> Bus {
    let bus = try Bus.open(address: address)
    try bus.attach(to: loop)
    return bus
  }
}
