/// Reads the arguments of an event one by one.
struct WaylandArguments {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  /// The next four bytes, in the machine's order.
  ///
  /// - Throws: ``WaylandError/badArguments(_:)`` at the end.
  mutating func uint() throws(WaylandError) -> UInt32 {
    guard rest.count >= 4 else { throw .badArguments("an event without all its arguments") }
    defer { rest = rest.dropFirst(4) }
    return rest.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) }
  }

  /// The next string: a length that counts a final NUL, the bytes, and filling up to a multiple of 4.
  ///
  /// - Throws: ``WaylandError/badArguments(_:)`` if it is missing, null, longer than the event, not ended by its only NUL,
  ///   or not UTF-8.
  mutating func string() throws(WaylandError) -> String {
    let length = Int(try uint())
    guard length > 0 else { throw .badArguments("no string where one must be") }
    let filled = (length + 3) & ~3
    guard filled <= rest.count else { throw .badArguments("a string that is longer than its event") }
    let bytes = rest.prefix(length)
    rest = rest.dropFirst(filled)
    guard bytes.firstIndex(of: 0) == bytes.endIndex - 1 else { throw .badArguments("a string without its end") }
    guard let text = String(validating: bytes.dropLast(), as: UTF8.self) else {
      throw .badArguments("a string that is not UTF-8")
    }
    return text
  }

  /// - Throws: ``WaylandError/badArguments(_:)`` if something is left.
  func end() throws(WaylandError) {
    guard rest.isEmpty else { throw .badArguments("an event with too many arguments") }
  }
}
