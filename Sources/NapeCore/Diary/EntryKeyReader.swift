/// Makes keys of what a terminal sends.
public struct EntryKeyReader: Sendable {
  private var bytes: [UInt8] = []

  public init() {}

  /// Whether more may follow of what came last: after an escape, which is a key by itself and the beginning of others.
  public var isWaiting: Bool { !bytes.isEmpty }

  /// Takes bytes, and gives the keys that are whole.
  public mutating func keys(_ more: some Sequence<UInt8>) -> [EntryKey] {
    bytes += more
    var keys: [EntryKey] = []
    while let (key, count) = Self.first(of: bytes) {
      keys.append(key)
      bytes.removeFirst(count)
    }
    return keys
  }

  /// Nothing more follows: what is left is a key by itself.
  public mutating func rest() -> EntryKey? {
    defer { bytes = [] }
    return bytes.isEmpty ? nil : bytes == [0x1b] ? .escape : .other
  }

  private static func first(of bytes: [UInt8]) -> (EntryKey, Int)? {
    guard let byte = bytes.first else { return nil }
    switch byte {
    case 0x1b: return sequence(bytes)
    case 0x0a, 0x0d: return (.enter, 1)
    case 0x09: return (.tab, 1)
    case 0x08, 0x7f: return (.erase, 1)
    case 0x03, 0x04: return (.interrupt, 1)
    case 0x1a: return (.suspend, 1)
    case 0x20...0x7e: return (.character(Character(Unicode.Scalar(byte))), 1)
    case 0xc2...0xf4:
      let count = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
      guard bytes.count >= count else { return nil }
      let text = String(validating: bytes.prefix(count), as: UTF8.self)
      return (text?.first.map(EntryKey.character) ?? .other, count)
    default: return (.other, 1)
    }
  }

  /// An escape and what follows it: `ESC [ D` and `ESC O D` are the left arrow.
  private static func sequence(_ bytes: [UInt8]) -> (EntryKey, Int)? {
    guard bytes.count > 1 else { return nil }
    switch bytes[1] {
    case 0x1b: return (.escape, 1)
    case UInt8(ascii: "["), UInt8(ascii: "O"):
      guard let end = bytes.dropFirst(2).firstIndex(where: { (0x40...0x7e).contains($0) }) else { return nil }
      return (end == 2 && bytes[end] == UInt8(ascii: "D") ? .back : .other, end + 1)
    default: return (.other, 2)
    }
  }
}
