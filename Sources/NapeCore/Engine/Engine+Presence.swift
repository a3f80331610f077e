// Presence and sitting: §6 of the design, whose rule numbers stand in the comments.

extension Engine {
  // MARK: Input

  mutating func noteInput(at input: Microseconds, _ now: Moment) {
    if presence.certainAbsence != nil || presence.sourceLost || presence.input == .active { return }
    if ledger.kind.isAtDesk {
      presence.input = .idle(since: input)
      return
    }
    // Rule 5: a return needs two inputs.
    presence.input = .idle(since: input)
    if let first = firstInput, input - first <= settings.presence.confirmReturn {
      if input - first >= .second { comeBack(at: first, now) }
    } else {
      firstInput = input
    }
  }

  mutating func noteActive(at now: Moment) {
    presence.input = .active
    returnIfActive(at: now)
  }

  /// Input that goes on, once it can be seen again, counts from then on as a confirmed return.
  private mutating func returnIfActive(at now: Moment) {
    guard presence.input == .active, presence.certainAbsence == nil, !presence.sourceLost else { return }
    if !ledger.kind.isAtDesk { comeBack(at: firstInput ?? now.boot, now) }
  }

  mutating func noteIdle(since: Microseconds, _ now: Moment) {
    let isFirst = presence.input == .untold
    presence.input = .idle(since: max(since, presence.idleSince ?? since))
    // The first word of a source says that nobody is there, or that somebody is and says no more; not since when.
    if isFirst, ledger.kind == .unknown, !presence.sourceLost, presence.certainAbsence == nil {
      leave(at: now.boot, .idle, now)
    }
  }

  mutating func noteInhibitor(_ held: Bool, since: Microseconds, _ now: Moment) { presence.inhibited = held }

  // MARK: Leaving

  /// When the idle time will be decided to be an absence, from when on, and by which rule.
  private var idleDecision: (at: Microseconds, begin: Microseconds)? {
    guard ledger.kind.isAtDesk, let since = presence.idleSince else { return nil }
    // Rule 1: reading is sitting, until it is away from the last input on.
    let plain = (at: since + settings.presence.awayAfter, begin: since)
    // Rule 2: a second sign makes it certain sooner.
    guard let sign, since <= sign.until else { return plain }
    let begin = max(since, sign.since)
    let signed = (at: begin + settings.presence.breakAfter, begin: begin)
    return signed.at < plain.at ? signed : plain
  }

  var presenceDeadline: Microseconds? {
    [idleDecision?.at, breakDeadline, standingDeadline, unknownDeadline].compactMap { $0 }.min()
  }

  mutating func decidePresence(at now: Moment) {
    if let decision = idleDecision, decision.at <= now.boot {
      leave(at: decision.begin, .idle, now)
      reachBreak(at: now)
    }
    if let deadline = breakDeadline, deadline <= now.boot { reachBreak(at: now) }
    if let deadline = standingDeadline, deadline <= now.boot { reachStandingBreak(at: now) }
    if let deadline = unknownDeadline, deadline <= now.boot { endBout(at: ledger.from, by: .unknown) }
  }

  /// The person is away since a boot time that may have passed.
  private mutating func leave(at begin: Microseconds, _ evidence: Evidence, _ now: Moment) {
    let begin = max(begin, ledger.from)
    firstInput = nil
    absence = Absence(begin: begin)
    self.begin(.away, evidence, at: begin, now)
    // What was posted to nobody is taken back. Leaving leaves nothing else open but a move, which a break may answer.
    if let open, begin < open.posted || open.kind != .move { end(.withdrawn, at: now) }
    hideNotification()
    if let until = sign?.until, begin > until {
      sign = nil
      end(.expired, at: now)
    }
    waiting = nil
  }

  /// Rule 7, for an absence that is certain from its start.
  private var breakDeadline: Microseconds? {
    guard let absence, !absence.isBreak else { return nil }
    return decided(after: absence.begin + settings.presence.breakAfter)
  }

  /// A limit of an absence, or the end of a wait for the second input where the first came before the limit: it may yet
  /// turn out to have been the return.
  private func decided(after limit: Microseconds) -> Microseconds {
    guard let firstInput, firstInput < limit else { return limit }
    return max(limit, firstInput + settings.presence.confirmReturn + 1)
  }

  private mutating func reachBreak(at now: Moment) {
    guard let absence, !absence.isBreak else { return }
    self.absence?.isBreak = true
    endBout(at: absence.begin, by: takeBreak(begunAt: absence.begin, now) ? .move : .natural)
  }

  /// The break that begins at a boot time answers the open move, if there is one that it can answer.
  ///
  /// - Returns: whether it did.
  private mutating func takeBreak(begunAt begin: Microseconds, _ now: Moment) -> Bool {
    defer { sign = nil }
    guard let open, open.kind == .move, let sign, sign.since <= begin, begin <= sign.until else { return false }
    end(.taken, at: now)
    return true
  }

  /// Rule 3: locked, suspended and switched are away at once; a change among them begins a new span of one absence.
  mutating func changeCertainAbsence(at now: Moment, _ change: (inout Presence) -> Void) {
    let before = presence.certainAbsence
    change(&presence)
    let after = presence.certainAbsence
    guard before != after else { return }
    firstInput = nil
    if let after {
      if ledger.kind != .away {
        if ledger.kind.isAtDesk, let since = presence.idleSince,
          now.boot - since >= settings.presence.breakAfter
        {
          leave(at: since, .idle, now)
          reachBreak(at: now)
        } else {
          leave(at: now.boot, after, now)
        }
      }
      begin(.away, after, at: now.boot, now)
    } else if presence.sourceLost {
      becomeUnknown(at: now.boot, now)
    } else {
      begin(.away, .idle, at: now.boot, now)
      returnIfActive(at: now)
    }
  }

  mutating func fallAsleep(at now: Moment) {
    changeCertainAbsence(at: now) { $0.asleep = true }
    if presence.idleSince == nil { presence.input = .idle(since: now.boot) }
  }

  // MARK: Coming back

  /// The person is at the desk since a boot time, confirmed now.
  private mutating func comeBack(at first: Microseconds, _ now: Moment) {
    // Leaving for less than a break does not answer a move.
    if open != nil { end(.withdrawn, at: now) }
    sign = nil
    begin(.sitting, .input, at: first, now)
    absence = nil
    firstInput = nil
    settledAt = first + settings.prompts.settle
  }

  // MARK: Standing (rule 6)

  private var standingDeadline: Microseconds? {
    ledger.kind == .standing && bout != nil ? ledger.from + settings.presence.breakAfter : nil
  }

  private mutating func reachStandingBreak(at now: Moment) {
    endBout(at: ledger.from, by: takeBreak(begunAt: ledger.from, now) ? .move : .standing)
  }

  mutating func declare(_ posture: Event.Posture, _ evidence: Evidence, at now: Moment) {
    guard ledger.kind.isAtDesk else {
      let why = ledger.kind == .away ? "you are away from the desk" : "it is not known whether you are at the desk"
      return effects.append(.refused(what: posture.rawValue, why: why))
    }
    switch posture {
    case .standing: begin(.standing, evidence, at: now.boot, now)
    case .sitting: if ledger.kind == .standing { begin(.sitting, evidence, at: now.boot, now) }
    }
  }

  // MARK: Not knowing (rules 8 and 10)

  /// How long the bout outlives not knowing; not running may hide one checkpoint interval more.
  private var unknownDeadline: Microseconds? {
    guard ledger.kind == .unknown, bout != nil else { return nil }
    let isDown = ledger.evidence == .notRunning
    let since = isDown ? downSince ?? ledger.from : ledger.from
    return decided(after: since + settings.presence.breakAfter + (isDown ? Checkpoint.interval : 0))
  }

  mutating func loseSource(at now: Moment) {
    guard !presence.sourceLost else { return }
    presence.sourceLost = true
    firstInput = nil
    guard presence.certainAbsence == nil else { return }
    becomeUnknown(at: presence.idleSince ?? now.boot, now)
  }

  private mutating func becomeUnknown(at boot: Microseconds, _ now: Moment) {
    end(.withdrawn, at: now)
    sign = nil
    absence = nil
    waiting = nil
    begin(.unknown, .sourceLost, at: boot, now)
  }

  mutating func findSource(at now: Moment) {
    guard presence.sourceLost else { return }
    presence.sourceLost = false
    returnIfActive(at: now)
  }
}
