import Glibc
import NapeCore
import Systemd

/// A pause that is looked out for by asking for the last input: at once, and again whenever the pause may be complete.
final class IdleTimePause: PauseWait {
  /// The time from one question to the next, at least: no server keeps us busy by what it says.
  private static let leastInterval = Microseconds.second / 4
  private static let accuracyUSec: UInt64 = 250_000

  private let length: Microseconds
  private let lastInput: (@escaping (Microseconds?) -> Void) -> Void
  private let tell: (Bool) -> Void
  private let loop: EventLoop
  private var timer: Timer?
  private var isTypingTold = false
  /// Nobody tells the last input.
  private var isUnknown = false

  /// - Parameters:
  ///   - lastInput: asks for the boot time of the last input; answers from anywhere, `nil` for not known.
  ///   - tell: as for ``PresenceSource/awaitPause(of:_:)``.
  init(
    of length: Microseconds, loop: EventLoop, lastInput: @escaping (@escaping (Microseconds?) -> Void) -> Void,
    tell: @escaping (Bool) -> Void
  ) throws(Errno) {
    (self.length, self.loop, self.lastInput, self.tell) = (length, loop, lastInput, tell)
    timer = try loop.timer(clock: CLOCK_BOOTTIME, accuracyUSec: Self.accuracyUSec) { [weak self] in self?.look() }
    try arm(at: now, accuracyUSec: 1)
  }

  private var now: Microseconds { Microseconds(loop.nowUSec(CLOCK_BOOTTIME)) }

  private func arm(at time: Microseconds, accuracyUSec: UInt64 = accuracyUSec) throws(Errno) {
    try timer?.arm(atUSec: UInt64(max(0, time)), accuracyUSec: accuracyUSec)
  }

  private func look() {
    if isUnknown { return tell(false) }
    lastInput { [weak self] last in self?.take(last) }
  }

  private func take(_ last: Microseconds?) {
    do throws(Errno) {
      guard let last else {
        // If that is because the source is lost, it is for the source to say so first.
        isUnknown = true
        return try arm(at: now, accuracyUSec: 1)
      }
      guard now - last < length else { return tell(false) }
      try arm(at: max(last + length, now + Self.leastInterval))
    } catch {
      return tell(false)
    }
    if !isTypingTold {
      isTypingTold = true
      tell(true)
    }
  }
}
