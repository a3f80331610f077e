extension Stamp {
  /// Reads what ``iso8601`` writes: `2026-03-02T09:50:00+01:00`, with up to six digits of a fraction and any offset of
  /// ``Zone/offsetRange``; `Z` for one of zero.
  ///
  /// - Returns: `nil` for anything else, a time without an offset among it.
  public init?(iso8601 text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes.count <= 40,
      let local = WallTime.localSeconds(String(decoding: bytes[..<19], as: UTF8.self))
    else { return nil }
    var rest = bytes[19...]
    var fraction: Int64 = 0
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard (1...6).contains(digits.count) else { return nil }
      for digit in digits { fraction = fraction * 10 + Int64(digit - UInt8(ascii: "0")) }
      for _ in digits.count..<6 { fraction *= 10 }
      rest = rest.dropFirst(1 + digits.count)
    }
    guard let offset = Self.offset(rest) else { return nil }
    self.init(wall: .seconds(local - Int64(offset)) + fraction, offsetSeconds: offset)
  }

  /// `Z`, `+HH:MM` or `+HH:MM:SS`.
  private static func offset(_ text: ArraySlice<UInt8>) -> Int? {
    if text.elementsEqual("Z".utf8) { return 0 }
    guard let sign = text.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      text.count == 6 || text.count == 9
    else { return nil }
    let clock = String(decoding: text.dropFirst(), as: UTF8.self)
    // A clock of a day that is known reads the same fields.
    guard let seconds = WallTime.localSeconds("1970-01-01T" + (text.count == 6 ? clock + ":00" : clock)) else {
      return nil
    }
    let offset = sign == UInt8(ascii: "-") ? -Int(seconds) : Int(seconds)
    return Zone.offsetRange.contains(offset) ? offset : nil
  }
}
