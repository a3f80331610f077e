import NapeCore

/// When what has failed is tried again: after a minute at first, then after twice as long each time, up to an hour.
struct Retry {
  /// In boot time; `nil` while nothing has failed.
  private(set) var at: Microseconds?
  private var length: Microseconds = .minute

  func isDue(at now: Moment) -> Bool { at.map { $0 <= now.boot } ?? true }

  mutating func putOff(at now: Moment) {
    at = now.boot + length
    length = min(2 * length, .hour)
  }

  mutating func reset() { self = Retry() }
}
