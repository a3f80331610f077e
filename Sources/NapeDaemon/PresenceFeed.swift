import NapeCore
import NapeDesktop
import Systemd

/// Turns what sources, inhibitors, screen savers and logind tell into events for the engine, and tells the sources what it
/// wants to hear.
final class PresenceFeed {
  private let finder: SourceFinder
  private let inhibitors: Inhibitors
  private let now: () -> Microseconds
  private let engine: () -> Engine
  private let hand: (Event) -> Void
  private let pauseQuestion: PauseQuestion

  private var session: Login.Session?
  private var isSaverActive = false
  /// As the engine was told last.
  private var isLocked = false
  /// What is handed to the engine once the source has told when the last input was.
  private var leaving: [Event] = []
  private var waiters: [() -> Void] = []

  /// - Parameters:
  ///   - now: CLOCK_BOOTTIME.
  ///   - hand: hands an event to the engine.
  init(
    loop: EventLoop, finder: SourceFinder, inhibitors: Inhibitors, now: @escaping () -> Microseconds,
    engine: @escaping () -> Engine, hand: @escaping (Event) -> Void
  ) {
    self.finder = finder
    self.inhibitors = inhibitors
    self.now = now
    self.engine = engine
    self.hand = hand
    pauseQuestion = PauseQuestion(loop: loop) { hand(.typing($0)) }
    finder.onReport = { [weak self] in self?.take($0) }
    inhibitors.onChange = { [weak self] held, since in self?.noteInhibitor(held, since: since) }
  }

  private func take(_ report: PresenceReport) {
    switch report {
    case .input(let at):
      hand(.input(at: at))
      // From here on the source tells when input stops, not each input; one that may not see that goes on.
      if engine().isAtDesk, !isBlind { hand(.active) }
    case .idle(let since): hand(.idle(since: since))
    case .present: hand(.active)
    case .inhibited(let held, let since): inhibitors.noteCompositor(held, since: since)
    case .lost: break
    }
  }

  /// Another source is in use, or none.
  func noteSource(_ source: (any PresenceSource)?) {
    // One that is gone may never tell when the last input was.
    if !leaving.isEmpty { handOver(last: nil) }
    // What the one before told of inhibitors goes with it.
    inhibitors.noteCompositor(false, since: now())
    guard let source else {
      let wasAtDesk = engine().isAtDesk
      hand(.sourceLost)
      // The next source has not seen this person yet: what comes then is unknown until there is input.
      if wasAtDesk { hand(.idle(since: now())) }
      return
    }
    hand(.sourceFound)
    // A source that counts from when it is asked is asked early for each length that will matter.
    let lengths = engine().settings.presence
    for length in [lengths.breakAfter, lengths.awayAfter] { source.watch(.idle(after: length)) }
    finder.watch(engine().watch)
    noteBlindness()
    guard !engine().isAtDesk else { return }
    source.lastInput { [weak self] last in
      guard let self, let last, !self.engine().isAtDesk else { return }
      let isAway = self.now() - last >= self.engine().settings.presence.awayAfter
      if isAway || self.engine().isResuming { self.hand(.idle(since: last)) }
    }
  }

  /// What the engine wants to hear may have changed.
  func follow() {
    let engine = engine()
    finder.watch(engine.watch)
    pauseQuestion.follow(isAsked: engine.asksForPause, source: isBlind ? nil : finder.source)
  }

  // MARK: Inhibitors

  private func noteInhibitor(_ held: Bool, since: Microseconds) {
    hand(.inhibited(held, since: since))
    noteBlindness()
  }

  /// While an inhibitor is held, a source that is affected by it sees neither input nor that there is none, and looks like
  /// somebody who types on and on.
  private var isBlind: Bool { inhibitors.isHeld && finder.source?.quality == .inhibitorAffected }

  /// What cannot be seen is no input: it counts from now on as idle time, which is passive sitting for as long as the
  /// inhibitor is held, and never as more.
  private func noteBlindness() {
    guard isBlind, engine().isAtDesk else { return }
    // The engine may know of an earlier last input.
    if case .idle = engine().watch { hand(.idle(since: now())) }
  }

  // MARK: Sessions and sleep

  func noteSession(_ session: Login.Session?) {
    let before = self.session
    self.session = session
    finder.update(session)
    noteLock()
    let wasActive = before?.isActive ?? true
    let isActive = session?.isActive ?? true
    if wasActive != isActive { queue(isActive ? .switchedBack : .switched) }
  }

  func noteSaver(_ isActive: Bool) {
    isSaverActive = isActive
    noteLock()
  }

  /// The screen is locked if logind says so or a screen saver is active: not every desktop tells both.
  private func noteLock() {
    let isLocked = isSaverActive || session?.isLocked ?? false
    guard isLocked != self.isLocked else { return }
    self.isLocked = isLocked
    queue(isLocked ? .locked : .unlocked)
  }

  /// - Parameter done: called when the engine has taken it in.
  func noteSleep(_ begins: Bool, done: @escaping () -> Void) {
    queue(begins ? .asleep : .awake, then: done)
  }

  /// Hands an event over after the time of the last input, on which it may depend how an absence began; in order.
  private func queue(_ event: Event, then done: @escaping () -> Void = {}) {
    let isFirst = leaving.isEmpty
    leaving.append(event)
    guard isFirst else { return waiters.append(done) }
    waiters.append(done)
    guard Self.leaves(event), engine().isAtDesk, let source = finder.source else { return handOver(last: nil) }
    source.lastInput { [weak self] in self?.handOver(last: $0) }
  }

  private static func leaves(_ event: Event) -> Bool { [.locked, .switched, .asleep].contains(event) }

  private func handOver(last: Microseconds?) {
    guard !leaving.isEmpty else { return }
    // Behind a lock the source tells of single inputs again.
    if leaving.contains(where: Self.leaves), engine().isAtDesk { hand(.idle(since: last ?? now())) }
    for event in leaving { hand(event) }
    leaving = []
    let waiters = waiters
    self.waiters = []
    for done in waiters { done() }
  }
}
