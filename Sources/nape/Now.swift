import Glibc
import NapeCore

/// This moment, for records.
struct Now {
  let zone = Zones.local()
  /// UTC in µs.
  let utc: Microseconds
  let offsetSeconds: Int
  let today: LocalDate

  init() {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    utc = Microseconds(time.tv_sec) * .second + Microseconds(time.tv_nsec) / 1000
    offsetSeconds = zone.offset(atUTC: utc / .second)
    today = WallTime.date(utcMicroseconds: utc, offsetSeconds: offsetSeconds)
  }

  var stamp: Stamp { Stamp(wall: utc, offsetSeconds: offsetSeconds) }

  /// This second, where a finer time would say more than is known.
  var second: Stamp { Stamp(wall: utc - utc % .second, offsetSeconds: offsetSeconds) }
}
