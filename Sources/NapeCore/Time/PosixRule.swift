/// The rule of a POSIX TZ string: a standard offset and, in some zones, a second one for a part of every year.
struct PosixRule: Hashable, Sendable {
  /// A day of the year, in the three forms of POSIX.1-2024 section 8.3.
  enum Day: Hashable, Sendable {
    /// `Mm.w.d`: the `week`th (1 … 4, or 5 for the last) `weekday` (0 is Sunday, 6 Saturday) of `month` (1 … 12).
    case weekday(month: Int, week: Int, weekday: Int)
    /// `Jn`: day 1 … 365 of a year in which 29 February is not counted, so that 60 is always 1 March.
    case withoutLeapDay(Int)
    /// `n`: day 0 … 365, with 29 February counted where there is one.
    case withLeapDay(Int)

    /// Days since 1970-01-01 of this day in a year.
    func daysSinceEpoch(inYear year: Int) -> Int {
      let newYear = LocalDate.daysSinceEpoch(year: year, month: 1, day: 1)
      switch self {
      case .weekday(let month, let week, let weekday):
        let first = LocalDate.daysSinceEpoch(year: year, month: month, day: 1)
        let firstWeekday = LocalDate(daysSinceEpoch: first).weekday % 7
        let day = (weekday - firstWeekday + 7) % 7 + 7 * (week - 1)
        return first + (day < LocalDate.days(inMonth: month, ofYear: year) ? day : day - 7)
      case .withoutLeapDay(let day):
        return newYear + day - (LocalDate.isLeap(year) && day >= 60 ? 0 : 1)
      case .withLeapDay(let day):
        return newYear + day
      }
    }
  }

  /// A change of the offset that comes every year.
  struct Change: Hashable, Sendable {
    let day: Day
    /// Seconds from the day's midnight, on the clock that is in force before the change: ±167:59:59.
    let time: Int

    /// UTC seconds of the change in a year, when clocks before it are `offset` seconds east.
    func instant(inYear year: Int, offsetBefore offset: Int) -> Int64 {
      Int64(day.daysSinceEpoch(inYear: year)) * WallTime.secondsPerDay + Int64(time - offset)
    }
  }

  /// The part of every year that has another offset. It is later than the standard one in most zones, and earlier in
  /// Dublin, where the standard time is that of summer.
  struct Daylight: Hashable, Sendable {
    /// Seconds east of Greenwich.
    let offset: Int
    let start: Change
    let end: Change
  }

  /// Seconds east of Greenwich.
  let standardOffset: Int
  let daylight: Daylight?

  /// The calendar, weekdays included, repeats after these many seconds: 400 years.
  private static let secondsPerCycle: Int64 = 146_097 * 86_400

  init(standardOffset: Int, daylight: Daylight?) {
    (self.standardOffset, self.daylight) = (standardOffset, daylight)
  }

  /// Seconds east of Greenwich at a moment.
  ///
  /// - Parameter seconds: UTC seconds since 1970-01-01T00:00:00Z; any value.
  func offset(atUTC seconds: Int64) -> Int {
    guard let daylight else { return standardOffset }
    let (seconds, year) = PosixRule.reduced(seconds)
    var latest = Int64.min
    var offset = standardOffset
    // A change lies up to eight days outside its year, so the latest one may be that of the year before last. Of two at
    // once, the one of the later year holds: that is how a year of daylight saving without end is written.
    for year in year - 2...year + 1 {
      let start = daylight.start.instant(inYear: year, offsetBefore: standardOffset)
      if latest <= start, start <= seconds { (latest, offset) = (start, daylight.offset) }
      let end = daylight.end.instant(inYear: year, offsetBefore: daylight.offset)
      if latest <= end, end <= seconds { (latest, offset) = (end, standardOffset) }
    }
    return offset
  }

  /// The next moment after `seconds` at which the offset may change; nil when there is none before the end of `Int64`.
  ///
  /// - Parameter seconds: UTC seconds since 1970-01-01T00:00:00Z; any value.
  func nextChange(after seconds: Int64) -> Int64? {
    guard let daylight else { return nil }
    let (reduced, year) = PosixRule.reduced(seconds)
    var next = Int64.max
    for year in year - 1...year + 2 {
      for change in [
        daylight.start.instant(inYear: year, offsetBefore: standardOffset),
        daylight.end.instant(inYear: year, offsetBefore: daylight.offset),
      ] where reduced < change {
        next = min(next, change)
      }
    }
    let (sum, overflow) = seconds.addingReportingOverflow(next - reduced)
    return overflow ? nil : sum
  }

  /// The same place in the cycle of years 1970 … 2369, with its UTC year; so no year is too far away to compute with.
  private static func reduced(_ seconds: Int64) -> (seconds: Int64, year: Int) {
    let seconds = seconds.flooredRemainder(dividingBy: secondsPerCycle)
    return (seconds, LocalDate(daysSinceEpoch: Int(seconds / WallTime.secondsPerDay)).year)
  }
}
