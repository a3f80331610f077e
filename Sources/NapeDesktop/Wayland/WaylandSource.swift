import Glibc
import NapeCore
import Systemd

/// Input, as a Wayland compositor tells of it by idle notifications.
///
/// A compositor cannot be asked for the idle time: it tells when there has been no input for a time that was fixed
/// beforehand, and then of the next input. For that the source keeps a few alarms. Single inputs it learns from an alarm
/// of one second that goes off and is ended; and, where inhibitors do not count, from one that does not go off.
public final class WaylandSource: PresenceSource {
  /// After an input so long nothing more is told; and what is quiet for so long can be seen to end.
  private static let inputInterval = Microseconds.second
  /// Alarms for idle times that are kept, as their times are mostly asked for anew.
  private static let alarmLimit = 4
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
  private var alarms: [WaylandAlarm] = []
  /// For single inputs.
  private var inputAlarm: WaylandAlarm?
  /// The last input, once an alarm has gone off and until there is another.
  private var idleSince: Microseconds?
  private var lastInputReport: Microseconds?

  /// Elapses when an idle time that was asked for is reached, reckoned from ``idleSince``. On CLOCK_BOOTTIME.
  private var idleTimer: Timer?
  /// Elapses when ``inputAlarm`` must have gone off. On CLOCK_MONOTONIC, by which compositors count.
  private var inputTimer: Timer?

  /// Looks for a compositor, without blocking the loop, for at most 2 s a display.
  ///
  /// - Parameters:
  ///   - displays: paths of sockets, the first that will do is taken; see ``WaylandDisplays/candidates(environment:)``.
  ///   - handler: where the source reports to.
  ///   - found: called once, from the loop, with a source that watches nothing yet; `nil` where no compositor has both a
  ///     seat and an idle notifier.
  public static func probe(
    displays: [String], loop: EventLoop, handler: @escaping PresenceHandler,
    found: @escaping (WaylandSource?) -> Void
  ) {
    WaylandProbe.start(displays: displays, loop: loop) { globals in
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
        self?.afterSync { $0.concludeInput() }
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
      inputAlarm?.remove(seat)
    }
  }

  /// A seat is there that has not been watched: how long it has been idle is not known, and so for all of them.
  private func addSeat(_ seat: UInt32) {
    round += 1
    idleSince = nil
    idleTimer?.disarm()
    for alarm in alarms { alarm.add(seat) }
    if let inputAlarm { inputAlarm.add(seat) }
    if wanted == .input { startInputAlarm() }
  }

  private func lose(_ error: WaylandError) {
    wanted = .nothing
    round += 1
    (alarms, inputAlarm, idleTimer, inputTimer) = ([], nil, nil, nil)
    handler(.lost(why: error.description))
  }

  // MARK: Alarms

  private var isAnyAlarmIdle: Bool { inputAlarm?.isIdle == true || alarms.contains(where: \.isIdle) }

  private func makeAlarm(_ timeout: Microseconds) -> WaylandAlarm {
    WaylandAlarm(timeout, globals) { [weak self] alarm, change in self?.take(change, of: alarm) }
  }

  /// Sees to it that there is an alarm of a time, and not of too many others.
  private func useAlarm(_ timeout: Microseconds) {
    let known = alarms.firstIndex { $0.timeout == timeout }
    alarms.append(known.map { alarms.remove(at: $0) } ?? makeAlarm(timeout))
    guard alarms.count > Self.alarmLimit else { return }
    // One that has gone off is kept, as perhaps no other will tell of the next input.
    alarms.remove(at: alarms.dropLast().firstIndex { !$0.isIdle } ?? 0)
  }

  private func take(_ change: WaylandAlarm.Change, of alarm: WaylandAlarm) {
    switch change {
    case .idle:
      guard let since = alarm.idleSince else { return }
      // An alarm that was made after the last input knows no more than the time when it was made.
      idleSince = min(since, idleSince ?? since)
      inputTimer?.disarm()
      settleIdle()
    case .resumed:
      noteInput(at: now)
    }
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
      arm(idleTimer, atUSec: since + after)
    }
  }

  // MARK: Input

  /// Has a new alarm of one second run, unless one is running, and looks after it.
  private func startInputAlarm() {
    if inputAlarm == nil { inputAlarm = makeAlarm(Self.inputInterval) }
    awaitInputAlarm(from: now)
  }

  /// Only where there is something to be told from it is the alarm for single inputs kept.
  private func dropInputAlarm() {
    if wanted != .input, inputAlarm?.isIdle == false { inputAlarm = nil }
  }

  private func noteInput(at input: Microseconds) {
    round += 1
    idleSince = nil
    idleTimer?.disarm()
    guard wanted == .input else { return dropInputAlarm() }
    if inputAlarm == nil { inputAlarm = makeAlarm(Self.inputInterval) }
    if let last = lastInputReport, input - last < Self.inputInterval { return awaitInputAlarm(from: last) }
    lastInputReport = input
    awaitInputAlarm(from: input)
    handler(.input(at: input))
  }

  /// If the alarm has not gone off two seconds after a boot time, there has been input in the latter of them.
  ///
  /// With inhibitors that proves nothing.
  private func awaitInputAlarm(from start: Microseconds) {
    guard quality == .precise, inputAlarm?.isIdle == false else { return }
    let length = start + 2 * Self.inputInterval - now
    arm(inputTimer, atUSec: Microseconds(loop.nowUSec(CLOCK_MONOTONIC)) + length)
  }

  private func concludeInput() {
    if wanted == .input, inputAlarm?.isIdle == false { noteInput(at: now) }
  }

  private func arm(_ timer: Timer?, atUSec time: Microseconds) {
    do throws(Errno) {
      try timer?.arm(atUSec: UInt64(max(0, time)))
    } catch {
      globals.connection.failLater(.system(call: "timerfd_settime", error))
    }
  }
}
