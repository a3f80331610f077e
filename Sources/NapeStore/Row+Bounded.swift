import NapeCore
import SQLite

/// Numbers of a file that may be damaged, within what can be computed with: a number beyond its bounds is the nearest one.
extension Row {
  /// A time, or a length, in µs: what is beyond 2⁶⁰ is no time of ours, and sums of a few stay numbers.
  func microseconds(_ column: Int) throws(SQLiteError) -> Microseconds {
    Self.bounded(try int64(column))
  }

  func microsecondsOrNil(_ column: Int) throws(SQLiteError) -> Microseconds? {
    try int64OrNil(column).map(Self.bounded)
  }

  /// What local clocks are ahead of UTC, in seconds.
  func offset(_ column: Int) throws(SQLiteError) -> Int { Self.boundedOffset(try int64(column)) }

  /// A wall time and, in the column after it, its offset; `nil` where one is lacking.
  func stampOrNil(_ column: Int) throws(SQLiteError) -> Stamp? {
    guard let wall = try microsecondsOrNil(column), let offset = try int64OrNil(column + 1) else { return nil }
    return Stamp(wall: wall, offsetSeconds: Self.boundedOffset(offset))
  }

  static func bounded(_ value: Int64) -> Microseconds { min(max(value, -1 << 60), 1 << 60) }

  static func boundedOffset(_ seconds: Int64) -> Int {
    min(max(Int(clamping: seconds), Zone.offsetRange.lowerBound), Zone.offsetRange.upperBound)
  }

  /// Of a span, in µs: at least one, and at most 142 years, so that its days can be gone through.
  static func boundedLength(_ length: Int64) -> Microseconds { min(max(length, 1), 1 << 52) }

  /// Days since 1970, within what can be converted to µs.
  static func boundedDay(_ day: Int64) -> LocalDate {
    LocalDate(daysSinceEpoch: Int(min(max(day, -10_000_000), 10_000_000)))
  }
}
