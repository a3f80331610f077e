/// What a clock on the wall shows: ISO 8601 text, dates and times of day from UTC and an offset, and back.
///
/// Offsets are seconds east of Greenwich; one beyond ``Zone/offsetRange`` counts as the nearest end of it.
public enum WallTime {
  private static let microsecondsPerSecond: Int64 = 1_000_000
  static let secondsPerDay: Int64 = 86_400

  /// `2026-03-02T09:50:00+01:00`: the local time with its offset (ISO 8601 and RFC 3339).
  ///
  /// A fraction is written only when there is one, without trailing zeros: `09:50:00.25`. An offset that has seconds,
  /// as in local mean time, is written with them (`+00:53:28`), beyond ISO 8601, so that it says what was meant.
  ///
  /// - Parameters:
  ///   - utcMicroseconds: µs since 1970-01-01T00:00:00Z, without leap seconds; any value.
  ///   - offsetSeconds: seconds east of Greenwich.
  public static func iso8601(utcMicroseconds: Int64, offsetSeconds: Int) -> String {
    let local = split(utcMicroseconds, offsetSeconds)
    let offset = clamped(offsetSeconds)
    let size = abs(offset)
    var text = "\(local.date)T\(clock(local.second, withSeconds: true))"
    if local.microsecond > 0 {
      var digits = DecimalText.padded(local.microsecond, width: 6)[...]
      while digits.last == "0" { digits.removeLast() }
      text += ".\(digits)"
    }
    text += offset < 0 ? "-" : "+"
    text += clock(size, withSeconds: size % 60 != 0)
    return text
  }

  /// The date that a local calendar shows.
  ///
  /// - Parameters:
  ///   - utcMicroseconds: µs since 1970-01-01T00:00:00Z; any value.
  ///   - offsetSeconds: seconds east of Greenwich.
  public static func date(utcMicroseconds: Int64, offsetSeconds: Int) -> LocalDate {
    split(utcMicroseconds, offsetSeconds).date
  }

  /// The whole seconds since midnight that a local clock shows: 0 … 86 399.
  ///
  /// - Parameters:
  ///   - utcMicroseconds: µs since 1970-01-01T00:00:00Z; any value.
  ///   - offsetSeconds: seconds east of Greenwich.
  public static func secondOfDay(utcMicroseconds: Int64, offsetSeconds: Int) -> Int {
    split(utcMicroseconds, offsetSeconds).second
  }

  /// Reads `2026-03-02T09:00:00`: a local time without a zone, years 0000 … 9999, hours 00 … 23, no leap second.
  ///
  /// - Returns: seconds from 1970-01-01T00:00:00 to it on the same local clock, for ``Zone/utc(local:)``; nil for text
  ///   of any other shape.
  public static func localSeconds(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard bytes.count == 19, bytes[10] == UInt8(ascii: "T"), let date = LocalDate(ascii: bytes[..<10]),
      let time = secondOfDay(fields: bytes[11...], count: 3)
    else { return nil }
    return Int64(date.daysSinceEpoch) * secondsPerDay + Int64(time)
  }

  /// Reads `HH:MM`, 00:00 … 23:59.
  ///
  /// - Returns: seconds since midnight, 0 … 86 340; nil for text of any other shape.
  public static func secondOfDay(_ text: String) -> Int? {
    secondOfDay(fields: Array(text.utf8)[...], count: 2)
  }

  /// Reads `HH:MM` (a count of 2) or `HH:MM:SS` (a count of 3).
  private static func secondOfDay(fields text: ArraySlice<UInt8>, count: Int) -> Int? {
    let fields = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard fields.count == count else { return nil }
    var seconds = 0
    for (field, (limit, unit)) in zip(fields, [(24, 3_600), (60, 60), (60, 1)]) {
      guard field.count == 2, let number = DecimalText.number(field), number < limit else { return nil }
      seconds += number * unit
    }
    return seconds
  }

  /// Local wall time for people: `HH:MM`.
  public static func clock(utcMicroseconds: Int64, offsetSeconds: Int) -> String {
    clock(secondOfDay(utcMicroseconds: utcMicroseconds, offsetSeconds: offsetSeconds), withSeconds: false)
  }

  /// `HH:MM` or `HH:MM:SS`.
  private static func clock(_ seconds: Int, withSeconds: Bool) -> String {
    let minutes = DecimalText.padded(seconds / 60 % 60, width: 2)
    let text = "\(DecimalText.padded(seconds / 3_600, width: 2)):\(minutes)"
    return withSeconds ? "\(text):\(DecimalText.padded(seconds % 60, width: 2))" : text
  }

  private static func split(
    _ utcMicroseconds: Int64, _ offsetSeconds: Int
  ) -> (date: LocalDate, second: Int, microsecond: Int) {
    let (seconds, microsecond) = utcMicroseconds.flooredQuotientAndRemainder(dividingBy: microsecondsPerSecond)
    let (days, second) = (seconds + Int64(clamped(offsetSeconds)))
      .flooredQuotientAndRemainder(dividingBy: secondsPerDay)
    return (LocalDate(daysSinceEpoch: Int(days)), Int(second), Int(microsecond))
  }

  private static func clamped(_ offsetSeconds: Int) -> Int {
    min(max(offsetSeconds, Zone.offsetRange.lowerBound), Zone.offsetRange.upperBound)
  }
}
