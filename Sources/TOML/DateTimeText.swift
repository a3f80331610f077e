/// A date, a time, or both, as TOML and RFC 3339 spell them.
struct DateTimeText {
  private let word: ArraySlice<UInt8>
  private var index: Int

  private init(_ word: ArraySlice<UInt8>) {
    self.word = word
    index = word.startIndex
  }

  /// Whether `word` has the length and the first hyphen of a date.
  static func mayBeDate(_ word: ArraySlice<UInt8>) -> Bool {
    word.count == 10 && word[word.startIndex + 4] == .minus
  }

  /// Whether `word` is more like a date or a time than like a number.
  static func looksLikeOne(_ word: ArraySlice<UInt8>) -> Bool {
    let digits = word.prefix { $0.isDecimalDigit }.count
    guard digits > 0, let next = word.dropFirst(digits).first else { return false }
    return next == .colon || next == .minus
  }

  /// Whether `word` is a date or a time, and on the calendar and the clock. There is no second 60 and no year 0.
  static func isValid(_ word: ArraySlice<UInt8>) -> Bool {
    var text = DateTimeText(word)
    return text.isDateOrTime() && text.index == word.endIndex
  }

  private mutating func isDateOrTime() -> Bool {
    if word.dropFirst(2).first == .colon { return skipTime() }
    guard skipDate() else { return false }
    guard index < word.endIndex else { return true }
    guard skip(UInt8(ascii: "T")) || skip(UInt8(ascii: "t")) || skip(.space), skipTime() else { return false }
    return index == word.endIndex || skipOffset()
  }

  private mutating func skipDate() -> Bool {
    guard let year = number(digits: 4), year > 0, skip(.minus),
      let month = number(digits: 2), (1...12).contains(month), skip(.minus),
      let day = number(digits: 2)
    else { return false }
    return (1...daysIn(month: month, of: year)).contains(day)
  }

  private mutating func skipTime() -> Bool {
    guard let hour = number(digits: 2), hour < 24, skip(.colon),
      let minute = number(digits: 2), minute < 60, skip(.colon),
      let second = number(digits: 2), second < 60
    else { return false }
    guard skip(.dot) else { return true }
    let fraction = index
    while index < word.endIndex, word[index].isDecimalDigit { index += 1 }
    return index > fraction
  }

  private mutating func skipOffset() -> Bool {
    if skip(UInt8(ascii: "Z")) || skip(UInt8(ascii: "z")) { return true }
    guard skip(.plus) || skip(.minus),
      let hour = number(digits: 2), hour < 24, skip(.colon),
      let minute = number(digits: 2), minute < 60
    else { return false }
    return true
  }

  private func daysIn(month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The number that exactly `digits` digits here spell.
  private mutating func number(digits: Int) -> Int? {
    guard word.endIndex - index >= digits else { return nil }
    var number = 0
    for byte in word[index..<index + digits] {
      guard byte.isDecimalDigit else { return nil }
      number = number * 10 + Int(byte - .zero)
    }
    index += digits
    return number
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard index < word.endIndex, word[index] == byte else { return false }
    index += 1
    return true
  }
}
