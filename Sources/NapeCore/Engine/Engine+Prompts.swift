// Waiting and posting: §7 of the design, whose rule numbers stand in the comments.

extension Engine {
  /// What keeps a prompt that is due from being posted now.
  private enum Hold {
    case because(Deferral)
    /// It is not known yet whether the person is typing, or a question of the diary is being read.
    case untold
  }

  // MARK: Waiting (rule 3)

  mutating func considerPrompts(at now: Moment) {
    guard ledger.kind.isAtDesk else { return stopWaiting() }
    let times = dueTimes(at: now)
    noteDue(times, at: now)
    guard let kind = first(of: times, by: now.boot) else {
      waiting = nil
      return considerCard(at: now)
    }
    guard clearance(at: now) <= now.boot else { return stopWaiting() }
    switch hold(kind, at: now) {
    case .because(let reason):
      let new = Waiting(kind: kind, because: reason)
      if waiting != new { effects.append(.deferred(kind, reason)) }
      waiting = new
    case .untold: waiting = nil
    case nil: post(kind, at: now)
    }
  }

  mutating func stopWaiting() {
    waiting = nil
    stopAsking()
  }

  mutating func stopAsking() {
    typingSince = nil
    typingKind = nil
    isTyping = nil
  }

  /// Keeps since when each kind has been due; over absences that leave it so, too.
  private mutating func noteDue(_ times: DueTimes, at now: Moment) {
    for kind in Prompt.Kind.allCases where ledger.kind == .sitting || !kind.isOfSitting {
      if let due = times[kind], due <= now.boot {
        if fellDue[kind] == nil { fellDue[kind] = now.monotonic }
      } else if fellDue[kind] != nil {
        fellDue[kind] = nil
      }
    }
  }

  /// The boot time until which typing and an inhibitor may hold a prompt back: so long after it fell due, sleep left out.
  func patience(for kind: Prompt.Kind, at now: Moment) -> Microseconds {
    var due = fellDue[kind] ?? now.monotonic
    // A move that is pulled forward waits in a posture's place.
    if kind == .move, let posture = fellDue[.posture] { due = min(due, posture) }
    return due + settings.prompts.deferUpTo + (now.boot - now.monotonic)
  }

  private mutating func hold(_ kind: Prompt.Kind, at now: Moment) -> Hold? {
    if let reason = lastingReason(at: now) ?? busyReason(for: kind, at: now) {
      stopAsking()
      return .because(reason)
    }
    if let readingEnd, now.boot < readingEnd {
      stopAsking()
      return .untold
    }
    let since = typingKind == kind ? typingSince ?? now.boot : now.boot
    guard isTyping != false, now.boot < min(patience(for: kind, at: now), since + Deferral.longestTyping) else {
      return nil
    }
    (typingSince, typingKind) = (since, kind)
    return isTyping == nil ? .untold : .because(.typing)
  }

  /// Reasons that last for as long as they hold.
  func lastingReason(at now: Moment) -> Deferral? {
    if pause != nil { return .paused }
    return hoursReason(atWall: now.wall) ?? (doNotDisturb ? .dnd : nil)
  }

  private func hoursReason(atWall wall: Microseconds) -> Deferral? {
    let utc = wall.flooredQuotientAndRemainder(dividingBy: .second).quotient
    if !settings.hours.work.isEmpty, !settings.hours.work.contains(utc, in: zone) { return .hours }
    return settings.hours.quiet.contains(utc, in: zone) ? .quiet : nil
  }

  private func busyReason(for kind: Prompt.Kind, at now: Moment) -> Deferral? {
    isBusy(at: now) && now.boot < patience(for: kind, at: now) ? .inhibited : nil
  }

  /// Whether something keeps the screen awake that the person is busy with.
  func isBusy(at now: Moment) -> Bool {
    presence.inhibited && presence.idleSince.map { now.boot - $0 < Deferral.busyAfterInput } ?? true
  }

  /// Whether a prompt waits for nothing but a pause of 3 s in the person's typing, of which the engine wants to be told by
  /// ``Event/typing(_:)``.
  public var asksForPause: Bool { typingSince != nil }

  mutating func noteTyping(_ isTyping: Bool) {
    if typingSince != nil { self.isTyping = isTyping }
  }

  var promptDeadline: Microseconds? {
    guard ledger.kind.isAtDesk else { return nil }
    let times = dueTimes(at: last)
    return [nextDueTime(of: times), holdDeadline(times)].compactMap { $0 }.min()
  }

  /// When what is due may be posted, as far as the clock decides that.
  private func holdDeadline(_ times: DueTimes) -> Microseconds? {
    guard let kind = first(of: times, by: last.boot) else { return cardDeadline }
    let clear = clearance(at: last)
    guard clear <= last.boot else { return clear }
    if pause != nil { return nil }
    // Hours may come to hold it back whatever it waits for.
    let change = hoursChange(after: last.boot) ?? .max
    if let typingSince { return min(patience(for: kind, at: last), typingSince + Deferral.longestTyping, change) }
    switch waiting?.because {
    case .hours, .quiet, .dnd: return change == .max ? nil : change
    case .inhibited:
      let silence = presence.idleSince.map { $0 + Deferral.busyAfterInput }
      return min(patience(for: kind, at: last), silence ?? .max, change)
    case nil: return readingEnd.map { min($0, change) }
    case .typing, .paused: return nil
    }
  }

  /// When working or quiet hours begin or end next after a boot time, as the wall clock runs now.
  func hoursChange(after boot: Microseconds) -> Microseconds? {
    let utc = (last.wall + boot - last.boot).flooredQuotientAndRemainder(dividingBy: .second).quotient
    let changes = [settings.hours.work, settings.hours.quiet].compactMap { $0.nextChange(after: utc, in: zone) }
    return changes.min().map { last.boot + $0 * .second - last.wall }
  }

  /// The first boot time from one on at which neither a pause nor the hours forbid a prompt; `nil` where hours never allow
  /// one.
  func allowed(from boot: Microseconds) -> Microseconds? {
    var boot = max(boot, pauseDeadline ?? .min)
    // The week repeats itself.
    let limit = boot + 8 * 24 * .hour
    while hoursReason(atWall: last.wall + boot - last.boot) != nil {
      guard let change = hoursChange(after: boot), change <= limit else { return nil }
      boot = change
    }
    return boot
  }

  // MARK: Posting

  private mutating func post(_ kind: Prompt.Kind, at now: Moment) {
    if open != nil { end(.superseded, at: now) }
    takeQuestionBack()
    stopWaiting()
    let sat = boutSitting(at: now.boot)
    let occasion = occasion(of: kind, at: now)
    let text = text(for: kind, occasion, sat: sat, at: now)
    plan.lastID += 1
    plan.lastPosted = now.monotonic
    plan.note(kind, sat: sat, desk: deskTime(at: now.boot))
    fellDue[kind] = nil
    let prompt = Prompt(
      id: plan.lastID, kind: kind, posted: now, sat: sat, text: text, exercises: occasion.set?.exercises ?? [])
    open = OpenPrompt(prompt: prompt, date: occasion.date, percent: occasion.percent)
    if kind == .move { sign = LeavingSign(since: now.boot, until: now.boot + settings.prompts.follow) }
    effects.append(.post(prompt))
  }

  /// What a prompt is about, besides its kind.
  struct Occasion {
    /// Of an `exercise`.
    var set: ExerciseSet?
    /// The day that a `checkin` asks about.
    var date: LocalDate?
    /// How much of the budget a `budget` tells of.
    var percent: Int?
  }

  /// Takes what the prompt is about, and counts it.
  private mutating func occasion(of kind: Prompt.Kind, at now: Moment) -> Occasion {
    var occasion = Occasion()
    switch kind {
    case .exercise:
      occasion.set = plan.draw(from: exerciseSets)
      // What comes back after a snooze has been counted.
      if plan.exercise.snoozed == nil { daily[today.date].exercisePrompts += 1 }
    case .budget:
      let percent = budgetDue(at: now)?.percent ?? 100
      occasion.percent = percent
      daily[today.date].budgetPrompted = max(percent, daily[today.date].budgetPrompted)
    case .checkin:
      let date = checkInDue(at: now)?.date ?? today.date
      occasion.date = date
      daily[date].isAskedAbout = true
    case .move, .posture, .micro: break
    }
    return occasion
  }

  private mutating func text(
    for kind: Prompt.Kind, _ occasion: Occasion, sat: Microseconds, at now: Moment
  ) -> Wording {
    let list: Wordings.List
    switch kind {
    case .move: list = plan.isAgain ? .moveAgain : .move
    case .exercise: list = .exercise
    case .checkin: list = settings.prompts.checkIn.isPlain ? .checkinPlain : .checkin
    case .posture: list = .posture
    case .budget: list = occasion.percent == 80 ? .budgetPart : .budgetWhole
    case .micro: list = .micro
    }
    let budget = settings.sitting.dailyBudget
    let sitting = daySitting(at: now)
    return plan.draw(list, from: wordings).filled([
      "sat": Self.minutes(sat), "target": Self.minutes(settings.prompts.move.target),
      "break": Self.minutes(settings.presence.breakAfter),
      "exercises": occasion.set?.text ?? "",
      "today": Self.text(sitting), "budget": Self.text(budget), "percent": "\(sitting * 100 / max(1, budget))",
      "day": occasion.date == today.date ? "today" : "yesterday",
    ])
  }

  private static func minutes(_ length: Microseconds) -> String {
    if length >= 2 * .hour { return text(length) }
    let count = max(1, length / .minute)
    return count == 1 ? "1 minute" : "\(count) minutes"
  }
}
