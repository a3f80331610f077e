import NapeCore

/// A clock that stands still until it is moved.
public final class VirtualClock: Clock {
  private let zone: Zone
  private let startWall: Microseconds
  /// Boot time at the start; not zero, as on a machine.
  private let startBoot: Microseconds = .hour
  private var elapsed: Microseconds = 0
  private var slept: Microseconds = 0
  private var asleepSince: Microseconds?
  private var armed: Microseconds?

  /// - Parameter startLocal: local time, in seconds as if it were UTC.
  public init(startLocal: Int64, zone: Zone) {
    self.zone = zone
    startWall = .seconds(zone.utc(local: startLocal))
  }

  public func now() -> Moment {
    let wall = startWall + elapsed
    let suspended = slept + (asleepSince.map { elapsed - $0 } ?? 0)
    return Moment(
      boot: startBoot + elapsed, monotonic: startBoot + elapsed - suspended, wall: wall,
      offsetSeconds: zone.offset(atUTC: wall / .second))
  }

  public func arm(_ deadline: Microseconds?, accuracy: Microseconds) { armed = deadline.map { $0 - startBoot } }

  /// The deadline that was asked for, from the start.
  public var deadline: Microseconds? { armed }

  /// Goes on to a time from the start; never back.
  public func move(to time: Microseconds) { elapsed = max(elapsed, time) }

  /// A boot time on this clock's axis.
  public func boot(at time: Microseconds) -> Microseconds { startBoot + time }

  /// The machine falls asleep, or wakes up.
  public func sleep(_ begins: Bool) {
    if begins {
      asleepSince = asleepSince ?? elapsed
    } else if let since = asleepSince {
      slept += elapsed - since
      asleepSince = nil
    }
  }
}
