import CSystemd
import Glibc
import Testing

@testable import Systemd

/// What a test waits for did not come.
struct NothingCame: Error {}

/// An error of a test's own, told apart by its number.
struct Thrown: Error, Equatable { let number: Int }

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
}

/// A folder that is removed with all that is in it.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/systemd-tests-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Errno.current }
    path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  }

  deinit {
    if let folder = opendir(path) {
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        unlink("\(path)/\(name)")
      }
      closedir(folder)
    }
    rmdir(path)
  }

  func write(_ text: String, to name: String) throws -> String {
    let file = "\(path)/\(name)"
    let fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard fd >= 0 else { throw Errno.current }
    defer { close(fd) }
    guard Glibc.write(fd, text, text.utf8.count) == text.utf8.count else { throw Errno.current }
    return file
  }
}

/// The ends of a pipe, closed by whoever asked for it: what is written to the second is read from the first.
func makePipe() throws(Errno) -> (reader: CInt, writer: CInt) {
  var ends: [CInt] = [-1, -1]
  guard pipe(&ends) == 0 else { throw Errno.current }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  return (ends[0], ends[1])
}

/// Starts a program without the signal mask of this thread. Its standard output goes to a descriptor, if there is one,
/// and its complaints nowhere.
func spawn(_ arguments: [String], output: CInt? = nil) throws(Errno) -> pid_t {
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var none = sigset_t()
  sigemptyset(&none)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
  if let output { posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) }
  let words = arguments.map { strdup($0) } + [nil]
  defer { for word in words { free(word) } }
  var pid: pid_t = 0
  let code = posix_spawnp(&pid, arguments[0], &actions, &attributes, words, environ)
  guard code == 0 else { throw Errno(code: code) }
  return pid
}

/// A message bus of the test's own that starts no service.
final class PrivateBus {
  let address: String
  private let pid: pid_t
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let configuration = try folder.write(
      """
      <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
       "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
      <busconfig>
        <type>session</type>
        <listen>unix:dir=\(folder.path)</listen>
        <auth>EXTERNAL</auth>
        <policy context="default">
          <allow send_destination="*" eavesdrop="true"/>
          <allow eavesdrop="true"/>
          <allow own="*"/>
        </policy>
      </busconfig>
      """, to: "bus.conf")
    let ends = try makePipe()
    defer { close(ends.reader) }
    do {
      defer { close(ends.writer) }
      pid = try spawn(
        ["dbus-daemon", "--config-file=\(configuration)", "--nofork", "--nosyslog", "--print-address=1"],
        output: ends.writer)
    }
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while read(ends.reader, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
    address = String(decoding: line, as: UTF8.self)
    guard !address.isEmpty else { throw NothingCame() }
  }

  deinit { kill() }

  /// Ends the daemon as a crash would.
  func kill() {
    Glibc.kill(pid, SIGKILL)
    waitpid(pid, nil, 0)
  }

  /// A connection whose messages a loop handles.
  func connect(_ loop: EventLoop) throws -> Bus {
    let bus = try Bus.open(address: address)
    try bus.attach(to: loop)
    return bus
  }
}

extension Bus {
  /// What a call answers, waited for in a loop.
  func answer(to call: Message, timeoutUSec: UInt64 = 0, in loop: EventLoop) throws -> Result<[BusValue], BusError> {
    let answer = Kept<Result<[BusValue], BusError>?>(nil)
    try send(call, timeoutUSec: timeoutUSec) { answer.value = $0 }
    try loop.turn { answer.value != nil }
    return try #require(answer.value)
  }

  /// Waits until the daemon has handled all that was sent before, as a match is.
  func settle(in loop: EventLoop) throws {
    let driver = "org.freedesktop.DBus"
    _ = try answer(to: methodCall(driver, "/org/freedesktop/DBus", driver, "GetId"), in: loop).get()
  }
}

extension Bus {
  /// A signal to one receiver, as any process may send it.
  func send(
    to destination: String, path: String, interface: String, member: String, _ values: [BusValue]
  ) throws {
    var raw: OpaquePointer?
    try check(sd_bus_message_new_signal(self.raw, &raw, path, interface, member))
    let message = try Message(owning: #require(raw))
    try message.append(values)
    try check(sd_bus_send_to(self.raw, message.raw, destination, nil))
  }
}
