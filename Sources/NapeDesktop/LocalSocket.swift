import CLinux
import Glibc
import Systemd

/// The client's end of the socket of a server on this machine, which never blocks.
///
/// File descriptors that a server may send along never arrive: `recv(2)` leaves no room for them, and then the kernel
/// closes them.
struct LocalSocket {
  enum Received: Hashable, Sendable {
    case bytes(Int)
    case nothingYet
    case end
  }

  let file: FileDescriptor

  /// Takes over a connected stream socket that does not block.
  init(_ file: FileDescriptor) { self.file = file }

  /// Connects, at once or not at all: a server that takes no more connections is given up.
  ///
  /// - Parameter path: of the socket; with `@` in front, a name that is no file's (`unix(7)`, abstract).
  /// - Throws: ``LocalSocketError/pathTooLong(bytes:)``, ``LocalSocketError/system(call:_:)``.
  init(path: String) throws(LocalSocketError) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { throw .pathTooLong(bytes: bytes.count) }
    // The name that is no file's begins with NUL and ends where the address does; a path ends with NUL.
    let isAbstract = bytes.first == UInt8(ascii: "@")
    if isAbstract { bytes[0] = 0 }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let family = MemoryLayout.size(ofValue: address) - MemoryLayout.size(ofValue: address.sun_path)
    let length = family + bytes.count + (isAbstract ? 0 : 1)

    let type = CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let raw = socket(AF_UNIX, type, 0)
    guard raw >= 0 else { throw .system(call: "socket", .current) }
    file = FileDescriptor(owning: raw)
    let result = withUnsafeBytes(of: address) { buffer in
      connect(raw, buffer.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(length))
    }
    guard result == 0 else { throw .system(call: "connect", .current) }
  }

  /// - Throws: ``LocalSocketError/system(call:_:)``.
  func receive(_ buffer: UnsafeMutableRawBufferPointer) throws(LocalSocketError) -> Received {
    while true {
      let count = recv(file.raw, buffer.baseAddress, buffer.count, 0)
      if count > 0 { return .bytes(count) }
      if count == 0 { return .end }
      switch errno {
      case EINTR: continue
      case EAGAIN: return .nothingYet
      case ECONNRESET: return .end
      default: throw .system(call: "recv", .current)
      }
    }
  }

  /// - Returns: how many bytes were taken, from 0 on.
  /// - Throws: ``LocalSocketError/system(call:_:)``.
  func send(_ bytes: ArraySlice<UInt8>) throws(LocalSocketError) -> Int {
    while true {
      let count = bytes.withUnsafeBytes { Glibc.send(file.raw, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
      if count >= 0 { return count }
      switch errno {
      case EINTR: continue
      case EAGAIN: return 0
      default: throw .system(call: "send", .current)
      }
    }
  }
}
