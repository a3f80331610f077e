import Glibc
import NapeCore
import NapeDaemon
import NapeSimulation
import Systemd

/// Steps the daemon through a replay: virtual time stands still while bus calls and writes are under way, then goes on to
/// the replay's next step or the engine's deadline, whichever is first.
struct DemoPlayer {
  let replay: Replay
  let loop: EventLoop
  let clock: VirtualClock
  let daemon: Daemon
  /// `nil` where nothing is shown.
  let screen: DemoScreen?
  /// Real milliseconds after a step that showed something.
  let pace: Int

  /// A notification that nobody answers closes after so long, as in a simulation.
  private static let notificationCloses: Microseconds = .minute
  private static let busAnswers: UInt64 = 10_000_000
  private var closing: (id: UInt64, at: Microseconds)?

  init(replay: Replay, loop: EventLoop, clock: VirtualClock, daemon: Daemon, screen: DemoScreen?, pace: Int) {
    (self.replay, self.loop, self.clock, self.daemon) = (replay, loop, clock, daemon)
    (self.screen, self.pace) = (screen, pace)
  }

  mutating func play() throws {
    var posted: [UInt64] = []
    var ended: [UInt64] = []
    let screen = screen
    var hasShown = false
    daemon.onEffect = { effect in
      switch effect {
      case .post(let prompt): posted.append(prompt.id)
      case .hide(let id), .outcome(let id, _, _, _): ended.append(id)
      default: break
      }
      if screen?.show(effect) == true { hasShown = true }
    }
    // Nobody types in a recording.
    daemon.onChange = { [unowned daemon] in
      if daemon.engine.asksForPause { daemon.handle(.typing(false)) }
    }
    daemon.handle(.sourceFound)
    var steps = replay.steps[...]
    while true {
      let next = [steps.first?.t, clock.deadline, closing?.at].compactMap { $0 }.min() ?? replay.end
      guard next <= replay.end else { break }
      clock.move(to: next)
      hasShown = false
      if let deadline = clock.deadline, deadline <= next {
        daemon.handle(.tick)
      } else if let closing, closing.at <= next {
        self.closing = nil
        daemon.handle(.notificationClosed(id: closing.id, byPerson: false))
      } else if let step = steps.popFirst() {
        hasShown = screen?.show(step.event) == true || hasShown
        hand(step.event, at: step.t)
      } else {
        break
      }
      try settle()
      if let id = posted.last { closing = (id, next + Self.notificationCloses) }
      if let open = closing?.id, ended.contains(open) { closing = nil }
      (posted, ended) = ([], [])
      if hasShown { try rest() }
    }
    clock.move(to: replay.end)
    daemon.handle(.end)
    try settle()
  }

  private func hand(_ event: Event, at t: Microseconds) {
    switch event {
    case .idle: daemon.handle(.idle(since: clock.boot(at: t)))
    case .input: daemon.handle(.input(at: clock.boot(at: t)))
    case .asleep:
      daemon.handle(event)
      clock.sleep(true)
    case .awake:
      clock.sleep(false)
      daemon.handle(event)
    default: daemon.handle(event)
    }
  }

  /// Lets the bus do what is under way.
  private func settle() throws {
    let limit = loop.nowUSec(CLOCK_MONOTONIC) + Self.busAnswers
    while daemon.deliveriesUnderWay > 0 && loop.nowUSec(CLOCK_MONOTONIC) < limit {
      _ = try loop.runOnce(timeoutUSec: 100_000)
    }
    while try loop.runOnce(timeoutUSec: 0) {}
  }

  /// A pause for the eye.
  private func rest() throws {
    let end = loop.nowUSec(CLOCK_MONOTONIC) + UInt64(pace) * 1000
    while loop.nowUSec(CLOCK_MONOTONIC) < end {
      _ = try loop.runOnce(timeoutUSec: end - min(end, loop.nowUSec(CLOCK_MONOTONIC)))
    }
  }
}
