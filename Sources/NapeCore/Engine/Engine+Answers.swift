// Outcomes, answers and pauses: §7 of the design, whose rule numbers stand in the comments.

extension Engine {
  // MARK: Outcomes

  /// Gives the open prompt, if there is one, its outcome.
  mutating func end(_ outcome: Outcome, at now: Moment) {
    guard let ended = open else { return }
    open = nil
    if ended.kind == .move { sign = nil }
    plan.count(outcome, of: ended.kind)
    if ended.kind == .exercise, outcome == .done { plan.exercise.serve(at: deskTime(at: now.boot)) }
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
    if question?.id == id { question = nil }
    guard let open, open.id == id, open.isShown else { return }
    if byPerson { return end(.dismissed, at: now) }
    if open.kind == .move { self.open?.isShown = false } else { end(.expired, at: now) }
  }

  mutating func noteUndeliverable(_ id: UInt64, at now: Moment) {
    if question?.id == id { question = nil }
    putCardBack(id, at: now)
    if open?.id == id { end(.undeliverable, at: now) }
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
      let why = "\(open.kind.withArticle) prompt is answered by one of: \(list)"
      return effects.append(.refused(what: "respond", why: why))
    }
    switch answer {
    case .going: go(at: now)
    case .snoozed: snooze(open, for: settings.prompts.snooze, at: now)
    case .skipped: end(.skipped, at: now)
    case .dismissed: end(.dismissed, at: now)
    case .done: end(.done, at: now)
    case .none, .yes: answerCheckIn(answer == .none ? .none : .headache, at: now)
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
    guard Answer.allowed(for: open.kind).contains(.snoozed) else {
      return effects.append(.refused(what: "snooze", why: "\(open.kind.withArticle) prompt comes once a day"))
    }
    snooze(open, for: length ?? settings.prompts.snooze, at: now)
  }

  /// Rule 6: it comes back after so much more of what its kind counts.
  private mutating func snooze(_ prompt: OpenPrompt, for length: Microseconds, at now: Moment) {
    end(.snoozed, at: now)
    let sat = boutSitting(at: now.boot)
    switch prompt.kind {
    case .move: plan.snoozeMove(until: sat + length)
    case .posture: plan.posture.snoozed = .init(since: sat, length: length)
    case .micro: plan.micro.snoozed = .init(since: sat, length: length)
    case .exercise: plan.exercise.snoozed = .init(since: deskTime(at: now.boot), length: length)
    case .budget:
      let snooze = PromptPlan.Snooze(since: daySitting(at: now), length: length)
      plan.snoozedBudget = .init(date: today.date, percent: prompt.percent ?? 100, snooze: snooze)
    case .checkin: break
    }
  }

  // MARK: Days and exercises

  private mutating func answerCheckIn(_ state: DayState, at now: Moment) {
    let date = open?.date ?? today.date
    end(.done, at: now)
    // The clock may have gone back since it was asked: what the person said stands.
    set(state, on: date, at: now)
    if state == .headache { ask(.strength, of: date, at: now) }
  }

  /// A person says what a day was.
  mutating func declare(_ state: DayState, on date: LocalDate, at now: Moment) {
    guard date <= self.date(at: now) else {
      return effects.append(.refused(what: "day", why: "\(date) has not begun"))
    }
    let before = dayStates[date] ?? .unknown
    if before == .headache, state != .headache {
      return effects.append(.refused(what: "day", why: "a headache is noted on \(date)"))
    }
    set(state, on: date, at: now)
  }

  private mutating func set(_ state: DayState, on date: LocalDate, at now: Moment) {
    guard state != dayStates[date] ?? .unknown else { return }
    know(state, on: date, at: now)
    effects.append(.day(date, state))
  }

  /// All that the diary knows of the days from one on.
  mutating func know(_ states: [LocalDate: DayState], from first: LocalDate, at now: Moment) {
    for date in dayStates.keys where date >= first && states[date] == nil { dayStates[date] = nil }
    for (date, state) in states { know(state, on: date, at: now) }
    reconsiderQuestion()
  }

  /// What the diary knows of a day; a check-in that asks for it is moot.
  mutating func know(_ state: DayState, on date: LocalDate, at now: Moment) {
    dayStates[date] = state
    if state != .unknown, open?.kind == .checkin, open?.date == date { end(.withdrawn, at: now) }
    reconsiderQuestion()
  }

  /// Other exercises are advised; an open prompt that asks for what is not advised any more is moot.
  mutating func take(_ sets: [ExerciseSet], at now: Moment) {
    exerciseSets = sets
    guard let prompt = open?.prompt, prompt.kind == .exercise else { return }
    if !sets.contains(where: { $0.exercises == prompt.exercises }) { end(.withdrawn, at: now) }
  }

  /// Exercises were done: the next prompt for them counts from then; from the open span's start where that was before it.
  mutating func noteExercise(doneAt boot: Microseconds, _ now: Moment) {
    let done = deskTime(at: max(ledger.from, min(boot, now.boot)))
    guard done > plan.exercise.served else { return }
    plan.exercise.serve(at: done)
    if open?.kind == .exercise { end(.done, at: now) }
  }

  // MARK: Pauses (rule 8)

  mutating func pausePrompts(for length: Microseconds?, at now: Moment) {
    pause = length.map { .until(now.boot + $0) } ?? .untilMidnight(after: date(at: now))
    end(.withdrawn, at: now)
    takeQuestionBack()
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
