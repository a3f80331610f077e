/// One reading of all clocks.
///
/// Nothing elapsed is ever computed from `wall`: it stamps records and decides what "today" and "afternoon" mean.
public struct Moment: Hashable, Sendable {
  /// CLOCK_BOOTTIME: since boot, suspended time included. The engine's axis.
  public var boot: Microseconds
  /// CLOCK_MONOTONIC: since boot, suspended time left out.
  public var monotonic: Microseconds
  /// CLOCK_REALTIME: UTC since 1970.
  public var wall: Microseconds
  /// What local clocks were ahead of UTC, in seconds.
  public var offsetSeconds: Int

  public init(boot: Microseconds, monotonic: Microseconds, wall: Microseconds, offsetSeconds: Int) {
    self.boot = boot
    self.monotonic = monotonic
    self.wall = wall
    self.offsetSeconds = offsetSeconds
  }

  /// Local wall time, in microseconds as if it were UTC.
  public var local: Microseconds { wall + .seconds(Int64(offsetSeconds)) }

  /// The reading that the clocks would have shown at another boot time, had they run evenly and without suspension.
  func shifted(toBoot boot: Microseconds) -> Moment {
    let by = boot - self.boot
    return Moment(boot: boot, monotonic: monotonic + by, wall: wall + by, offsetSeconds: offsetSeconds)
  }
}
