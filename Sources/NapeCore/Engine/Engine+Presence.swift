// Presence and sitting: §6 of the design, whose rule numbers stand in the comments.

extension Engine {
  // MARK: Input

  mutating func noteInput(at input: Microseconds, _ now: Moment) {
    if presence.certainAbsence != nil || presence.sourceLost || presence.input == .active { return }
    presence.input = .idle(since: input)
    if ledger.kind.isAtDesk { return showInput(at: input, now) }
    // Rule 5: a return needs two inputs.
    if let first = firstInput, input - first <= settings.presence.confirmReturn {
      if input - first >= .second { comeBack(at: first, by: .input, now) }
    } else {
      firstInput = input
    }
  }

  mutating func noteActive(at now: Moment) {
    if presence.input != .active { presence.activeSince = now.boot }
    presence.input = .active
    returnIfActive(at: now)
  }

  /// Input that goes on, once it can be seen again, counts from then on as a confirmed return.
  private mutating func returnIfActive(at now: Moment) {
    guard presence.input == .active, presence.certainAbsence == nil, !presence.sourceLost else { return }
    if ledger.kind.isAtDesk {
      showInput(at: now.boot, now)
    } else {
      let first = firstInput.flatMap { now.boot - $0 <= settings.presence.confirmReturn ? $0 : nil }
      comeBack(at: first ?? now.boot, by: .input, now)
    }
  }

  /// There is input again at the desk, where only something else had spoken for the person.
  private mutating func showInput(at input: Microseconds, _ now: Moment) {
    if ledger.kind == .sitting, ledger.evidence != .manual { begin(.sitting, .input, at: input, now) }
  }

  mutating func noteIdle(since: Microseconds, _ now: Moment) {
    let isFirst = presence.input == .untold
    presence.input = .idle(since: max(since, presence.idleSince ?? since))
    // The first word of a source says that nobody is there, or that somebody is and says no more; not since when.
    guard isFirst, ledger.kind == .unknown, !presence.sourceLost, presence.certainAbsence == nil else { return }
    switch before {
    case nil, .away: leave(at: now.boot, .idle, now)
    case .unknown: break
    case .atDesk:
      // What would still be sitting there had the daemon run on goes on as such.
      let limit = presence.inhibited ? settings.presence.passiveLimit : settings.presence.awayAfter
      if now.boot - since < limit {
        comeBack(at: now.boot, by: .input, now)
      } else if presence.inhibited {
        before = .unknown
      }
    }
  }

  mutating func noteInhibitor(_ held: Bool, since: Microseconds, _ now: Moment) {
    guard presence.inhibited != held else { return }
    presence.inhibited = held
    if !held { presence.releasedAt = max(since, presence.releasedAt ?? since) }
  }

  // MARK: Leaving

  /// When the idle time will be decided to be an absence, from when on, and by which rule.
  private var idleDecision: (at: Microseconds, begin: Microseconds)? {
    guard ledger.kind.isAtDesk || isResuming && ledger.kind == .unknown, presence.idleSince != nil else { return nil }
    // Rule 1: reading is sitting, until it is away from the last input on.
    let plain = presence.silentSince.map { (at: $0 + settings.presence.awayAfter, begin: $0) }
    // Rule 2: a second sign makes it certain sooner.
    guard let sign, let since = silence(under: sign), since <= sign.until else { return plain }
    let begin = max(since, sign.since)
    let signed = (at: begin + settings.presence.breakAfter, begin: begin)
    guard let plain, plain.at <= signed.at else { return signed }
    return plain
  }

  /// Since when the silence counts that makes a sign certain. With an inhibitor held a prompt alone is none.
  func silence(under sign: LeavingSign) -> Microseconds? {
    presence.inhibited && sign.isSaid && !presence.isReportedSitting ? presence.idleSince : presence.silentSince
  }

  var presenceDeadline: Microseconds? {
    [
      presence.report?.until, idleDecision?.at, passiveDeadline, passiveEnd?.at, breakDeadline, standingDeadline,
      unknownDeadline,
    ].compactMap { $0 }.min()
  }

  mutating func decidePresence(at now: Moment) {
    if let report = presence.report, report.until <= now.boot { endReport(at: report.until, now) }
    if let decision = idleDecision, decision.at <= now.boot {
      leave(at: decision.begin, .idle, now)
      reachBreak(at: now)
    }
    if let deadline = passiveDeadline, deadline <= now.boot { becomePassive(now) }
    if let end = passiveEnd, end.at <= now.boot { becomeUnknown(.passive, at: end.begin, now) }
    if let deadline = breakDeadline, deadline <= now.boot { reachBreak(at: now) }
    if let deadline = standingDeadline, deadline <= now.boot { reachStandingBreak(at: now) }
    if let deadline = unknownDeadline, deadline <= now.boot { endBout(by: .unknown) }
  }

  // MARK: Sitting without input (rule 4, and reports)

  /// When sitting without input will be put down to what speaks for the person instead.
  private var passiveDeadline: Microseconds? {
    guard ledger.kind == .sitting, let since = presence.idleSince, let evidence = evidenceWithoutInput,
      ledger.evidence != evidence
    else { return nil }
    return since + settings.presence.awayAfter
  }

  private var evidenceWithoutInput: Evidence? {
    if presence.isReportedSitting { return .reported }
    return presence.inhibited ? .passive : nil
  }

  private mutating func becomePassive(_ now: Moment) {
    guard let since = presence.idleSince, let evidence = evidenceWithoutInput else { return }
    let begin = evidence == .reported ? max(since, presence.report?.since ?? since) : since
    self.begin(.sitting, evidence, at: begin, now)
  }

  /// When an inhibitor will have spoken for the person for too long, and from when on that is so.
  private var passiveEnd: (at: Microseconds, begin: Microseconds)? {
    guard ledger.kind.isAtDesk, presence.inhibited, !presence.isReportedSitting, let since = presence.idleSince else {
      return nil
    }
    let limits = settings.presence
    return (since + max(limits.awayAfter, limits.passiveLimit), since + limits.passiveLimit)
  }

  // MARK: Absence

  /// The person is away since a boot time that may have passed.
  private mutating func leave(at begin: Microseconds, _ evidence: Evidence, _ now: Moment) {
    var begin = max(begin, ledger.from)
    if case .atDesk(let since) = before { begin = max(begin, since) }
    firstInput = nil
    before = nil
    presence.standing = nil
    absence = Absence(begin: begin)
    self.begin(.away, evidence, at: begin, now)
    // What was posted to nobody is taken back. Leaving leaves nothing else open but a move, which a break may answer.
    if let open, begin < open.posted || open.kind != .move { end(.withdrawn, at: now) }
    hideNotification()
    takeQuestionBack()
    if let until = sign?.until, begin > until {
      sign = nil
      end(.expired, at: now)
    }
    stopWaiting()
  }

  /// Since when there has been silence at the desk that has not been put down to anything: no absence, no film.
  private func undecidedSilence(at now: Moment) -> Microseconds? {
    guard ledger.kind.isAtDesk, !presence.isReportedSitting, let since = presence.idleSince else { return nil }
    return presence.silentSince ?? (now.boot - since < settings.presence.awayAfter ? since : nil)
  }

  /// The person is away at once, for a reason that leaves no doubt (rule 3).
  private mutating func leaveAtOnce(_ evidence: Evidence, at now: Moment) {
    if ledger.kind != .away {
      if let since = undecidedSilence(at: now), now.boot - since >= settings.presence.breakAfter {
        leave(at: since, .idle, now)
        reachBreak(at: now)
      } else {
        leave(at: now.boot, evidence, now)
      }
    }
    begin(.away, evidence, at: now.boot, now)
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
    endBout(by: takeBreak(begunAt: absence.begin, now) ? .move : .natural)
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
    if let after { return leaveAtOnce(after, at: now) }
    // What fell due while nothing was decided: a break taken asleep, a report that ran out.
    decidePresence(at: now)
    if presence.report?.state == .away {
      begin(.away, .reported, at: now.boot, now)
    } else if presence.isReportedSitting {
      comeBack(at: now.boot, by: .reported, now)
    } else if presence.sourceLost {
      becomeUnknown(.sourceLost, at: now.boot, now)
    } else {
      begin(.away, .idle, at: now.boot, now)
      returnIfActive(at: now)
    }
  }

  mutating func fallAsleep(at now: Moment) {
    fellAsleep = now
    changeCertainAbsence(at: now) { $0.asleep = true }
    if presence.idleSince == nil { presence.input = .idle(since: now.boot) }
  }

  // MARK: Coming back

  /// The person is at the desk since a boot time, confirmed now; standing, if that still holds.
  private mutating func comeBack(at first: Microseconds, by evidence: Evidence, _ now: Moment) {
    // Leaving for less than a break does not answer a move.
    if open != nil { end(.withdrawn, at: now) }
    sign = nil
    if let standing = presence.standing {
      begin(.standing, standing, at: first, now)
    } else {
      begin(.sitting, evidence, at: first, now)
    }
    if presence.report?.state == .away { presence.report = nil }
    absence = nil
    firstInput = nil
    before = nil
    settledAt = first + settings.prompts.settle
    returnedOn = date(at: now)
    returnedAt = now.boot
  }

  /// Does as a record says, whatever the rules would make of it.
  mutating func follow(_ kind: Span.Kind, _ evidence: Evidence, at now: Moment) {
    presence = Presence()
    switch kind {
    case .sitting, .standing:
      presence.standing = kind == .standing ? evidence : nil
      if ledger.kind.isAtDesk {
        begin(kind, evidence, at: now.boot, now)
      } else {
        comeBack(at: now.boot, by: evidence, now)
      }
    case .away:
      if ledger.kind == .away { begin(.away, evidence, at: now.boot, now) } else { leave(at: now.boot, evidence, now) }
    case .unknown: becomeUnknown(evidence, at: now.boot, now)
    }
  }

  // MARK: Standing (rule 6)

  private var standingDeadline: Microseconds? {
    ledger.kind == .standing && bout != nil ? standingSince + settings.presence.breakAfter : nil
  }

  private mutating func reachStandingBreak(at now: Moment) {
    endBout(by: takeBreak(begunAt: standingSince, now) ? .move : .standing)
  }

  mutating func declare(_ posture: Event.Posture, _ evidence: Evidence, at now: Moment) {
    guard ledger.kind.isAtDesk else {
      let why = ledger.kind == .away ? "you are away from the desk" : "it is not known whether you are at the desk"
      return effects.append(.refused(what: posture.rawValue, why: why))
    }
    presence.standing = posture == .standing ? evidence : nil
    switch posture {
    case .standing: begin(.standing, evidence, at: now.boot, now)
    case .sitting:
      if ledger.kind == .standing { begin(.sitting, evidence, at: now.boot, now) }
      // Without a source nothing would tell of the person's leaving.
      if presence.sourceLost, !presence.isReportedSitting { becomeUnknown(.sourceLost, at: now.boot, now) }
    }
  }

  // MARK: Reports

  mutating func take(_ report: Report, at now: Moment) {
    switch report.state {
    case .standing:
      // The person's own word is as good, and lasts longer.
      if ledger.kind != .standing || presence.standing != .manual { declare(.standing, .reported, at: now) }
      guard ledger.kind == .standing else { return }
      presence.report = report
    case .sitting:
      presence.report = report
      if ledger.kind != .standing { presence.standing = nil }
      if presence.certainAbsence != nil { return }
      if ledger.kind == .standing {
        declare(.sitting, .reported, at: now)
      } else if !ledger.kind.isAtDesk {
        comeBack(at: now.boot, by: .reported, now)
      } else if presence.input != .active {
        begin(.sitting, .reported, at: now.boot, now)
      }
    case .away:
      presence.report = report
      if presence.certainAbsence != nil { return }
      leaveAtOnce(.reported, at: now)
      // Whoever is not there does not go on typing: what comes now is a return.
      if presence.input == .active { presence.input = .idle(since: now.boot) }
    }
  }

  mutating func withdrawReport(of reporter: String, at now: Moment) {
    if presence.report?.reporter == reporter { endReport(at: now.boot, now) }
  }

  /// The report that counted holds no more, since a boot time.
  private mutating func endReport(at boot: Microseconds, _ now: Moment) {
    guard let report = presence.report else { return }
    presence.report = nil
    // Until then the person was seen, if only by somebody else.
    if report.state == .sitting, let since = presence.idleSince { presence.input = .idle(since: max(since, boot)) }
    guard presence.certainAbsence == nil else { return }
    switch report.state {
    case .standing:
      guard presence.standing == .reported else { return }
      presence.standing = nil
      guard ledger.kind == .standing else { return }
      if presence.sourceLost {
        becomeUnknown(.sourceLost, at: boot, now)
      } else {
        begin(.sitting, .input, at: boot, now)
      }
    case .sitting:
      if presence.sourceLost, ledger.kind.isAtDesk { becomeUnknown(.sourceLost, at: boot, now) }
    case .away:
      guard ledger.kind == .away, ledger.evidence == .reported else { return }
      if presence.sourceLost {
        becomeUnknown(.sourceLost, at: boot, now)
      } else {
        begin(.away, .idle, at: boot, now)
      }
    }
  }

  // MARK: Not knowing (rules 4, 8 and 10)

  /// How long the bout outlives not knowing, whatever the reasons; not running may hide one checkpoint interval more.
  private var unknownDeadline: Microseconds? {
    guard ledger.kind == .unknown, bout != nil else { return nil }
    let since = unknownSince ?? ledger.from
    return decided(after: since + unknownLimit(since: since))
  }

  func unknownLimit(since: Microseconds) -> Microseconds {
    let wasDown = downSince.map { $0 >= since } ?? false
    return settings.presence.breakAfter + (wasDown ? Checkpoint.interval : 0)
  }

  mutating func loseSource(at now: Moment) {
    guard !presence.sourceLost else { return }
    presence.sourceLost = true
    firstInput = nil
    guard presence.certainAbsence == nil, presence.report?.state != .away else { return }
    if presence.isReportedSitting {
      if ledger.kind == .sitting { begin(.sitting, .reported, at: now.boot, now) }
    } else {
      // What was decided while there was a source stands.
      becomeUnknown(.sourceLost, at: undecidedSilence(at: now) ?? now.boot, now)
    }
  }

  private mutating func becomeUnknown(_ evidence: Evidence, at boot: Microseconds, _ now: Moment) {
    end(.withdrawn, at: now)
    takeQuestionBack()
    sign = nil
    absence = nil
    stopWaiting()
    if before != nil { before = .unknown }
    begin(.unknown, evidence, at: boot, now)
  }

  mutating func findSource(at now: Moment) {
    guard presence.sourceLost else { return }
    presence.sourceLost = false
    returnIfActive(at: now)
  }
}
