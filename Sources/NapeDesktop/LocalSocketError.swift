import Systemd

/// What happens to a connection below its protocol. The texts name no file.
enum LocalSocketError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A system call, and how it failed.
  case system(call: String, Errno)
  /// The path has so many bytes; an address takes 107.
  case pathTooLong(bytes: Int)
  /// The server closed the connection.
  case closed
  /// The server does not read what it is sent.
  case notReading

  var description: String {
    switch self {
    case .system(let call, let error): "\(call): \(error)"
    case .pathTooLong(let bytes): "the socket's path is \(bytes) bytes long"
    case .closed: "the server closed the connection"
    case .notReading: "the server does not read"
    }
  }
}
