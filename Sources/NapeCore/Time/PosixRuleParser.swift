extension PosixRule {
  /// Reads a POSIX TZ string; nil when it is not one to its last byte.
  ///
  ///     std offset [dst [offset] [, start [/ time] , end [/ time]]]
  init?(_ text: ArraySlice<UInt8>) {
    var parser = PosixRuleParser(rest: text)
    guard let rule = parser.rule(), parser.rest.isEmpty else { return nil }
    self = rule
  }
}

/// The grammar of POSIX TZ strings: POSIX.1-2024 section 8.3, with the extension of RFC 9636 section 3.3.1.
struct PosixRuleParser {
  /// What is not read yet.
  var rest: ArraySlice<UInt8>

  mutating func rule() -> PosixRule? {
    // East is positive here and negative in the string.
    guard name(), let west = duration(maximumHours: 24) else { return nil }
    if rest.isEmpty { return PosixRule(standardOffset: -west, daylight: nil) }
    guard name() else { return nil }
    var daylightOffset = 3_600 - west
    if let next = rest.first, next != UInt8(ascii: ",") {
      guard let daylightWest = duration(maximumHours: 24) else { return nil }
      daylightOffset = -daylightWest
    }
    guard let (start, end) = changes() else { return nil }
    return PosixRule(
      standardOffset: -west, daylight: PosixRule.Daylight(offset: daylightOffset, start: start, end: end))
  }

  /// `,start[/time],end[/time]`. Without it, the rule of the United States since 2007, as in glibc and in tzcode.
  private mutating func changes() -> (start: PosixRule.Change, end: PosixRule.Change)? {
    if rest.isEmpty {
      return (
        PosixRule.Change(day: .weekday(month: 3, week: 2, weekday: 0), time: 7_200),
        PosixRule.Change(day: .weekday(month: 11, week: 1, weekday: 0), time: 7_200)
      )
    }
    guard skip(","), let start = change(), skip(","), let end = change() else { return nil }
    return (start, end)
  }

  /// A day and, after a slash, a time, which is 02:00 when missing.
  private mutating func change() -> PosixRule.Change? {
    guard let day = day() else { return nil }
    guard skip("/") else { return PosixRule.Change(day: day, time: 7_200) }
    return duration(maximumHours: 167).map { PosixRule.Change(day: day, time: $0) }
  }

  private mutating func day() -> PosixRule.Day? {
    if skip("J") { return number(1...365).map { .withoutLeapDay($0) } }
    guard skip("M") else { return number(0...365).map { .withLeapDay($0) } }
    guard let month = number(1...12), skip("."), let week = number(1...5), skip("."), let weekday = number(0...6) else {
      return nil
    }
    return .weekday(month: month, week: week, weekday: weekday)
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  private mutating func duration(maximumHours: Int) -> Int? {
    let isNegative = skip("-")
    if !isNegative { _ = skip("+") }
    guard let hours = number(0...maximumHours) else { return nil }
    var seconds = hours * 3_600
    for unit in [60, 1] {
      guard skip(":") else { break }
      guard let part = number(0...59) else { return nil }
      seconds += part * unit
    }
    return isNegative ? -seconds : seconds
  }

  /// Three or more letters, or `<…>` with three or more letters, digits and signs. The name itself is not kept.
  private mutating func name() -> Bool {
    let isQuoted = skip("<")
    var length = 0
    while let byte = rest.first, PosixRuleParser.isNamePart(byte, quoted: isQuoted) {
      rest.removeFirst()
      length += 1
    }
    return length >= 3 && (!isQuoted || skip(">"))
  }

  private static func isNamePart(_ byte: UInt8, quoted: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"): quoted
    default: false
    }
  }

  /// A decimal number of one to three digits.
  private mutating func number(_ range: ClosedRange<Int>) -> Int? {
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard digits.count <= 3, let number = DecimalText.number(digits), range.contains(number) else { return nil }
    rest.removeFirst(digits.count)
    return number
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }
}
