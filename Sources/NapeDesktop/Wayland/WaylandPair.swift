import Glibc
import NapeCore
import Systemd

/// An alarm for an idle time; where the compositor can tell of input alone, with a plain one of the same time beside it,
/// which an inhibitor silences: together they tell whether one is held.
///
/// Both elapse together, but in either order: only after some grace does the silence of the plain one say anything. Until
/// then the idle time is not told, so that what it means is known when it is. Letting the pair go ends both.
final class WaylandPair {
  enum Change: Hashable, Sendable {
    case idle
    /// Input on a seat that had been idle, now.
    case resumed
    /// Whether an inhibitor is held, and since when that is so.
    case inhibited(Bool, since: Microseconds)
  }

  /// How much later than the one alarm the other may go off, in microseconds.
  private static let graceUSec: UInt64 = 500_000
  private static let accuracyUSec: UInt64 = 100_000

  let timeout: Microseconds
  private let loop: EventLoop
  private let connection: WaylandConnection
  private let changed: (WaylandPair, Change) -> Void
  private var input: WaylandAlarm?
  private var plain: WaylandAlarm?
  private var grace: Timer?
  private var isInGrace = false
  /// Counts what has happened, so that a late answer of the compositor's is known.
  private var round = 0

  /// - Parameters:
  ///   - timeout: as for an alarm.
  ///   - changed: called from the loop.
  init(
    _ timeout: Microseconds, _ globals: WaylandGlobals, loop: EventLoop,
    changed: @escaping (WaylandPair, Change) -> Void
  ) {
    (self.timeout, self.loop, self.connection, self.changed) = (timeout, loop, globals.connection, changed)
    input = WaylandAlarm(timeout, globals) { [weak self] _, change in self?.takeInput(change) }
    guard globals.notifier?.interface == .extInput,
      let timer = try? loop.timer(
        clock: CLOCK_MONOTONIC, accuracyUSec: Self.accuracyUSec, { [weak self] in self?.endGrace() })
    else { return }
    grace = timer
    plain = WaylandAlarm(timeout, globals, obeysInhibitors: true) { [weak self] _, change in self?.takePlain(change) }
  }

  /// The boot time of the last input, while all seats are idle.
  var idleSince: Microseconds? { input?.idleSince }

  var isIdle: Bool { idleSince != nil }

  func add(_ seat: UInt32) {
    stop()
    input?.add(seat)
    plain?.add(seat)
  }

  func remove(_ seat: UInt32) {
    input?.remove(seat)
    plain?.remove(seat)
  }

  /// What was waited for does not matter any more.
  private func stop() {
    round += 1
    isInGrace = false
    grace?.disarm()
  }

  // MARK: The alarms

  private func takeInput(_ change: WaylandAlarm.Change) {
    stop()
    switch change {
    case .resumed: changed(self, .resumed)
    case .idle:
      guard let plain else { return changed(self, .idle) }
      if let since = plain.idleSince { return conclude(false, since: since) }
      do throws(Errno) {
        try grace?.arm(atUSec: loop.nowUSec(CLOCK_MONOTONIC) + Self.graceUSec)
        isInGrace = true
      } catch {
        changed(self, .idle)
      }
    }
  }

  private func takePlain(_ change: WaylandAlarm.Change) {
    switch change {
    case .idle:
      guard isIdle, let since = plain?.idleSince else { return }
      if isInGrace {
        stop()
        conclude(false, since: since)
      } else {
        // It counts from the inhibitor's release.
        round += 1
        changed(self, .inhibited(false, since: since))
      }
    case .resumed:
      // Input ends both; if it was none, an inhibitor begins now.
      let since = connection.now
      afterSync {
        guard $0.isIdle, $0.plain?.isIdle == false, !$0.isInGrace else { return }
        $0.changed($0, .inhibited(true, since: since))
      }
    }
  }

  private func endGrace() {
    guard isInGrace else { return }
    afterSync {
      guard $0.isInGrace, let since = $0.idleSince else { return }
      $0.isInGrace = false
      $0.conclude(true, since: since)
    }
  }

  /// The idle time is known, and what it means. An inhibitor that is found is taken to have been held since the last
  /// input: it cannot be seen before.
  private func conclude(_ isInhibited: Bool, since: Microseconds) {
    changed(self, .inhibited(isInhibited, since: since))
    changed(self, .idle)
  }

  /// Does something from the loop, once the compositor's last word is known, unless it was about something else.
  private func afterSync(_ body: @escaping (WaylandPair) -> Void) {
    round += 1
    let round = round
    connection.sync { [weak self] in
      guard let self, self.round == round else { return }
      body(self)
    }
  }
}
