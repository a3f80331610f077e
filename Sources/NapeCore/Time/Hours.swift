/// Hours of the week on the local clock, such as `Mon-Fri 08:00-18:00`.
///
/// A range that wraps midnight belongs to the day on which it starts. Its start is included, its end is not. A local time
/// that a change of the clocks skips means the first moment after the gap; one that comes twice means the first.
public struct Hours: Hashable, Sendable {
  public struct Range: Hashable, Sendable {
    /// Days of the week on which it starts, as ISO 8601 counts them: Monday is 1, Sunday is 7.
    public var days: Set<Int>
    /// Seconds since midnight, 0 … 86 340; equal ends make no range.
    public var start: Int
    public var end: Int

    public init(days: Set<Int> = Set(1...7), start: Int, end: Int) {
      self.days = days
      self.start = start
      self.end = end
    }
  }

  public var ranges: [Range]

  public init(_ ranges: [Range] = []) { self.ranges = ranges }

  public var isEmpty: Bool { ranges.isEmpty }

  /// Whether a moment lies in one of the ranges.
  ///
  /// - Parameter utc: seconds since 1970-01-01T00:00:00Z.
  func contains(_ utc: Int64, in zone: Zone) -> Bool {
    instants(around: utc, days: -1...0, in: zone) { $0 <= utc && utc < $1 }
  }

  /// The next start or end of a range after a moment, in UTC seconds; `nil` where there is none.
  func nextChange(after utc: Int64, in zone: Zone) -> Int64? {
    var next: Int64?
    // A day of the week comes again after seven days at the latest.
    _ = instants(around: utc, days: -1...8, in: zone) { start, end in
      for instant in [start, end] where instant > utc { next = min(next ?? instant, instant) }
      return false
    }
    return next
  }

  /// Whether a range that starts on one of the days around a moment fulfils a condition, handed its ends in UTC seconds.
  private func instants(
    around utc: Int64, days: ClosedRange<Int>, in zone: Zone, _ condition: (Int64, Int64) -> Bool
  ) -> Bool {
    let today = WallTime.date(utcMicroseconds: utc * .second, offsetSeconds: zone.offset(atUTC: utc))
    func instant(_ date: LocalDate, _ second: Int) -> Int64 {
      zone.utc(local: Int64(date.daysSinceEpoch) * WallTime.secondsPerDay + Int64(second))
    }
    for day in days {
      let date = today.adding(days: day)
      for range in ranges where range.days.contains(date.weekday) {
        let last = range.end > range.start ? date : date.adding(days: 1)
        if condition(instant(date, range.start), instant(last, range.end)) { return true }
      }
    }
    return false
  }
}
