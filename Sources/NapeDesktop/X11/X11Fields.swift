/// Reads the fields of a message one by one. Numbers are in the machine's order, as was agreed at the setup.
struct X11Fields {
  private var rest: ArraySlice<UInt8>

  /// - Parameter start: how many bytes are left out.
  init(_ bytes: [UInt8], from start: Int) { rest = bytes.dropFirst(start) }

  /// The next bytes.
  ///
  /// - Throws: ``X11Error/badMessage(_:)`` where there are not so many; so do all others.
  mutating func bytes(_ count: Int) throws(X11Error) -> ArraySlice<UInt8> {
    guard rest.count >= count else { throw .badMessage("a message without all its fields") }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  mutating func skip(_ count: Int) throws(X11Error) { _ = try bytes(count) }

  mutating func uint8() throws(X11Error) -> UInt8 { try number() }

  mutating func uint16() throws(X11Error) -> UInt16 { try number() }

  mutating func uint32() throws(X11Error) -> UInt32 { try number() }

  /// SYNC's `INT64`: the high half first, whatever the machine's order.
  mutating func int64() throws(X11Error) -> Int64 {
    let (high, low) = (try uint32(), try uint32())
    return Int64(bitPattern: UInt64(high) << 32 | UInt64(low))
  }

  private mutating func number<Number: FixedWidthInteger & BitwiseCopyable>() throws(X11Error) -> Number {
    try bytes(MemoryLayout<Number>.size).withUnsafeBytes { $0.loadUnaligned(as: Number.self) }
  }
}
