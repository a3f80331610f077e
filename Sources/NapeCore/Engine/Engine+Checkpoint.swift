// Going on after a restart: rule 10 of §6 of the design.

extension Engine {
  /// The boot time at which a checkpoint is due while nothing changes.
  public var checkpointDeadline: Microseconds? {
    if presence.asleep { return nil }
    let passed = max(0, last.boot - ledger.from) / Checkpoint.interval
    return ledger.from + (passed + 1) * Checkpoint.interval
  }

  /// What must be stored for the engine to go on after a restart.
  public func checkpoint(at now: Moment) -> Checkpoint {
    var marks: [Checkpoint.Mark: Int64] = [
      .lastID: Int64(clamping: plan.lastID),
      .moveFactor: plan.moveFactor,
      .postureServed: plan.posture.served,
      .microServed: plan.micro.served,
      .exerciseServedAgo: deskTime(at: now.boot) - plan.exercise.served,
      .rotationExerciseSets: Int64(plan.rotation.exerciseSets),
      .backOffDay: Int64(today.date.daysSinceEpoch),
    ]
    for kind in Prompt.Kind.allCases {
      marks[kind.dueMark] = fellDue[kind].map { now.monotonic - $0 }
      if let mark = kind.ignoredMark { marks[mark] = Int64(plan.backOffs[kind].ignoredInARow) }
    }
    for list in Wordings.List.allCases {
      if let mark = list.rotationMark { marks[mark] = Int64(plan.rotation.texts[list] ?? 0) }
    }
    marks[.whereabouts] = whereabouts
    let isUnknown = ledger.kind == .unknown || ledger.length(at: now.boot) == 0
    marks[.unknownFor] = isUnknown ? unknownSince.map { now.boot - $0 } : nil
    marks[.standing] = presence.standing.map { $0 == .manual ? 1 : 2 }
    marks[.postureSnoozed] = plan.posture.snoozed?.until
    marks[.microSnoozed] = plan.micro.snoozed?.until
    marks[.exerciseSnoozedLeft] = plan.exercise.snoozed.map { $0.until - deskTime(at: now.boot) }
    if let budget = plan.snoozedBudget {
      marks[.budgetSnoozedDay] = Int64(budget.date.daysSinceEpoch)
      marks[.budgetSnoozedPercent] = Int64(budget.percent)
      marks[.budgetSnoozedUntil] = budget.snooze.until
    }
    marks[.lastPostedAgo] = plan.lastPosted.map { now.monotonic - $0 }
    switch pause {
    case .until(let end): marks[.pausedLeft] = max(0, end - now.boot)
    case .untilMidnight(let date): marks[.pausedUntilDay] = Int64(date.daysSinceEpoch)
    case nil: break
    }
    switch plan.move {
    case .first: marks[.moveStep] = 0
    case .again(let index, let since):
      (marks[.moveStep], marks[.moveIndex], marks[.moveMark]) = (1, Int64(index), since)
    case .snoozed(let until, let index):
      (marks[.moveStep], marks[.moveIndex], marks[.moveMark]) = (2, Int64(index), until)
    case .silent: marks[.moveStep] = 3
    }
    return Checkpoint(
      made: now, bootID: bootID, open: ledger.pieces(upTo: now.boot),
      bout: bout.map { .init(from: $0.from, to: $0.to, sitting: $0.sitting) },
      openPrompt: open.map { .init(id: $0.id, kind: $0.kind) },
      marks: marks, days: daily.days)
  }

  /// An engine that goes on from a checkpoint.
  ///
  /// The span that was open then is closed there; what came after is `unknown` (`not-running`) until the person is seen.
  /// Across a reboot, the time down is the one length taken from the wall clock, never below zero.
  ///
  /// - Returns: the engine, and what is to be stored for the time since.
  public static func resuming(
    _ checkpoint: Checkpoint, settings: Settings, wordings: Wordings, zone: Zone, bootID: String, at now: Moment
  ) -> (engine: Engine, effects: [Effect]) {
    let sameBoot = checkpoint.bootID == bootID && checkpoint.made.boot <= now.boot
    let down = max(0, sameBoot ? now.boot - checkpoint.made.boot : now.wall - checkpoint.made.wall)
    // On this boot's axis the checkpoint lies as far back as the time down.
    let shift = now.boot - down - checkpoint.made.boot

    var start = sameBoot ? checkpoint.made : now
    start.offsetSeconds = zone.offset(atUTC: start.wall / .second)
    var engine = Engine(settings: settings, wordings: wordings, zone: zone, bootID: bootID, at: start)
    engine.daily = DailyCounts(checkpoint.days)
    let downSince = now.boot - down
    engine.downSince = downSince
    engine.unknownSince = downSince - max(0, checkpoint.marks[.unknownFor] ?? 0)
    if sameBoot {
      engine.presence.standing = checkpoint.marks[.standing].map { $0 == 1 ? .manual : .reported }
      engine.before = before(checkpoint.marks[.whereabouts], at: now)
    }
    engine.bout = checkpoint.bout.map { OpenBout(from: $0.from + shift, to: $0.to + shift, sitting: $0.sitting) }

    var effects: [Effect] = []
    if let prompt = checkpoint.openPrompt {
      effects.append(.outcome(id: prompt.id, prompt.kind, .withdrawn, at: now))
    }
    for span in checkpoint.open where span.length > 0 {
      effects.append(.span(span))
      if span.kind == .sitting { engine.bout?.add(span.shifted(by: shift)) }
      engine.daily.add(span, in: zone)
    }
    if !sameBoot, down > 0 {
      effects.append(
        .span(
          Span(
            kind: .unknown, evidence: .notRunning, begin: checkpoint.made, length: down, bootID: checkpoint.bootID)))
    }
    if engine.bout?.sitting == 0 { engine.bout = nil }
    engine.restorePlan(from: checkpoint, at: now)
    let unknownSince = engine.unknownSince ?? downSince
    if let bout = engine.bout, now.boot - unknownSince >= engine.unknownLimit(since: unknownSince), bout.sitting > 0 {
      engine.endBout(by: .unknown)
      effects += engine.effects
      engine.effects = []
    }
    engine.last = now
    return (engine, effects)
  }

  private static func before(_ whereabouts: Int64?, at now: Moment) -> Before? {
    switch whereabouts {
    case 1: .atDesk(since: now.boot)
    case 2: .away
    case 3: .unknown
    default: nil
    }
  }

  /// The pause that a checkpoint of so long ago had, as far as it still lasts.
  private func pauseLeft(
    in marks: [Checkpoint.Mark: Int64], since: Microseconds, at now: Moment
  ) -> Pause? {
    if let left = marks[.pausedLeft] { return left > since ? .until(now.boot + left - since) : nil }
    return marks[.pausedUntilDay].map { .untilMidnight(after: Self.date($0)) }
  }

  /// A date that was stored; one that is too far away to compute with becomes the nearest that is not.
  private static func date(_ days: Int64) -> LocalDate {
    LocalDate(daysSinceEpoch: Int(min(max(days, -10_000_000), 10_000_000)))
  }

  /// As ``Checkpoint/Mark/whereabouts`` has it.
  private var whereabouts: Int64 {
    if ledger.kind.isAtDesk || isResuming { return 1 }
    if ledger.kind == .away || before == .away { return 2 }
    return presence.input == .untold && before == nil ? 0 : 3
  }

  /// The store that could not be read at the start can be read now.
  ///
  /// - Parameters:
  ///   - checkpoint: where it stood.
  ///   - began: the clocks when this engine began.
  /// - Returns: what is to be stored before all else: what was open then, and that nothing is known of the time until this
  ///   engine began. Its bout is given up; a pause, the gap and the numbers of prompts go on.
  public mutating func join(_ checkpoint: Checkpoint, began: Moment, at now: Moment) -> [Effect] {
    continueNumbers(from: UInt64(max(0, checkpoint.marks[.lastID] ?? 0)))
    let ours = daily
    daily = DailyCounts(checkpoint.days)
    defer { for day in ours.days { daily.add(day) } }
    let sameBoot = checkpoint.bootID == bootID && checkpoint.made.boot <= began.boot
    let down = max(0, sameBoot ? began.boot - checkpoint.made.boot : began.wall - checkpoint.made.wall)
    let since = max(0, now.boot - began.boot) + down
    if pause == nil { pause = pauseLeft(in: checkpoint.marks, since: since, at: now) }
    plan.lastPosted = plan.lastPosted ?? checkpoint.marks[.lastPostedAgo].map { now.monotonic - since - max(0, $0) }
    var effects: [Effect] = []
    if let prompt = checkpoint.openPrompt {
      effects.append(.outcome(id: prompt.id, prompt.kind, .withdrawn, at: began))
    }
    for span in checkpoint.open where span.length > 0 {
      effects.append(.span(span))
      daily.add(span, in: zone)
    }
    if down > 0 {
      effects.append(
        .span(
          Span(kind: .unknown, evidence: .notRunning, begin: checkpoint.made, length: down, bootID: checkpoint.bootID)))
    }
    return effects
  }

  /// Prompts get greater numbers than this: those up to it may have been given in a store that cannot be read.
  public mutating func continueNumbers(from number: UInt64) { plan.lastID = max(plan.lastID, number) }

  private mutating func restorePlan(from checkpoint: Checkpoint, at now: Moment) {
    let marks = checkpoint.marks
    func mark(_ name: Checkpoint.Mark) -> Int64 { max(0, marks[name] ?? 0) }
    plan.lastID = UInt64(mark(.lastID))
    plan.moveFactor = max(1, min(2, mark(.moveFactor)))
    func snooze(_ name: Checkpoint.Mark) -> PromptPlan.Snooze? { marks[name].map { .init(since: 0, length: $0) } }
    plan.posture = .init(served: mark(.postureServed), snoozed: snooze(.postureSnoozed))
    plan.micro = .init(served: mark(.microServed), snoozed: snooze(.microSnoozed))
    // The axis of time at the desk begins anew here.
    plan.exercise = .init(served: -mark(.exerciseServedAgo), snoozed: snooze(.exerciseSnoozedLeft))
    plan.snoozedBudget = marks[.budgetSnoozedDay].map {
      .init(
        date: Self.date($0), percent: mark(.budgetSnoozedPercent) == 80 ? 80 : 100,
        snooze: .init(since: 0, length: mark(.budgetSnoozedUntil)))
    }
    for kind in Prompt.Kind.allCases {
      if let count = kind.ignoredMark.map(mark) { plan.backOffs[kind] = BackOff(ignoredInARow: Int(clamping: count)) }
      fellDue[kind] = marks[kind.dueMark].map { now.monotonic - max(0, now.boot - last.boot) - $0 }
    }
    for list in Wordings.List.allCases {
      if let name = list.rotationMark { plan.rotation.texts[list] = Int(clamping: mark(name)) }
    }
    plan.rotation.exerciseSets = Int(clamping: mark(.rotationExerciseSets))
    let sinceCheckpoint = max(0, now.boot - last.boot)
    plan.lastPosted = marks[.lastPostedAgo].map { now.monotonic - sinceCheckpoint - $0 }
    pause = pauseLeft(in: marks, since: sinceCheckpoint, at: now)
    let index = Int(mark(.moveIndex))
    switch mark(.moveStep) {
    case 1: plan.move = .again(index: index, since: mark(.moveMark))
    case 2: plan.move = .snoozed(until: mark(.moveMark), index: index)
    case 3: plan.move = .silent
    default: plan.move = .first
    }
    if marks[.backOffDay].map(Int.init(clamping:)) != date(at: now).daysSinceEpoch { plan.endBackOff() }
  }
}

extension Engine {
  /// What a checkpoint keeps, but for the time that passes by itself: when this changes, a checkpoint is due at once.
  public struct Durable: Hashable, Sendable {
    let kind: Span.Kind
    let evidence: Evidence
    let from: Microseconds
    let bout: OpenBout?
    let plan: PromptPlan
    let pause: Pause?
    let open: UInt64?
  }

  public var durable: Durable {
    Durable(
      kind: ledger.kind, evidence: ledger.evidence, from: ledger.from, bout: bout, plan: plan, pause: pause,
      open: open?.id)
  }
}

extension Prompt.Kind {
  /// Under which name a checkpoint keeps since when it has been due.
  fileprivate var dueMark: Checkpoint.Mark {
    switch self {
    case .move: .moveDueAgo
    case .exercise: .exerciseDueAgo
    case .checkin: .checkinDueAgo
    case .posture: .postureDueAgo
    case .budget: .budgetDueAgo
    case .micro: .microDueAgo
    }
  }

  /// Under which name a checkpoint keeps how often it was ignored in a row.
  fileprivate var ignoredMark: Checkpoint.Mark? {
    switch self {
    case .move: .moveIgnored
    case .posture: .postureIgnored
    case .exercise: .exerciseIgnored
    case .micro: .microIgnored
    case .budget, .checkin: nil
    }
  }
}

extension Wordings.List {
  /// Under which name a checkpoint keeps how many of its texts have been used; `nil` where they do not take turns.
  fileprivate var rotationMark: Checkpoint.Mark? {
    switch self {
    case .move: .rotationMove
    case .moveAgain: .rotationMoveAgain
    case .exercise: .rotationExercise
    case .checkin: .rotationCheckin
    case .checkinPlain: .rotationCheckinPlain
    case .posture: .rotationPosture
    case .budgetPart: .rotationBudgetPart
    case .budgetWhole: .rotationBudgetWhole
    case .micro: .rotationMicro
    case .diaryStrength, .diarySide, .diaryNeck, .diaryDetails, .diaryDetailsPlain: nil
    }
  }
}
