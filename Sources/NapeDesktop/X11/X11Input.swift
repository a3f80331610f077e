/// Cuts what comes from an X server into the answer to the setup and then messages.
///
/// It never holds more than one of them unfinished (256 KiB for the answer, by the format; ``X11Message/limit`` for a
/// message) and what was added last.
struct X11Input {
  private var bytes: [UInt8] = []
  private var start = 0

  /// Adds what was received.
  mutating func append(_ received: some Sequence<UInt8>) {
    bytes.removeFirst(start)
    start = 0
    bytes.append(contentsOf: received)
  }

  /// Takes out the answer to the setup, which comes first; `nil` until it is whole.
  ///
  /// - Throws: ``X11Error/badSetup(_:)``.
  mutating func nextSetup() throws(X11Error) -> [UInt8]? {
    guard let status = peek(UInt8.self, at: 0) else { return nil }
    guard status <= 2 else { throw .badSetup("a byte of \(status)") }
    guard let words = peek(UInt16.self, at: 6) else { return nil }
    return take(X11Setup.headerLength + 4 * Int(words))
  }

  /// Takes the next message out; `nil` until there is a whole one.
  ///
  /// - Throws: ``X11Error/badLength(_:)``.
  mutating func next() throws(X11Error) -> X11Message? {
    guard let code = peek(UInt8.self, at: 0), let words = peek(UInt32.self, at: 4) else { return nil }
    // Replies may be longer than others, and so may the one generic event.
    let isLong = code == 1 || code & 0x7F == 35
    let length = UInt64(X11Message.length) + (isLong ? 4 * UInt64(words) : 0)
    guard length <= X11Message.limit else { throw .badLength(length) }
    return take(Int(length)).map(X11Message.init)
  }

  /// Whether there is nothing of a message that has not come to its end.
  var isEmpty: Bool { start == bytes.count }

  private func peek<Number: BitwiseCopyable>(_: Number.Type, at offset: Int) -> Number? {
    guard bytes.count - start >= offset + MemoryLayout<Number>.size else { return nil }
    return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: start + offset, as: Number.self) }
  }

  private mutating func take(_ length: Int) -> [UInt8]? {
    guard bytes.count - start >= length else { return nil }
    let taken = Array(bytes[start..<start + length])
    start += length
    if start == bytes.count { (bytes, start) = ([], 0) }
    return taken
  }
}
