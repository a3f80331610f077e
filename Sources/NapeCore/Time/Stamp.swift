/// One point of wall time, as records carry it: UTC, and what local clocks were ahead of it there and then.
public struct Stamp: Hashable, Comparable, Sendable {
  /// UTC since 1970, in µs.
  public var wall: Microseconds
  public var offsetSeconds: Int

  public init(wall: Microseconds, offsetSeconds: Int) {
    self.wall = wall
    self.offsetSeconds = offsetSeconds
  }

  /// Stamps a point of wall time with the offset that a zone has there.
  public init(wall: Microseconds, in zone: Zone) {
    self.init(
      wall: wall,
      offsetSeconds: zone.offset(atUTC: wall.flooredQuotientAndRemainder(dividingBy: .second).quotient))
  }

  /// A time of a local day. One that is skipped means the first moment after the gap; one that comes twice means the first.
  public init(secondOfDay second: Int, of date: LocalDate, in zone: Zone) {
    let local = Int64(date.daysSinceEpoch) * WallTime.secondsPerDay + Int64(second)
    self.init(wall: .seconds(zone.utc(local: local)), in: zone)
  }

  /// The local calendar day.
  public var date: LocalDate { WallTime.date(utcMicroseconds: wall, offsetSeconds: offsetSeconds) }

  /// Seconds since midnight on a local clock: 0 … 86 399.
  public var secondOfDay: Int { WallTime.secondOfDay(utcMicroseconds: wall, offsetSeconds: offsetSeconds) }

  /// `HH:MM` on a local clock.
  public var clock: String { WallTime.clock(utcMicroseconds: wall, offsetSeconds: offsetSeconds) }

  /// `2026-03-02T09:50:00+01:00`
  public var iso8601: String { WallTime.iso8601(utcMicroseconds: wall, offsetSeconds: offsetSeconds) }

  /// By the instant alone.
  public static func < (left: Stamp, right: Stamp) -> Bool { left.wall < right.wall }
}

extension Moment {
  /// The wall clock's reading.
  public var stamp: Stamp { Stamp(wall: wall, offsetSeconds: offsetSeconds) }
}
