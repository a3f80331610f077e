/// A message from an X server: a reply, an event or an error.
struct X11Message: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case error
    case reply
    /// By its number.
    case event(UInt8)
    /// An event that another client has made up.
    case hearsay
  }

  /// The length in bytes of all events and errors, and of a reply at least.
  static let length = 32
  /// A reply of more bytes was not asked for.
  static let limit = 64 * 1024

  /// All of it: 32 bytes, and in replies perhaps more.
  var bytes: [UInt8]

  /// - Parameter bytes: 32 at least.
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var kind: Kind {
    switch bytes[0] {
    case 0: .error
    case 1: .reply
    case let code where code & 0x80 != 0: .hearsay
    case let code: .event(code)
    }
  }

  /// The low bits of the number of the last request that the server had dealt with; `nil` in the one event without it.
  var sequence: UInt16? {
    // KeymapNotify
    if bytes[0] & 0x7F == 11 { return nil }
    return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 2, as: UInt16.self) }
  }

  /// The fields behind the sequence number and, in a reply, behind the length.
  var fields: X11Fields { X11Fields(bytes, from: kind == .reply ? 8 : 4) }
}
