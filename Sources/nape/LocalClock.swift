import Glibc
import NapeCore

/// Wall times for people, in the zone of this machine.
enum LocalClock {
  /// `HH:MM`, with the date where it is not today.
  static func text(_ utc: Microseconds?) -> String {
    guard let utc else { return "–" }
    var seconds = time_t(utc / .second)
    var now = time(nil)
    var there = tm()
    var here = tm()
    localtime_r(&seconds, &there)
    localtime_r(&now, &here)
    let isToday = there.tm_year == here.tm_year && there.tm_yday == here.tm_yday
    var buffer = [CChar](repeating: 0, count: 32)
    let length = strftime(&buffer, buffer.count, isToday ? "%H:%M" : "%Y-%m-%d %H:%M", &there)
    return String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
