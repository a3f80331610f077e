// Prompts: §7 of the design, whose rule numbers stand in the comments.

extension Engine {
  // MARK: What is due

  /// A `move` that falls due so soon takes the place of a `posture` (rule 1).
  private static let pullForward: Microseconds = .minutes(5)

  /// The kind to be prompted next, and the sitting time of the bout at which it falls due.
  private func nextPrompt() -> (kind: Prompt.Kind, due: Microseconds)? {
    let move = plan.moveDue(settings.prompts.move)
    let posture = plan.postureDue(settings.prompts.posture)
    guard let posture, posture < move ?? .max else { return move.map { (.move, $0) } }
    guard let move, move - posture <= Self.pullForward else { return (.posture, posture) }
    return (.move, posture)
  }

  /// When, in boot time, nothing but a deferral stands in the way of what is due (rules 1 and 2).
  private func clearance(at now: Moment) -> Microseconds {
    guard let lastPosted = plan.lastPosted else { return settledAt }
    return max(settledAt, lastPosted + settings.prompts.minGap + (now.boot - now.monotonic))
  }

  private var deferral: Deferral? { pause == nil ? nil : .paused }

  var promptDeadline: Microseconds? {
    guard let next = nextPromptTime else { return nil }
    guard let waiting else { return next.at }
    // Behind a posture that waits, a move may come to be the one that waits.
    guard waiting.kind == .posture, let move = plan.moveDue(settings.prompts.move) else { return nil }
    return last.boot + move - Self.pullForward - boutSitting(at: last.boot)
  }

  /// The next prompt and the boot time at which it would be posted if the person went on sitting.
  var nextPromptTime: (kind: Prompt.Kind, at: Microseconds)? {
    guard ledger.kind == .sitting, let next = nextPrompt() else { return nil }
    let left = next.due - boutSitting(at: last.boot)
    return (next.kind, max(last.boot + left, clearance(at: last)))
  }

  mutating func considerPrompts(at now: Moment) {
    let sat = boutSitting(at: now.boot)
    guard ledger.kind == .sitting, let next = nextPrompt(), next.due <= sat else {
      waiting = nil
      return
    }
    guard clearance(at: now) <= now.boot else { return }
    // While a posture waited, a move may have come near enough to take its place.
    let move = plan.moveDue(settings.prompts.move).map { $0 - sat <= Self.pullForward } ?? false
    let kind = move ? .move : next.kind
    if let deferral {
      let now = Waiting(kind: kind, because: deferral)
      if waiting != now { effects.append(.deferred(kind, deferral)) }
      waiting = now
      return
    }
    post(kind, at: now)
  }

  private mutating func post(_ kind: Prompt.Kind, at now: Moment) {
    if open != nil { end(.superseded, at: now) }
    waiting = nil
    let sat = boutSitting(at: now.boot)
    let text = fill(plan.draw(kind, from: wordings), sat: sat)
    plan.lastID += 1
    plan.lastPosted = now.monotonic
    plan.note(kind, at: sat)
    let prompt = Prompt(id: plan.lastID, kind: kind, posted: now, sat: sat, text: text)
    open = OpenPrompt(prompt: prompt)
    if kind == .move { sign = LeavingSign(since: now.boot, until: now.boot + settings.prompts.follow) }
    effects.append(.post(prompt))
  }

  private func fill(_ wording: Wording, sat: Microseconds) -> Wording {
    func minutes(_ length: Microseconds) -> String {
      let count = max(1, length / .minute)
      return count == 1 ? "1 minute" : "\(count) minutes"
    }
    func fill(_ text: String) -> String {
      text.replacing("{sat}", with: minutes(sat)).replacing("{target}", with: minutes(settings.prompts.move.target))
    }
    return Wording(title: fill(wording.title), body: fill(wording.body))
  }

  // MARK: Outcomes

  /// Gives the open prompt, if there is one, its outcome.
  mutating func end(_ outcome: Outcome, at now: Moment) {
    guard let ended = open else { return }
    open = nil
    if ended.kind == .move { sign = nil }
    plan.count(outcome, of: ended.kind)
    effects.append(.outcome(id: ended.id, ended.kind, outcome, at: now))
  }

  mutating func hideNotification() {
    guard let open, open.isShown else { return }
    self.open?.isShown = false
    effects.append(.hide(id: open.id))
  }

  /// Whether an absence that began in time may yet turn out to be the break that was asked for.
  private func mayStillAnswer(_ sign: LeavingSign) -> Bool {
    if ledger.kind == .standing, bout != nil { return standingSince <= sign.until }
    if ledger.kind.isAtDesk { return silence(under: sign).map { $0 <= sign.until } ?? false }
    return absence.map { !$0.isBreak && $0.begin <= sign.until } ?? false
  }

  var outcomeDeadline: Microseconds? {
    guard let sign, !mayStillAnswer(sign) else { return nil }
    return sign.until
  }

  /// A move that no break has followed expires; an absence that began in time and is undecided is waited for.
  mutating func decideOutcome(at now: Moment) {
    guard let sign, sign.until <= now.boot, !mayStillAnswer(sign) else { return }
    self.sign = nil
    if open?.kind == .move { end(.expired, at: now) }
  }

  /// The server closed a notification. That is no answer, but for a person's own hand (rule 11).
  mutating func noteClosed(_ id: UInt64, byPerson: Bool, at now: Moment) {
    guard let open, open.id == id, open.isShown else { return }
    if byPerson { return end(.dismissed, at: now) }
    if open.kind == .move { self.open?.isShown = false } else { end(.expired, at: now) }
  }

  // MARK: The person

  mutating func respond(to id: UInt64?, _ answer: Answer, at now: Moment) {
    guard let open, open.isShown, id ?? open.id == open.id else {
      let why = id.map { "prompt \($0) is not shown" } ?? "no prompt is shown"
      return effects.append(.refused(what: "respond", why: why))
    }
    let allowed = Answer.allowed(for: open.kind)
    guard allowed.contains(answer) else {
      let list = allowed.map(\.rawValue).joined(separator: ", ")
      let why = "a \(open.kind.rawValue) prompt is answered by one of: \(list)"
      return effects.append(.refused(what: "respond", why: why))
    }
    switch answer {
    case .going: go(at: now)
    case .snoozed: snooze(open, for: settings.prompts.snooze, at: now)
    case .skipped: end(.skipped, at: now)
    case .dismissed: end(.dismissed, at: now)
    case .done, .none, .yes: end(.done, at: now)
    }
  }

  /// *Going* opens a new window for the break (rule 4). An answer is no input.
  private mutating func go(at now: Moment) {
    hideNotification()
    open?.going = now.boot
    sign?.until = now.boot + settings.prompts.follow
    sign?.isSaid = true
  }

  mutating func takeBreak(at now: Moment) {
    guard ledger.kind.isAtDesk else {
      return effects.append(.refused(what: "break", why: "you are not at the desk"))
    }
    if open?.kind == .move { return go(at: now) }
    sign = LeavingSign(since: now.boot, until: now.boot + settings.prompts.follow, isSaid: true)
  }

  mutating func snooze(for length: Microseconds?, at now: Moment) {
    guard let open, open.isShown else {
      return effects.append(.refused(what: "snooze", why: "no prompt is shown"))
    }
    snooze(open, for: length ?? settings.prompts.snooze, at: now)
  }

  private mutating func snooze(_ prompt: OpenPrompt, for length: Microseconds, at now: Moment) {
    end(.snoozed, at: now)
    plan.snooze(prompt.kind, until: boutSitting(at: now.boot) + length)
  }

  // MARK: Pauses (rule 8)

  mutating func pausePrompts(for length: Microseconds?, at now: Moment) {
    pause = length.map { .until(now.boot + $0) } ?? .untilMidnight(after: date(at: now))
    end(.withdrawn, at: now)
  }

  /// The boot time at which the pause ends, as the wall clock runs now.
  var pauseDeadline: Microseconds? {
    switch pause {
    case .until(let end): end
    case .untilMidnight(let date): start(of: date.adding(days: 1))
    case nil: nil
    }
  }

  mutating func endPause(at now: Moment) {
    switch pause {
    case .until(let end) where end <= now.boot: pause = nil
    case .untilMidnight(let date) where self.date(at: now) > date: pause = nil
    default: break
    }
  }
}
