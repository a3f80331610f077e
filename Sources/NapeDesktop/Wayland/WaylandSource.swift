import Glibc
import NapeCore
import Systemd

/// Input, as a Wayland compositor tells of it by idle notifications.
///
/// A compositor cannot be asked for the idle time: it tells when there has been no input for a time that was fixed
/// beforehand, and then of the next input. For that the source keeps a few alarms. Single inputs it learns from a short
/// alarm that goes off and is ended; and, where inhibitors do not count, from one that does not go off. Whether an inhibitor
/// is held it learns from pairs of alarms, while nobody is there, and tells whatever is watched.
public final class WaylandSource: PresenceSource {
  /// After an input so long nothing more is told.
  private static let inputInterval = Microseconds.second
  /// The pause after which the next input can be seen where a pause is needed: one between two words will do.
  private static let shortPause = Microseconds.second / 4
  /// Alarms for idle times that are kept, as their times are mostly asked for anew.
  private static let alarmLimit = 4
  /// A pause in which it is seen whether an inhibitor is still held, once one is known.
  private static let checkedPause = Microseconds.seconds(10)
  /// How much later than needed a timer may elapse.
  private static let accuracyUSec: UInt64 = 250_000

  public let name = SourceName.wayland
  public let quality: Quality

  private let loop: EventLoop
  private let globals: WaylandGlobals
  private let handler: PresenceHandler

  private var wanted = Watch.nothing
  /// Counts what was asked for and what was found out, so that a late answer to something else is known.
  private var round = 0
  private var isIdleReported = false

  /// For idle times, the last used at the end.
  private var alarms: [WaylandPair] = []
  /// For the release of an inhibitor, while there is input; else that would be known only after an idle time.
  private var release: WaylandPair?
  /// That somebody waits for.
  private weak var pause: WaylandPause?
  /// For single inputs.
  private var inputAlarm: WaylandAlarm?
  /// The last input, once an alarm has gone off and until there is another.
  private var idleSince: Microseconds?
  private var lastInputReport: Microseconds?
  /// As was told last.
  private var isInhibited = false
  /// When an inhibitor was last seen to be released.
  private var releasedAt: Microseconds?

  /// Elapses when an idle time that was asked for is reached, reckoned from ``idleSince``. On CLOCK_BOOTTIME.
  private var idleTimer: Timer?
  /// Elapses when ``inputAlarm`` must have gone off, or is needed. On CLOCK_MONOTONIC, by which compositors count.
  private var inputTimer: Timer?

  /// Looks for a compositor, without blocking the loop, for at most 2 s a display.
  ///
  /// - Parameters:
  ///   - displays: paths of sockets, the first that will do is taken; see ``WaylandDisplays/candidates(environment:)``.
  ///   - handler: where the source reports to.
  ///   - silent: called for each display that did not answer in time, but may later.
  ///   - found: called once, from the loop, with a source that watches nothing yet; `nil` where no compositor has both a
  ///     seat and an idle notifier.
  public static func probe(
    displays: [String], loop: EventLoop, handler: @escaping PresenceHandler, silent: @escaping () -> Void = {},
    found: @escaping (WaylandSource?) -> Void
  ) {
    WaylandProbe.start(displays: displays, loop: loop, silent: silent) { globals in
      found(globals.flatMap { WaylandSource($0, loop: loop, handler: handler) })
    }
  }

  /// - Parameter globals: with an open connection that is ready.
  /// - Returns: `nil` if it is not, or the loop takes no timers.
  init?(_ globals: WaylandGlobals, loop: EventLoop, handler: @escaping PresenceHandler) {
    guard let notifier = globals.notifier else { return nil }
    (self.globals, self.loop, self.handler) = (globals, loop, handler)
    quality = notifier.interface == .extInput ? .precise : .inhibitorAffected
    do throws(Errno) {
      idleTimer = try loop.timer(clock: CLOCK_BOOTTIME, accuracyUSec: Self.accuracyUSec) { [weak self] in
        self?.afterSync { $0.settleIdle() }
      }
      inputTimer = try loop.timer(clock: CLOCK_MONOTONIC, accuracyUSec: Self.accuracyUSec) { [weak self] in
        self?.lookForInput()
      }
    } catch {
      return nil
    }
    globals.changed = { [weak self] change in self?.take(change) }
    globals.connection.failed = { [weak self] error in self?.lose(error) }
  }

  deinit { globals.connection.close() }

  private var now: Microseconds { globals.connection.now }

  public func lastInput(_ answer: @escaping (Microseconds?) -> Void) {
    // An input that was seen just now is the last one; later ones are not told singly.
    let recent = lastInputReport.flatMap { now - $0 < Self.inputInterval ? $0 : nil }
    answer(idleSince ?? recent)
  }

  public func awaitPause(of length: Microseconds, _ tell: @escaping (_ isTyping: Bool) -> Void) -> (any PauseWait)? {
    let pause = try? WaylandPause(of: length, globals, loop: loop, tell: tell)
    self.pause = pause
    // An alarm that has gone off may know of it already.
    if idleSince != nil {
      globals.connection.sync { [weak self] in
        guard let self, let pause = self.pause, let since = self.idleSince else { return }
        if self.now - since >= pause.length { pause.end() }
      }
    }
    return pause
  }

  // MARK: Watching

  public func watch(_ watch: Watch) {
    guard globals.connection.isOpen, !(watch == .input && wanted == .input) else { return }
    wanted = watch
    round += 1
    isIdleReported = false
    idleTimer?.disarm()
    inputTimer?.disarm()
    switch watch {
    case .nothing: break
    case .input: if !isAnyAlarmIdle { startInputAlarm() }
    case .idle(let after):
      useAlarm(after)
      if idleSince != nil { afterSync { $0.settleIdle() } }
    }
    dropInputAlarm()
  }

  /// Does something from the loop, once the compositor's last word is known, unless something else is asked for or
  /// found out meanwhile.
  private func afterSync(_ body: @escaping (WaylandSource) -> Void) {
    let round = round
    globals.connection.sync { [weak self] in
      guard let self, self.round == round else { return }
      body(self)
    }
  }

  private func take(_ change: WaylandGlobals.Change) {
    switch change {
    case .ready: break
    case .seatAdded(let seat): addSeat(seat)
    case .seatRemoved(let seat):
      for alarm in alarms { alarm.remove(seat) }
      release?.remove(seat)
      pause?.remove(seat)
      inputAlarm?.remove(seat)
    }
  }

  /// A seat is there that has not been watched: how long it has been idle is not known, and so for all of them.
  private func addSeat(_ seat: UInt32) {
    round += 1
    idleSince = nil
    idleTimer?.disarm()
    for alarm in alarms { alarm.add(seat) }
    release?.add(seat)
    pause?.add(seat)
    if let inputAlarm { inputAlarm.add(seat) }
    if wanted == .input { startInputAlarm() }
  }

  private func lose(_ error: WaylandError) {
    wanted = .nothing
    round += 1
    (alarms, release, inputAlarm, idleTimer, inputTimer) = ([], nil, nil, nil, nil)
    handler(.lost(why: error.description))
  }

  // MARK: Alarms

  private var isAnyAlarmIdle: Bool {
    inputAlarm?.isIdle == true || release?.isIdle == true || alarms.contains(where: \.isIdle)
  }

  private func makePair(_ timeout: Microseconds) -> WaylandPair {
    WaylandPair(timeout, globals, loop: loop) { [weak self] pair, change in
      guard let self else { return }
      switch change {
      case .idle: self.noteIdle(since: pair.idleSince)
      case .resumed: self.noteInput(at: self.now)
      case .inhibited(let held, let since): self.noteInhibitor(held, since: since)
      }
    }
  }

  /// Sees to it that there is an alarm of a time, and not of too many others.
  private func useAlarm(_ timeout: Microseconds) {
    let known = alarms.firstIndex { $0.timeout == timeout }
    alarms.append(known.map { alarms.remove(at: $0) } ?? makePair(timeout))
    guard alarms.count > Self.alarmLimit else { return }
    // One that has gone off is kept, as perhaps no other will tell of the next input.
    alarms.remove(at: alarms.dropLast().firstIndex { !$0.isIdle } ?? 0)
  }

  private func noteIdle(since: Microseconds?) {
    guard let since else { return }
    // An alarm that was made after the last input knows no more than the time when it was made.
    idleSince = min(since, idleSince ?? since)
    inputTimer?.disarm()
    settleIdle()
  }

  private func noteInhibitor(_ held: Bool, since: Microseconds) {
    guard held != isInhibited else { return }
    // A longer pair may yet learn of an inhibitor that a shorter one has seen released.
    if held, let releasedAt, since < releasedAt { return }
    if !held { releasedAt = since }
    isInhibited = held
    handler(.inhibited(held, since: since))
  }

  // MARK: Idle

  /// Tells of an idle time that is reached, or waits until it is.
  private func settleIdle() {
    guard case .idle(let after) = wanted, !isIdleReported, let since = idleSince else { return }
    if now - since >= after {
      isIdleReported = true
      idleTimer?.disarm()
      handler(.idle(since: since))
    } else {
      arm(idleTimer, at: since + after)
    }
  }

  // MARK: Input

  /// Has the alarm for single inputs run, and looks after it.
  private func startInputAlarm() {
    if inputAlarm == nil {
      inputAlarm = WaylandAlarm(quality == .precise ? Self.inputInterval : Self.shortPause, globals) {
        [weak self] alarm, change in
        guard let self else { return }
        switch change {
        case .idle: self.noteIdle(since: alarm.idleSince)
        case .resumed: self.noteInput(at: self.now)
        }
      }
    }
    if quality == .precise { arm(inputTimer, at: now + 2 * Self.inputInterval) }
  }

  /// The alarm for single inputs is kept only where there is something to be told from it.
  private func dropInputAlarm() {
    if wanted != .input, inputAlarm?.isIdle == false { inputAlarm = nil }
  }

  private func noteInput(at input: Microseconds) {
    round += 1
    idleSince = nil
    idleTimer?.disarm()
    // Kept while it is idle, as perhaps no other will tell of the next input.
    release = isInhibited ? release ?? makePair(Self.checkedPause) : nil
    guard wanted == .input else { return dropInputAlarm() }
    let isSoon = lastInputReport.map { input - $0 < Self.inputInterval } ?? false
    if !isSoon { lastInputReport = input }
    awaitInput(after: lastInputReport ?? input)
    if !isSoon { handler(.input(at: input)) }
  }

  /// Prepares for what comes later than one second after the input that was last told of.
  private func awaitInput(after last: Microseconds) {
    if quality == .precise {
      // An alarm of one second that has not gone off after two: there has been input in the latter of them.
      startInputAlarm()
      arm(inputTimer, at: last + 2 * Self.inputInterval)
    } else {
      // That could be an inhibitor. What there is before the second is over is not needed.
      inputAlarm = nil
      arm(inputTimer, at: last + Self.inputInterval)
    }
  }

  private func lookForInput() {
    guard wanted == .input else { return }
    if quality == .precise {
      afterSync { if $0.inputAlarm?.isIdle == false { $0.noteInput(at: $0.now) } }
    } else {
      startInputAlarm()
    }
  }

  // MARK: Timers

  /// - Parameter time: a boot time.
  private func arm(_ timer: Timer?, at time: Microseconds) {
    // Elapsed time is the same on both clocks, but for suspension.
    let ahead = timer === inputTimer ? now - Microseconds(loop.nowUSec(CLOCK_MONOTONIC)) : 0
    do throws(Errno) {
      try timer?.arm(atUSec: UInt64(max(0, time - ahead)))
    } catch {
      globals.connection.failLater(.socket(.system(call: "timerfd_settime", error)))
    }
  }
}
