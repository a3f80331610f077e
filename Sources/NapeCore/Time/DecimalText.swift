/// Decimal numbers of a fixed width, as ISO 8601 writes them.
enum DecimalText {
  /// The number that `digits` spells, or nil when there is none or one of them is not `0` … `9`.
  ///
  /// - Parameter digits: ASCII, at most 18 of them.
  static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard (1...18).contains(digits.count) else { return nil }
    var number = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      number = number * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return number
  }

  /// The digits of `magnitude`, filled up with zeros on the left to at least `width` places.
  static func padded(_ magnitude: some BinaryInteger, width: Int) -> String {
    let digits = String(magnitude)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
