/// Cuts what comes from the compositor into messages.
///
/// It never holds more than one unfinished message (64 KiB, by the format) and what was added last.
struct WaylandInput {
  private var bytes: [UInt8] = []
  private var start = 0

  /// Adds what was received.
  mutating func append(_ received: some Sequence<UInt8>) {
    bytes.removeFirst(start)
    start = 0
    bytes.append(contentsOf: received)
  }

  /// Takes the next message out; `nil` until there is a whole one.
  ///
  /// - Throws: ``WaylandError/badLength(_:)``.
  mutating func next() throws(WaylandError) -> WaylandEvent? {
    guard bytes.count - start >= WaylandEvent.headerLength else { return nil }
    let (object, second) = bytes.withUnsafeBytes { buffer in
      (
        buffer.loadUnaligned(fromByteOffset: start, as: UInt32.self),
        buffer.loadUnaligned(fromByteOffset: start + 4, as: UInt32.self)
      )
    }
    let length = Int(second >> 16)
    guard length >= WaylandEvent.headerLength, length.isMultiple(of: 4) else { throw .badLength(UInt16(second >> 16)) }
    guard bytes.count - start >= length else { return nil }
    let arguments = Array(bytes[start + WaylandEvent.headerLength..<start + length])
    start += length
    if start == bytes.count { (bytes, start) = ([], 0) }
    return WaylandEvent(object: object, opcode: UInt16(second & 0xFFFF), arguments: arguments)
  }

  /// Whether there is nothing of a message that has not come to its end.
  var isEmpty: Bool { start == bytes.count }
}
