/// A message to the compositor.
struct WaylandRequest: Hashable, Sendable {
  enum Argument: Hashable, Sendable {
    /// Also an object, and a new one whose interface the request implies.
    case uint(UInt32)
    /// Without NUL, of a length that the message has room for.
    case string(String)
  }

  var object: UInt32
  var opcode: UInt16
  var arguments: [Argument]

  init(_ object: UInt32, _ opcode: UInt16, _ arguments: Argument...) {
    (self.object, self.opcode, self.arguments) = (object, opcode, arguments)
  }

  /// The message as it is sent, in the machine's byte order; at most 64 KiB.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    func append(_ word: UInt32) { withUnsafeBytes(of: word) { bytes.append(contentsOf: $0) } }
    append(object)
    append(0)
    for argument in arguments {
      switch argument {
      case .uint(let value): append(value)
      case .string(let text):
        append(UInt32(text.utf8.count + 1))
        bytes.append(contentsOf: text.utf8)
        bytes.append(contentsOf: repeatElement(0, count: 4 - text.utf8.count % 4))
      }
    }
    let second = UInt32(bytes.count) << 16 | UInt32(opcode)
    withUnsafeBytes(of: second) { bytes.replaceSubrange(4..<8, with: $0) }
    return bytes
  }
}
