import Glibc
import NapeCore
import Systemd

/// A pause that a compositor looks out for: an alarm, which counts from its making. That there is input is known when it
/// has not gone off in time.
final class WaylandPause: PauseWait {
  /// How much later than asked an alarm may go off, in microseconds.
  private static let graceUSec: UInt64 = 500_000
  private static let accuracyUSec: UInt64 = 250_000

  let length: Microseconds
  private let connection: WaylandConnection
  private let tell: (Bool) -> Void
  private var alarm: WaylandAlarm?
  private var timer: Timer?

  /// - Parameters: as for ``PresenceSource/awaitPause(of:_:)``.
  init(
    of length: Microseconds, _ globals: WaylandGlobals, loop: EventLoop, tell: @escaping (Bool) -> Void
  ) throws(Errno) {
    (self.length, self.connection, self.tell) = (length, globals.connection, tell)
    // By this clock compositors count.
    timer = try loop.timer(clock: CLOCK_MONOTONIC, accuracyUSec: Self.accuracyUSec) { [weak self] in
      self?.lookForInput()
    }
    try timer?.arm(atUSec: loop.nowUSec(CLOCK_MONOTONIC) + UInt64(clamping: length) + Self.graceUSec)
    alarm = WaylandAlarm(length, globals) { [weak self] _, change in
      if change == .idle { self?.end() }
    }
  }

  func add(_ seat: UInt32) { alarm?.add(seat) }

  func remove(_ seat: UInt32) { alarm?.remove(seat) }

  private func lookForInput() {
    // What the compositor has said until now comes first.
    connection.sync { [weak self] in
      guard let self, self.alarm != nil else { return }
      self.tell(true)
    }
  }

  /// There has been a pause.
  func end() {
    guard alarm != nil else { return }
    (alarm, timer) = (nil, nil)
    tell(false)
  }
}
