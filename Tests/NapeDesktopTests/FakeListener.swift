import Glibc
import Systemd

/// The socket of a server for one client at a time, in a folder of its own, served by the test's own loop.
final class FakeListener {
  let path: String
  /// Somebody has connected.
  var accepted: () throws -> Void = {}
  /// The client has sent something.
  var received: (ArraySlice<UInt8>) throws -> Void = { _ in }

  private let loop: EventLoop
  private let folder: TemporaryFolder
  private var listener: FileDescriptor?
  private var acceptance: IOSource?
  private(set) var client: FileDescriptor?
  private var input: IOSource?
  private(set) var connections = 0
  /// All that was sent.
  private(set) var sent: [UInt8] = []

  /// - Parameter name: of the socket in the folder.
  init(_ loop: EventLoop, name: String) throws {
    self.loop = loop
    folder = try TemporaryFolder()
    path = folder.path + "/" + name
    let type = CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let listener = FileDescriptor(owning: socket(AF_UNIX, type, 0))
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafeBytes(of: address) {
      bind(listener.raw, $0.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t($0.count))
    }
    guard result == 0, listen(listener.raw, 4) == 0 else { throw Errno.current }
    self.listener = listener
    acceptance = try loop.io(fd: listener.raw, events: UInt32(POLLIN)) { [weak self] _ in try self?.acceptClient() }
  }

  deinit {
    disconnect()
    stopListening()
  }

  private func acceptClient() throws {
    guard let listener else { return }
    let raw = accept(listener.raw, nil, nil)
    guard raw >= 0 else { throw Errno.current }
    _ = fcntl(raw, F_SETFL, O_NONBLOCK)
    // A bus that another test starts must not inherit it: then epoll would not notice that it is closed here.
    _ = fcntl(raw, F_SETFD, FD_CLOEXEC)
    let client = FileDescriptor(owning: raw)
    connections += 1
    disconnect()
    self.client = client
    try accepted()
    input = try loop.io(fd: client.raw, events: UInt32(POLLIN)) { [weak self] _ in try self?.receive() }
  }

  private func receive() throws {
    guard let client else { return }
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = recv(client.raw, &chunk, chunk.count, 0)
    guard count > 0 else { return disconnect() }
    try received(chunk[..<count])
  }

  func send(_ bytes: [UInt8]) {
    guard let client else { return }
    sent += bytes
    _ = Glibc.send(client.raw, bytes, bytes.count, CInt(MSG_NOSIGNAL))
  }

  /// Closes the connection.
  func disconnect() {
    // Within its own body the source outlives this, and the socket does not.
    input?.disable()
    input = nil
    client = nil
  }

  /// Takes no more clients.
  func stopListening() {
    acceptance = nil
    listener = nil
  }
}
