import Glibc
import NapeCore
import Systemd

/// Input idle time from mutter (`org.gnome.Mutter.IdleMonitor`), or from Cinnamon's muffin, which tells the same under names
/// of its own.
///
/// Its idle watches are silenced by inhibitors and are never used: the idle time is asked for when it may have reached the
/// limit. Its user-active watch tells of the next input, inhibited or not.
public final class MutterSource: PresenceSource {
  /// Whose idle monitor it is.
  public enum Monitor: Hashable, Sendable, CaseIterable {
    case mutter, muffin

    public var source: SourceName { self == .mutter ? .mutter : .muffin }

    /// Its name on the session bus, and that of its interface.
    public var busName: String {
      self == .mutter ? "org.gnome.Mutter.IdleMonitor" : "org.cinnamon.Muffin.IdleMonitor"
    }

    var path: String {
      self == .mutter ? "/org/gnome/Mutter/IdleMonitor/Core" : "/org/cinnamon/Muffin/IdleMonitor/Core"
    }
  }

  private static let answerLimitUSec: UInt64 = 2_000_000

  public var name: SourceName { monitor.source }
  public let quality = Quality.precise

  private let monitor: Monitor
  private let bus: Bus
  /// The unique name of who answered the probe: watches are void with any other.
  private let owner: String
  private let report: PresenceHandler
  private var timer: Timer?
  private let loop: EventLoop
  private var fired: Slot?

  private var wanted = Watch.nothing
  /// Counts what was asked for, so that a late answer to something else is known.
  private var asked = 0
  private var activeWatch: UInt32?
  private var isLost = false

  /// - Parameter owner: the unique name that owns the monitor's.
  public init(
    _ monitor: Monitor, bus: Bus, owner: String, loop: EventLoop, report: @escaping PresenceHandler
  ) throws(Errno) {
    self.monitor = monitor
    self.bus = bus
    self.owner = owner
    self.loop = loop
    self.report = report
    timer = try loop.timer(clock: CLOCK_BOOTTIME, accuracyUSec: 250_000) { [weak self] in self?.look() }
    fired = try bus.match(sender: owner, path: monitor.path, interface: monitor.busName, member: "WatchFired") {
      [weak self] message in
      guard let self, message.sender == self.owner, let id = (try? message.read())?.first?.uint32,
        id == self.activeWatch
      else { return }
      self.activeWatch = nil
      self.noteInput()
    }
  }

  deinit { forgetActiveWatch() }

  private var now: Microseconds { Microseconds(loop.nowUSec(CLOCK_BOOTTIME)) }

  public func watch(_ watch: Watch) {
    wanted = watch
    asked += 1
    timer?.disarm()
    forgetActiveWatch()
    look()
  }

  /// Does what is wanted, now or when the timer has elapsed.
  private func look() {
    switch wanted {
    case .nothing: break
    case .input: addActiveWatch()
    case .idle(let after): askIdleTime(after)
    }
  }

  // MARK: Idle time

  private func askIdleTime(_ after: Microseconds) {
    let asked = asked
    lastInput { [weak self] last in
      guard let self, self.asked == asked else { return }
      guard let last else { return self.lose("\(self.name.rawValue) does not tell the idle time") }
      if self.now - last >= after {
        self.asked += 1
        self.report(.idle(since: last))
      } else {
        self.arm(at: last + after, accuracy: min(10 * .second, max(.second / 4, after / 30)))
      }
    }
  }

  public func lastInput(_ answer: @escaping (Microseconds?) -> Void) {
    call("GetIdletime") { [weak self] values in
      guard let self, let idle = values?.first?.uint64 else { return answer(nil) }
      let length = Microseconds(clamping: idle)
      answer(self.now - min(length, .max / 1000) * 1000)
    }
  }

  public func awaitPause(of length: Microseconds, _ tell: @escaping (_ isTyping: Bool) -> Void) -> (any PauseWait)? {
    try? IdleTimePause(
      of: length, loop: loop,
      lastInput: { [weak self] answer in self.map { $0.lastInput(answer) } ?? answer(nil) }, tell: tell)
  }

  // MARK: Input

  private func addActiveWatch() {
    let asked = asked
    call("AddUserActiveWatch") { [weak self] values in
      guard let self, let id = values?.first?.uint32 else {
        if let self, self.asked == asked { self.lose("\(self.name.rawValue) takes no watch") }
        return
      }
      guard self.asked == asked else { return self.remove(id) }
      self.activeWatch = id
    }
  }

  private func noteInput() {
    guard wanted == .input else { return }
    // No more than one a second is wanted.
    arm(at: now + .second, accuracy: .second / 4)
    report(.input(at: now))
  }

  private func forgetActiveWatch() {
    if let activeWatch { remove(activeWatch) }
    activeWatch = nil
  }

  private func remove(_ id: UInt32) {
    guard let call = try? message("RemoveWatch") else { return }
    try? call.append([.uint32(id)])
    try? bus.send(call) { _ in }
  }

  // MARK: Calls

  private func arm(at boot: Microseconds, accuracy: Microseconds) {
    do throws(Errno) {
      try timer?.arm(atUSec: UInt64(max(0, boot)), accuracyUSec: UInt64(accuracy))
    } catch {
      lose("no timer: \(error)")
    }
  }

  private func message(_ member: String) throws(Errno) -> Message {
    let call = try bus.methodCall(owner, monitor.path, monitor.busName, member)
    try call.setAutoStart(false)
    return call
  }

  private func call(_ member: String, _ answer: @escaping ([BusValue]?) -> Void) {
    do throws(Errno) {
      try bus.send(try message(member), timeoutUSec: Self.answerLimitUSec) { answer(try? $0.get()) }
    } catch {
      answer(nil)
    }
  }

  private func lose(_ why: String) {
    guard !isLost else { return }
    isLost = true
    wanted = .nothing
    report(.lost(why: why))
  }
}
