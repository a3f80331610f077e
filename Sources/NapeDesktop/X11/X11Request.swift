/// A message to an X server.
struct X11Request: Hashable, Sendable {
  enum Argument: Hashable, Sendable {
    case uint8(UInt8)
    case uint16(UInt16)
    case uint32(UInt32)
    /// SYNC's `INT64`: the high half first, whatever the machine's order.
    case int64(Int64)
    /// Filled up to a multiple of 4.
    case text(String)
  }

  /// The number of the request, or of the extension that has it.
  var major: UInt8
  /// The number of the request in its extension.
  var minor: UInt8
  var arguments: [Argument]

  init(_ major: UInt8, _ minor: UInt8 = 0, _ arguments: Argument...) {
    (self.major, self.minor, self.arguments) = (major, minor, arguments)
  }

  /// Asks whether the server has an extension, and by what numbers.
  static func queryExtension(_ name: String) -> X11Request {
    X11Request(98, 0, .uint16(UInt16(clamping: name.utf8.count)), .uint16(0), .text(name))
  }

  /// The message as it is sent, in the machine's byte order; at most 256 KiB.
  var bytes: [UInt8] {
    var bytes: [UInt8] = [major, minor, 0, 0]
    func append(_ number: some FixedWidthInteger & BitwiseCopyable) {
      withUnsafeBytes(of: number) { bytes.append(contentsOf: $0) }
    }
    for argument in arguments {
      switch argument {
      case .uint8(let value): append(value)
      case .uint16(let value): append(value)
      case .uint32(let value): append(value)
      case .int64(let value):
        append(Int32(truncatingIfNeeded: value >> 32))
        append(UInt32(truncatingIfNeeded: value))
      case .text(let text): bytes.append(contentsOf: text.utf8)
      }
      if case .text = argument { bytes.append(contentsOf: repeatElement(0, count: (4 - bytes.count % 4) % 4)) }
    }
    withUnsafeBytes(of: UInt16(truncatingIfNeeded: bytes.count / 4)) { bytes.replaceSubrange(2..<4, with: $0) }
    return bytes
  }
}
