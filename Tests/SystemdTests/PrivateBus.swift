import Foundation
import Glibc

/// A `dbus-daemon` of a test's own, which starts nobody. It ends with the last reference.
final class PrivateBus {
  struct Failure: Error {
    let call: String
    let code: Int32
  }

  let address: String
  private let folder: TemporaryFolder
  private var pid: pid_t?

  /// - Throws: if there is no `dbus-daemon`, too.
  init() throws {
    folder = try TemporaryFolder()
    let config = """
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
      """
    try config.write(toFile: folder.path + "/bus.conf", atomically: false, encoding: .utf8)

    let output = try PipeEnds()
    let arguments = ["dbus-daemon", "--nofork", "--print-address=1", "--config-file=\(folder.path)/bus.conf"]
    let pid = try spawn(arguments, output: output.write)
    output.closeWrite()

    var text: [UInt8] = []
    var byte: UInt8 = 0
    while read(output.read, &byte, 1) == 1, byte != 0x0a { text.append(byte) }
    address = String(decoding: text, as: UTF8.self)
    self.pid = pid
    guard !address.isEmpty else { throw Failure(call: "dbus-daemon", code: 0) }
  }

  deinit { kill() }

  /// Ends it at once, and with it all connections.
  func kill() {
    guard let pid else { return }
    Glibc.kill(pid, SIGKILL)
    waitpid(pid, nil, 0)
    self.pid = nil
  }
}

/// Starts a program with an empty signal mask.
func spawn(_ arguments: [String], output: CInt? = nil) throws -> pid_t {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  if let output { posix_spawn_file_actions_adddup2(&actions, output, 1) }

  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var none = sigset_t()
  sigemptyset(&none)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

  let strings = arguments.map { strdup($0) } + [nil]
  defer { for string in strings { free(string) } }
  var pid: pid_t = 0
  let result = posix_spawnp(&pid, arguments[0], &actions, &attributes, strings, environ)
  guard result == 0 else { throw PrivateBus.Failure(call: arguments[0], code: result) }
  return pid
}
