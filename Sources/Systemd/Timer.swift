import CSystemd
import Glibc

/// A timer on one clock, off until it is armed, and off again once it has elapsed.
public final class Timer: EventSource {
  private let body: () throws -> Void

  fileprivate init(
    loop: EventLoop, clock: clockid_t, accuracyUSec: UInt64, _ body: @escaping () throws -> Void
  ) throws(Errno) {
    self.body = body
    super.init(loop: loop)
    try check(
      sd_event_add_time(
        loop.raw, &raw, clock, .max, accuracyUSec,
        { _, _, me in
          guard let me = EventSource.from(me, as: Timer.self) else { return 0 }
          return me.loop.dispatch(me.body)
        }, userdata))
    try check(sd_event_source_set_enabled(raw, CInt(SD_EVENT_OFF)))
  }

  /// Elapses once, at a time on its clock or up to the accuracy later. `sd_event_source_set_time(3)`
  public func arm(atUSec: UInt64, accuracyUSec: UInt64? = nil) throws(Errno) {
    if let accuracyUSec { try check(sd_event_source_set_time_accuracy(raw, accuracyUSec)) }
    try check(sd_event_source_set_time(raw, atUSec))
    try check(sd_event_source_set_enabled(raw, CInt(SD_EVENT_ONESHOT)))
  }

  /// Elapses no more.
  public func disarm() { sd_event_source_set_enabled(raw, CInt(SD_EVENT_OFF)) }
}

extension EventLoop {
  /// A timer that is off. `sd_event_add_time(3)`
  ///
  /// - Parameter accuracyUSec: how much later than asked it may elapse, so that wake-ups coalesce; 0 means 250 ms.
  public func timer(
    clock: clockid_t, accuracyUSec: UInt64, _ body: @escaping () throws -> Void
  ) throws(Errno) -> Timer { try Timer(loop: self, clock: clock, accuracyUSec: accuracyUSec, body) }
}
