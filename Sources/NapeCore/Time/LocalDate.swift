/// A day of the proleptic Gregorian calendar, without a time and without a zone.
///
/// It is kept as a count of days, so every value is a day that exists, and comparing dates compares integers.
public struct LocalDate: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Days since 1970-01-01, negative before it. Every `Int` is a date.
  public let daysSinceEpoch: Int

  /// The calendar, weekdays included, repeats after this many days.
  private static let daysPerCycle = 146_097
  private static let yearsPerCycle = 400
  /// From 0000-03-01, where a cycle of the computation begins (leap days come last), to 1970-01-01.
  private static let daysBeforeEpoch = 719_468

  /// - Parameter daysSinceEpoch: days since 1970-01-01; any value.
  public init(daysSinceEpoch: Int) {
    self.daysSinceEpoch = daysSinceEpoch
  }

  /// The day with these numbers, or nil when the calendar has none or its day count is beyond `Int`.
  ///
  /// - Parameters:
  ///   - year: astronomical: 0 is the year before 1, −1 the one before that.
  ///   - month: 1 … 12.
  ///   - day: 1 … 31, as the month allows.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), (1...LocalDate.days(inMonth: month, ofYear: year)).contains(day) else { return nil }
    let (cycle, yearOfCycle) = year.flooredQuotientAndRemainder(dividingBy: LocalDate.yearsPerCycle)
    let start = Int128(cycle) * Int128(LocalDate.daysPerCycle)
    let days = start + Int128(LocalDate.daysSinceEpoch(year: yearOfCycle, month: month, day: day))
    guard let days = Int(exactly: days) else { return nil }
    daysSinceEpoch = days
  }

  /// Reads `YYYY-MM-DD` (ISO 8601), years 0000 … 9999; nil for anything else and for days that do not exist.
  public init?(_ text: String) {
    self.init(ascii: Array(text.utf8)[...])
  }

  /// As ``init(_:)``, from ASCII bytes.
  init?(ascii text: ArraySlice<UInt8>) {
    let fields = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard fields.map(\.count) == [4, 2, 2], let year = DecimalText.number(fields[0]),
      let month = DecimalText.number(fields[1]), let day = DecimalText.number(fields[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// The astronomical year: 0 is the year before 1.
  public var year: Int { numbers.year }

  /// 1 … 12.
  public var month: Int { numbers.month }

  /// The day of the month, 1 … 31.
  public var day: Int { numbers.day }

  /// The day of the week as ISO 8601 counts it: Monday is 1, Sunday is 7.
  public var weekday: Int {
    // Day 0 was a Thursday.
    (daysSinceEpoch.flooredRemainder(dividingBy: 7) + 3) % 7 + 1
  }

  /// The date that many days later, or earlier when negative; the first or last date that exists when it is beyond it.
  public func adding(days: Int) -> LocalDate {
    LocalDate(daysSinceEpoch: daysSinceEpoch.saturatingAdd(days))
  }

  /// `YYYY-MM-DD`; years outside 0000 … 9999 have a sign, as in ISO 8601's expanded form: `+12026-03-02`, `-0044-03-15`.
  public var description: String {
    let (year, month, day) = numbers
    let sign = year < 0 ? "-" : year > 9999 ? "+" : ""
    return "\(sign)\(DecimalText.padded(year.magnitude, width: 4))-\(DecimalText.padded(month, width: 2))"
      + "-\(DecimalText.padded(day, width: 2))"
  }

  public static func < (left: LocalDate, right: LocalDate) -> Bool {
    left.daysSinceEpoch < right.daysSinceEpoch
  }

  /// Days since 1970-01-01 of a day in a year that is not too far away to compute with.
  ///
  /// The arithmetic is that of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March, so
  /// that the leap day is the last one and the months' lengths follow one linear formula.
  ///
  /// - Parameters:
  ///   - year: 0 … 9999.
  ///   - month: 1 … 12.
  ///   - day: 1 … 31.
  static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
    let shiftedYear = year + yearsPerCycle - (month <= 2 ? 1 : 0)
    let (cycle, yearOfCycle) = shiftedYear.quotientAndRemainder(dividingBy: yearsPerCycle)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return (cycle - 1) * daysPerCycle + yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100
      + dayOfYear - daysBeforeEpoch
  }

  /// 28 … 31.
  static func days(inMonth month: Int, ofYear year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  private var numbers: (year: Int, month: Int, day: Int) {
    let (cycle, dayOfCycle) = daysSinceEpoch.flooredQuotientAndRemainder(dividingBy: LocalDate.daysPerCycle)
    let (shift, days) = (dayOfCycle + LocalDate.daysBeforeEpoch)
      .quotientAndRemainder(dividingBy: LocalDate.daysPerCycle)
    let year = (days - days / 1_460 + days / 36_524 - days / 146_096) / 365
    let dayOfYear = days - (365 * year + year / 4 - year / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      (cycle + shift) * LocalDate.yearsPerCycle + year + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }
}
