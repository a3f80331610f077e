import Glibc
import Systemd

/// Two ends of a stream; neither blocks.
struct SocketPair {
  let ours: FileDescriptor
  private(set) var peer: FileDescriptor?

  init() {
    var ends: [CInt] = [-1, -1]
    let type = CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { fatalError("socketpair: \(Errno.current)") }
    (ours, peer) = (FileDescriptor(owning: ends[0]), FileDescriptor(owning: ends[1]))
  }

  /// Has the peer say something.
  func say(_ bytes: some Collection<UInt8>) {
    guard let peer else { return }
    hear()
    _ = Array(bytes).withUnsafeBytes { send(peer.raw, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
  }

  mutating func hangUp() {
    hear()
    peer = nil
  }

  /// What the peer was told goes nowhere, so that nobody waits for it.
  private func hear() {
    guard let peer else { return }
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
      while recv(peer.raw, buffer.baseAddress, buffer.count, 0) > 0 {}
    }
  }
}

extension EventLoop {
  /// Turns until nothing more happens at once.
  func settle() {
    do { while try runOnce(timeoutUSec: 0) {} } catch { fatalError("\(error)") }
  }
}
