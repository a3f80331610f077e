/// What a record of the diary is called by: a UUID, made by the store (version 7, so that they sort by time).
public struct RecordID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Sixteen.
  public let bytes: [UInt8]

  /// - Returns: `nil` for any other count than sixteen.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  /// The first eight bytes and the last, the greatest first.
  public init(high: UInt64, low: UInt64) {
    bytes = [high, low].flatMap { half in (0..<8).map { UInt8(truncatingIfNeeded: half >> (56 - 8 * UInt64($0))) } }
  }

  /// Reads `018f3a5e-7c2b-7d41-9a6e-0123456789ab`, in small or capital letters.
  public init?(_ text: String) {
    var digits: [UInt8] = []
    for (place, byte) in text.utf8.enumerated() {
      if [8, 13, 18, 23].contains(place) {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      digits.append(UInt8(digit))
    }
    guard digits.count == 32, text.utf8.count == 36 else { return nil }
    bytes = stride(from: 0, to: 32, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  /// As in RFC 9562, in small letters.
  public var description: String {
    let digits = bytes.map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0" + text : text
    }.joined()
    var text = ""
    for (place, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(place) { text += "-" }
      text.append(digit)
    }
    return text
  }

  /// The last six digits: enough for a person to tell one record from another. The first ones are the time and alike.
  public var short: String { String(description.suffix(6)) }

  /// By time, as they were made.
  public static func < (left: RecordID, right: RecordID) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }
}
