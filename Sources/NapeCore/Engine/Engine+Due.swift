// When the prompts of each kind fall due, and which of them is the first: the table and rule 1 of §7 of the design.

extension Engine {
  /// A `move` that falls due so soon takes the place of a `posture` (rule 1).
  private static let pullForward: Microseconds = .minutes(5)

  /// The boot time at which a kind falls due, or would have, if the person goes on as they do now; `nil` where it does not.
  func due(_ kind: Prompt.Kind, at now: Moment) -> Microseconds? {
    if kind.isOfSitting, ledger.kind != .sitting { return nil }
    if warningSignIsOpen, kind.restsWithWarningSign { return nil }
    func whenSat(_ mark: Microseconds?) -> Microseconds? { mark.map { now.boot + $0 - boutSitting(at: now.boot) } }
    switch kind {
    case .move: return whenSat(plan.moveDue(settings.prompts.move))
    case .posture: return whenSat(plan.postureDue(settings.prompts.posture))
    case .micro: return whenSat(plan.microDue(settings.prompts.micro))
    case .exercise: return exerciseDue(at: now)
    case .budget: return budgetDue(at: now).map { now.boot + $0.sitting - daySitting(at: now) }
    case .checkin: return checkInDue(at: now)?.at
    }
  }

  /// When each kind falls due.
  typealias DueTimes = PerKind<Microseconds?>

  func dueTimes(at now: Moment) -> DueTimes {
    var times = DueTimes(repeating: nil)
    for kind in Prompt.Kind.allCases { times[kind] = due(kind, at: now) }
    return times
  }

  /// The kind that is the first in the order of those that have fallen due by a boot time.
  func first(of times: DueTimes, by boot: Microseconds) -> Prompt.Kind? {
    let kind = Prompt.Kind.allCases.first { times[$0].map { $0 <= boot } ?? false }
    // Before the move, a posture would be in vain.
    if kind == .posture, let move = times[.move], move - boot <= Self.pullForward { return .move }
    return kind
  }

  /// When, in boot time, nothing but a deferral stands in the way of what is due (rules 1 and 2).
  func clearance(at now: Moment) -> Microseconds {
    guard let lastPosted = plan.lastPosted else { return settledAt }
    // Two at one instant would be one too many, whatever the setting says.
    return max(settledAt, lastPosted + max(settings.prompts.minGap, .second) + (now.boot - now.monotonic))
  }

  /// What comes next if the person goes on as they do now; boot times.
  struct NextPrompt: Hashable {
    let kind: Prompt.Kind
    /// When it is posted, as far as the clock decides that; `nil` where hours never allow it.
    let at: Microseconds?
    /// When it would be, but for a pause and the hours.
    let unrestricted: Microseconds
  }

  var nextPrompt: NextPrompt? {
    guard ledger.kind.isAtDesk else { return nil }
    let times = dueTimes(at: last)
    guard let soonest = Prompt.Kind.allCases.compactMap({ times[$0] }).min() else { return nil }
    let unrestricted = max(soonest, clearance(at: last), last.boot)
    let at = allowed(from: unrestricted)
    // What falls due meanwhile may come before it.
    return first(of: times, by: at ?? unrestricted).map { .init(kind: $0, at: at, unrestricted: unrestricted) }
  }

  /// The next boot time at which a kind falls due, or a move comes near enough to a posture that is due.
  func nextDueTime(of times: DueTimes) -> Microseconds? {
    var next: Microseconds?
    func consider(_ boot: Microseconds?) {
      if let boot, boot > last.boot { next = min(next ?? boot, boot) }
    }
    for kind in Prompt.Kind.allCases { consider(times[kind]) }
    if let posture = times[.posture], posture <= last.boot { consider(times[.move].map { $0 - Self.pullForward }) }
    return next
  }

  // MARK: Desk time

  /// Time at the desk, over breaks, from some moment in the past on.
  func deskTime(at boot: Microseconds) -> Microseconds { desk + (ledger.kind.isAtDesk ? ledger.length(at: boot) : 0) }

  /// The sitting time of the local day.
  func daySitting(at now: Moment) -> Microseconds {
    daily[today.date].sitting + (ledger.kind == .sitting ? openToday(at: now) : 0)
  }

  private func dayAtDesk(at now: Moment) -> Microseconds {
    let count = daily[today.date]
    return count.sitting + count.standing + (ledger.kind.isAtDesk ? openToday(at: now) : 0)
  }

  /// The part of the open span that belongs to the local day.
  private func openToday(at now: Moment) -> Microseconds {
    guard ledger.isCut else { return min(ledger.length(at: now.boot), max(0, now.wall - today.start)) }
    var length: Microseconds = 0
    for span in ledger.pieces(upTo: now.boot) {
      DailyCounts.split(span, in: zone) { date, part in if date == today.date { length += part } }
    }
    return length
  }

  // MARK: Exercise, budget, check-in

  private func exerciseDue(at now: Moment) -> Microseconds? {
    guard settings.prompts.exercise.enabled, !exerciseSets.isEmpty, ledger.kind.isAtDesk else { return nil }
    let desk = deskTime(at: now.boot)
    if let snoozed = plan.exercise.snoozed { return now.boot + snoozed.until - desk }
    guard daily[today.date].exercisePrompts < settings.prompts.exercise.atMostPerDay else { return nil }
    let passed = min(dayAtDesk(at: now), desk - plan.exercise.served)
    return now.boot + settings.prompts.exercise.every * plan.factor(.exercise) - passed
  }

  /// Which part of the budget is prompted next, and the day's sitting at which it falls due.
  func budgetDue(at now: Moment) -> (percent: Int, sitting: Microseconds)? {
    guard settings.prompts.budget.enabled else { return nil }
    let whole = settings.sitting.dailyBudget
    let part = whole / 5 * 4
    let prompted = daily[today.date].budgetPrompted
    // Of two that are due only the greater is prompted.
    if prompted < 100, daySitting(at: now) >= whole { return (100, whole) }
    if let snoozed = plan.snoozedBudget, snoozed.date == today.date {
      let until = snoozed.snooze.until
      return prompted < 100 && until >= whole ? (100, whole) : (snoozed.percent, until)
    }
    if prompted < 80 { return (80, part) }
    return prompted < 100 ? (100, whole) : nil
  }

  /// Which day is asked about next, and from which boot time on.
  func checkInDue(at now: Moment) -> (date: LocalDate, at: Microseconds)? {
    let settings = settings.prompts.checkIn
    guard settings.enabled, ledger.kind.isAtDesk else { return nil }
    let yesterday = today.date.adding(days: -1)
    if settings.asksForYesterday, returnedOn == today.date, daily[yesterday].sitting > 0, isOpen(yesterday) {
      return (yesterday, now.boot)
    }
    guard isOpen(today.date) else { return nil }
    return (today.date, now.boot + today.checkIn - now.wall)
  }

  /// Whether a day's state may be asked for.
  private func isOpen(_ date: LocalDate) -> Bool {
    !daily[date].isAskedAbout && dayStates[date] ?? .unknown == .unknown
  }
}
