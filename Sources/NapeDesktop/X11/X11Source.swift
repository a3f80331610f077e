import Glibc
import NapeCore
import Systemd

/// Input, as an X server tells of it by its counter of idle time.
///
/// Idle times are waited for with an alarm in the server, so that nothing wakes up while somebody types; single inputs
/// with one that goes off when the counter falls. The server counts on CLOCK_MONOTONIC: a suspension is no idle time. A
/// program that resets the screen saver, as some players do, looks like input.
public final class X11Source: PresenceSource {
  /// Where servers have their sockets.
  public static let folder = X11Display.folder

  /// After an input so long nothing more is told.
  private static let inputInterval = Microseconds.second
  /// The least idle time below which an alarm is set: with less, somebody is just typing.
  private static let shortPause = Microseconds.second / 4

  public let name = SourceName.x11
  public let quality = Quality.precise

  private let loop: EventLoop
  private let counter: X11IdleCounter
  private let handler: PresenceHandler

  private var wanted = Watch.nothing
  /// Counts what was asked for and what was found out, so that a late answer to something else is known.
  private var round = 0
  /// Inputs until then are no news; on CLOCK_MONOTONIC, which no suspension moves.
  private var seen: Microseconds = 0
  /// The boot time of the input that was last told of.
  private var lastReport: Microseconds?
  /// Elapses when there is to be looked for input again. On CLOCK_MONOTONIC.
  private var timer: Timer?
  /// Who waits to be told the last input, in the order of the questions.
  private var waiters: [(Microseconds?) -> Void] = []

  /// Looks for the X server of this desk, without blocking the loop, for at most 2 s an answer.
  ///
  /// - Parameters:
  ///   - environment: a variable's value, as `getenv` gives it.
  ///   - handler: where the source reports to.
  ///   - withheld: called before `found` where the server asks for a cookie that this process may not read, though its
  ///     person may.
  ///   - found: called once, from the loop, with a source that watches nothing yet; or with `nil`, and where there is a
  ///     server why it will not do.
  public static func probe(
    environment: (String) -> String?, loop: EventLoop, handler: @escaping PresenceHandler,
    withheld: @escaping () -> Void = {}, found: @escaping (X11Source?, _ why: String?, _ mayPass: Bool) -> Void
  ) {
    do throws(X11Error) {
      X11Probe.start(try X11Probe.Candidates(environment: environment), loop: loop) { counter, error in
        let source = counter.flatMap { X11Source($0, loop: loop, handler: handler) }
        if error == .cookieWithheld { withheld() }
        found(source, error?.description, error?.mayPass ?? false)
      }
    } catch {
      let why = error.description
      X11Probe.start(X11Probe.Candidates(sockets: []), loop: loop) { _, _ in found(nil, why, false) }
    }
  }

  /// - Parameter counter: that is ready, with an open connection.
  /// - Returns: `nil` if the loop takes no timer.
  init?(_ counter: X11IdleCounter, loop: EventLoop, handler: @escaping PresenceHandler) {
    (self.counter, self.loop, self.handler) = (counter, loop, handler)
    do throws(Errno) {
      timer = try loop.timer(clock: CLOCK_MONOTONIC, accuracyUSec: 250_000) { [weak self] in self?.look() }
    } catch {
      return nil
    }
    counter.alarmed = { [weak self] idle in self?.take(idle, isAlarm: true) }
    counter.connection.failed = { [weak self] error in self?.lose(error) }
  }

  deinit { counter.connection.close() }

  private var now: Microseconds { Microseconds(loop.nowUSec(CLOCK_MONOTONIC)) }

  /// The boot time of a time on CLOCK_MONOTONIC, if there was no suspension since.
  private func boot(_ time: Microseconds) -> Microseconds { Microseconds(loop.nowUSec(CLOCK_BOOTTIME)) - (now - time) }

  public func lastInput(_ answer: @escaping (Microseconds?) -> Void) {
    guard counter.connection.isOpen else { return answer(nil) }
    waiters.append(answer)
    counter.ask { [weak self] idle in
      guard let self, !self.waiters.isEmpty else { return }
      self.waiters.removeFirst()(self.boot(idle.latestInput))
    }
  }

  public func awaitPause(of length: Microseconds, _ tell: @escaping (_ isTyping: Bool) -> Void) -> (any PauseWait)? {
    try? IdleTimePause(
      of: length, loop: loop,
      lastInput: { [weak self] answer in self.map { $0.lastInput(answer) } ?? answer(nil) }, tell: tell)
  }

  // MARK: Watching

  public func watch(_ watch: Watch) {
    guard counter.connection.isOpen, !(watch == .input && wanted == .input) else { return }
    wanted = watch
    rest()
    seen = now
    if watch != .nothing { look() }
  }

  /// Waits for nothing any more.
  private func rest() {
    round += 1
    timer?.disarm()
    counter.clearAlarm()
  }

  /// Asks for the idle time, unless something else is asked for or found out meanwhile.
  private func look() {
    let round = round
    counter.ask { [weak self] idle in
      guard let self, self.round == round else { return }
      self.take(idle, isAlarm: false)
    }
  }

  private func take(_ idle: X11IdleTime, isAlarm: Bool) {
    switch wanted {
    case .nothing: break
    case .idle(let after):
      if idle.length >= after {
        rest()
        handler(.idle(since: boot(idle.latestInput)))
      } else if isAlarm {
        // An alarm that went off too soon is not set again at once, or a server could keep us busy.
        arm(at: now + Self.shortPause)
      } else {
        counter.setAlarm(.reached(max(0, after - 1) / X11IdleTime.unit + 1))
      }
    case .input:
      // An alarm was set after what has been seen, and so it tells of news.
      if isAlarm || idle.earliestInput > seen {
        noteInput(idle)
      } else if idle.length < Self.shortPause {
        arm(at: now + Self.shortPause)
      } else {
        awaitInput(idle)
      }
    }
  }

  // MARK: Input

  private func noteInput(_ idle: X11IdleTime) {
    rest()
    seen = idle.latestInput
    let input = boot(idle.latestInput)
    let isSoon = lastReport.map { input - $0 < Self.inputInterval } ?? false
    let last = isSoon ? lastReport ?? input : input
    lastReport = last
    arm(at: max(now + Self.shortPause, seen + (last - input) + Self.inputInterval))
    if !isSoon { handler(.input(at: input)) }
  }

  /// Has the server tell of the next input.
  private func awaitInput(_ idle: X11IdleTime) {
    counter.setAlarm(.fallen(to: idle.length / X11IdleTime.unit - 1))
    // What came after the idle time was asked for, and before there was an alarm, is seen by its being shorter now.
    let round = round
    counter.ask { [weak self] later in
      guard let self, self.round == round, later.length < idle.length else { return }
      self.noteInput(later)
    }
  }

  // MARK: The end

  /// - Parameter time: on CLOCK_MONOTONIC.
  private func arm(at time: Microseconds) {
    do throws(Errno) {
      try timer?.arm(atUSec: UInt64(max(0, time)))
    } catch {
      counter.connection.failLater(.socket(.system(call: "timerfd_settime", error)))
    }
  }

  private func lose(_ error: X11Error) {
    wanted = .nothing
    rest()
    timer = nil
    let waiters = waiters
    self.waiters = []
    for waiter in waiters { waiter(nil) }
    handler(.lost(why: error.description))
  }
}
