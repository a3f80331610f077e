import NapeCore

/// Something that holds for every timeline.
struct Law: Sendable {
  let name: String
  /// What is wrong, or `nil`.
  let broken: @Sendable (Timeline, Zones) -> String?

  static let all = [
    tiling, bouts, breaks, clocks, restarts, prefixes, unknown, pauses, outcomes, presence, settling, gaps, permission,
    dailyLimits, questions, warningSigns,
  ]

  /// Spans neither overlap nor leave gaps, and their lengths add up to the elapsed boot time.
  static let tiling = Law(name: "spans follow each other from the start to the end") { timeline, zones in
    var at: Microseconds = 0
    let run = Run(timeline, prompts: true, zones: zones)
    for span in run.spans {
      if span.from != at { return "a span begins at \(text(span.from)) where \(text(at)) was reached" }
      if span.to <= span.from { return "a span of \(text(span.from)) has no length" }
      at = span.to
    }
    return at == run.end ? nil : "the ledger ends at \(text(at))"
  }

  /// A bout begins and ends with sitting, its length is the sitting in it, and no two share any.
  static let bouts = Law(name: "bouts lie in sitting spans") { timeline, zones in
    let run = Run(timeline, prompts: true, zones: zones)
    let sitting = run.spans.filter { $0.kind == .sitting }
    var last: Microseconds = 0
    for bout in run.bouts {
      if bout.from < last { return "the bout of \(text(bout.from)) begins before \(text(last))" }
      last = bout.to
      let inside = sitting.filter { $0.from >= bout.from && $0.to <= bout.to }
      if inside.first?.from != bout.from { return "the bout of \(text(bout.from)) does not begin with sitting" }
      if inside.last?.to != bout.to { return "the bout of \(text(bout.from)) does not end with sitting" }
      let sum = inside.reduce(0) { $0 + $1.to - $1.from }
      if sum != bout.sitting { return "the bout of \(text(bout.from)) has \(text(bout.sitting)), not \(text(sum))" }
    }
    let total = run.bouts.reduce(0) { $0 + $1.sitting }
    return total == run.total(.sitting) ? nil : "bouts have \(text(total)) of \(text(run.total(.sitting)))"
  }

  /// Whatever ends a bout is not in it: an absence of `away_after`, or unknown time of more than a kill may leave of it.
  ///
  /// A bit more is allowed: the end of a wait for the second input of a return.
  static let breaks = Law(name: "no break lies in a bout") { timeline, zones in
    let timeline = timeline.without { if case .presence = $0.what { true } else { false } }
    let limits = Settings().presence
    let run = Run(timeline, prompts: true, zones: zones)
    var bouts = run.bouts[...]
    var stretch = (kind: Span.Kind.sitting, from: Microseconds(0))
    for span in run.spans {
      if span.kind != stretch.kind { stretch = (span.kind, span.from) }
      while let bout = bouts.first, bout.to <= stretch.from { bouts.removeFirst() }
      guard let bout = bouts.first, bout.from <= stretch.from, span.to <= bout.to else { continue }
      let limit: Microseconds
      switch span.kind {
      case .sitting: continue
      case .away: limit = limits.awayAfter
      case .standing: limit = limits.breakAfter
      case .unknown: limit = limits.breakAfter + Checkpoint.interval
      }
      if span.to - stretch.from > limit + limits.confirmReturn + .second {
        return
          "the bout of \(text(bout.from)) has \(span.kind.rawValue) of \(text(stretch.from)) to \(text(span.to)) in it"
      }
    }
    return nil
  }

  /// No step of the wall clock and no change of the zone changes anything but where spans are cut.
  static let clocks = Law(name: "no clock changes a span") { timeline, zones in
    // What a kill costs hangs on the last checkpoint, and a pause may end with the day and make one.
    let timeline = timeline.without { if case .restart = $0.what { true } else { false } }
    let calm = timeline.without {
      switch $0.what {
      case .clock, .zone: true
      default: false
      }
    }
    // Prompts come at other times, since midnight does, and with them what is a second sign of leaving.
    let spans = Run(timeline, prompts: false, zones: zones).uncut
    let expected = Run(calm, prompts: false, zones: zones).uncut
    guard spans != expected else { return nil }
    let index = zip(spans, expected).prefix { $0 == $1 }.count
    return "the span of \(index < spans.count ? text(spans[index].from) : "the end") is another"
  }

  /// A restart changes each total by at most the time down and one checkpoint interval, and that time is `unknown`.
  ///
  /// Single inputs are left out: one of them may be the half of a return. So is what a daemon that is down cannot learn
  /// afterwards (a lock, a sleep, an inhibitor, another source, a return in that time), and what is no part
  /// of a checkpoint (reports, a break that was announced, other limits).
  static let restarts = Law(name: "a restart costs the time down and one checkpoint at most") { timeline, zones in
    guard let restart = timeline.steps.first(where: \.isRestart), case .restart(let length) = restart.what else {
      return nil
    }
    let down = (from: Microseconds.seconds(restart.t), to: Microseconds.seconds(restart.t) + length)
    var hasRestarted = false
    var isHeard = false
    var isActive = false
    var restarted = timeline.without { step in
      let isDown = hasRestarted && .seconds(step.t) <= down.to
      switch step.what {
      case .presence, .event(.input), .event(.report), .event(.reportWithdrawn), .event(.takeBreak): return true
      case .restart:
        defer { hasRestarted = true }
        return hasRestarted
      case .event(.active), .event(.idle):
        let goesOn = step.what == .event(.active)
        if isDown, goesOn || !isActive { return true }
        isActive = goesOn
        isHeard = isHeard || !hasRestarted
        return false
      case .event(.posture): return isDown || !isActive
      // Idle time that a source tells afterwards counts from the release, and the last input is forgotten.
      case .event(.inhibited(false, _)): return isDown || !isActive
      case .event(.locked), .event(.unlocked), .event(.switched), .event(.switchedBack), .event(.asleep),
        .event(.awake),
        .event(.sourceLost), .event(.sourceFound), .event(.inhibited):
        return isDown
      default: return false
      }
    }
    // Where no source had said anything, none has anything to say afterwards.
    guard isHeard else { return nil }
    // A daemon that is killed in its sleep comes back in it; a trace cannot say that.
    let sleep = restarted.steps.prefix { !$0.isRestart }.last {
      $0.what == .event(.asleep) || $0.what == .event(.awake)
    }
    if sleep?.what == .event(.asleep) { return nil }
    restarted.end = max(timeline.end, down.to / .second)
    let undisturbed = restarted.without(\.isRestart)
    let with = Run(restarted, prompts: false, zones: zones)
    let without = Run(undisturbed, prompts: false, zones: zones)
    let allowed = length + Checkpoint.interval
    for kind in Span.Kind.allCases {
      let change = with.total(kind) - without.total(kind)
      if abs(change) > allowed {
        return "\(kind.rawValue) changes by \(text(change))"
      }
    }
    for span in with.spans where span.from < down.to && span.to > down.from && span.evidence != .notRunning {
      return "the time down has \(span.kind.rawValue) in it"
    }
    return nil
  }

  /// What a prefix of a timeline has closed before its end are the first spans of the whole.
  static let prefixes = Law(name: "what has been closed stands") { timeline, zones in
    let whole = Run(timeline, prompts: true, zones: zones).spans
    for part in [3, 2] {
      let closed = Run(timeline, steps: timeline.steps.count / part, prompts: true, zones: zones).spans
      if closed != Array(whole.prefix(closed.count)) { return "a part of 1/\(part) has closed other spans" }
    }
    return nil
  }

  /// Time of which nothing was known when it passed is not sitting afterwards, but for the first of two inputs.
  static let unknown = Law(name: "unknown never turns into sitting") { timeline, zones in
    let run = Run(timeline, prompts: true, zones: zones)
    var inputs: [Microseconds] = []
    for step in timeline.steps { if case .event(.input) = step.what { inputs.append(.seconds(step.t)) } }
    var spans = run.spans[...]
    for reading in run.readings where reading.kind == .unknown {
      while let span = spans.first, span.to <= reading.t { spans.removeFirst() }
      guard let span = spans.first, span.kind.isAtDesk, span.from < reading.t else { continue }
      // An input that has not been followed yet may make a return.
      let confirm = Microseconds.seconds(10)
      if !inputs.contains(where: { $0 == span.from && reading.t - $0 <= confirm }) {
        return "at \(text(reading.t)) it was unknown, and is \(span.kind.rawValue) of \(text(span.from)) in the end"
      }
    }
    return nil
  }

  /// What holds prompts back changes no span; without moves, since one that is open is a sign of leaving.
  static let pauses = Law(name: "pausing changes no span") { timeline, zones in
    // What a kill costs hangs on the last checkpoint, and a pause makes one.
    let timeline = timeline.without { if case .restart = $0.what { true } else { false } }
    let disturbed = timeline.without {
      switch $0.what {
      case .hours, .event(.pause), .event(.resume), .event(.doNotDisturb): true
      default: false
      }
    }
    let spans = Run(timeline, prompts: true, moves: false, zones: zones).spans
    let expected = Run(disturbed, prompts: true, moves: false, zones: zones).spans
    guard spans != expected else { return nil }
    let index = zip(spans, expected).prefix { $0 == $1 }.count
    return "the span of \(index < spans.count ? text(spans[index].from) : "the end") is another"
  }

  static let outcomes = Law(name: "one prompt at a time, and one outcome each") { timeline, zones in
    let run = Run(timeline, prompts: true, zones: zones)
    if let confusion = run.confusion { return confusion }
    var last: UInt64 = 0
    for posted in run.posted {
      let id = posted.prompt.id
      if id != last + 1 { return "prompt \(id) comes after \(last)" }
      last = id
      if posted.outcomes.count != 1 { return "prompt \(id) has \(posted.outcomes.count) outcomes" }
    }
    return nil
  }

  /// What was away or unknown in the end may have been sitting by all that was known; a prompt that was open is taken back.
  static let presence = Law(name: "nothing is prompted to nobody") { timeline, zones in
    let run = Run(timeline, prompts: true, zones: zones)
    for posted in run.posted {
      let at = posted.prompt.posted.boot
      if posted.isNobodyThere { return "prompt \(posted.prompt.id) came at \(text(at)), behind a lock or asleep" }
      guard let span = run.spans.last(where: { $0.from <= at }), at < span.to, !span.kind.isAtDesk else { continue }
      if span.from == at { continue }
      if posted.outcomes.contains(where: {
        [.taken, .done, .snoozed, .skipped].contains($0) && !Self.mayAnswer(timeline, at)
      }) {
        return "prompt \(posted.prompt.id) came at \(text(at)), in \(span.kind.rawValue), and was answered"
      }
    }
    return nil
  }

  /// Whether somebody answers something after a time.
  private static func mayAnswer(_ timeline: Timeline, _ at: Microseconds) -> Bool {
    timeline.steps.contains { step in
      guard .seconds(step.t) >= at, case .event(let event) = step.what else { return false }
      switch event {
      case .respond, .snooze, .takeBreak: return true
      default: return false
      }
    }
  }

  /// §7 rule 2: never within `settle` of the end of any `away` or `unknown` span.
  static let settling = Law(name: "nothing is prompted just after a return") { timeline, zones in
    let run = Run(timeline, prompts: true, zones: zones)
    let settle = Settings().prompts.settle
    // Where a stretch at the desk begins.
    let returns = zip(run.spans, run.spans.dropFirst()).filter { !$0.kind.isAtDesk && $1.kind.isAtDesk }.map(\.1.from)
    for posted in run.posted {
      let at = posted.prompt.posted.boot
      guard let back = returns.last(where: { $0 <= at }) else { continue }
      if at - back < settle { return "prompt \(posted.prompt.id) came \(text(at - back)) after a return" }
    }
    return nil
  }

  /// §7 rule 1, in elapsed time.
  static let gaps = Law(name: "prompts keep the gap") { timeline, zones in
    let posted = Run(timeline, prompts: true, zones: zones).posted.map(\.prompt)
    for (before, after) in zip(posted, posted.dropFirst()) {
      let gap = after.posted.monotonic - before.posted.monotonic
      if gap < Settings().prompts.minGap { return "prompt \(after.id) came \(text(gap)) after the one before" }
    }
    return nil
  }

  /// §7 rule 3, for the reasons that have no end of their own.
  static let permission = Law(name: "nothing is prompted where that is not wanted") { timeline, zones in
    for posted in Run(timeline, prompts: true, zones: zones).posted {
      let prompt = posted.prompt
      if posted.doNotDisturb { return "prompt \(prompt.id) disturbs at \(text(prompt.posted.boot))" }
      if !posted.hours.allows(prompt.posted.local / .second) {
        return "prompt \(prompt.id) came at \(text(prompt.posted.boot)), outside the hours (\(posted.hours))"
      }
    }
    return nil
  }

  /// What comes so many times a day, where no clock is changed and nothing is put off.
  static let dailyLimits = Law(name: "no more a day than that") { timeline, zones in
    let timeline = timeline.without {
      switch $0.what {
      case .clock, .zone, .restart, .event(.snooze), .event(.respond(_, .snoozed)): true
      default: false
      }
    }
    let limits: [Prompt.Kind: Int] = [.exercise: 4, .budget: 2, .checkin: 2]
    var counts: [LocalDate: [Prompt.Kind: Int]] = [:]
    for posted in Run(timeline, prompts: true, zones: zones).posted {
      let prompt = posted.prompt
      // At midnight itself new prompts come before the new day.
      let date = WallTime.date(utcMicroseconds: prompt.posted.wall - 1, offsetSeconds: prompt.posted.offsetSeconds)
      counts[date, default: [:]][prompt.kind, default: 0] += 1
      let count = counts[date]?[prompt.kind] ?? 0
      if let limit = limits[prompt.kind], count > limit { return "\(count) prompts of kind \(prompt.kind) on \(date)" }
    }
    return nil
  }

  /// §9: a question is shown to somebody who is there, and taken back when they leave; a headache's card comes once, by the
  /// rules for prompts.
  static let questions = Law(name: "nothing is asked of nobody") { timeline, zones in
    let run = Run(timeline, prompts: true, zones: zones)
    if let abandoned = run.abandoned { return abandoned }
    let returns = zip(run.spans, run.spans.dropFirst()).filter { !$0.kind.isAtDesk && $1.kind.isAtDesk }.map(\.1.from)
    var cards: Set<DiaryQuestion.Kind> = []
    for asked in run.asked {
      if asked.isNobodyThere {
        return "question \(asked.question.kind) came at \(text(asked.t)), behind a lock or asleep"
      }
      if asked.question.isFollowUp { continue }
      if !cards.insert(asked.question.kind).inserted { return "the card \(asked.question.kind) comes twice" }
      if !asked.isWelcome { return "a card disturbs at \(text(asked.t))" }
      if let back = returns.last(where: { $0 <= asked.t }), asked.t - back < Settings().prompts.settle {
        return "a card came \(text(asked.t - back)) after a return"
      }
      if let prompt = run.posted.last(where: { $0.prompt.posted.boot <= asked.t })?.prompt,
        asked.t - prompt.posted.boot < Settings().prompts.minGap
      {
        return "a card came \(text(asked.t - prompt.posted.boot)) after prompt \(prompt.id)"
      }
    }
    return nil
  }

  static let warningSigns = Law(name: "posture and exercise rest with a warning sign") { timeline, zones in
    for posted in Run(timeline, prompts: true, zones: zones).posted where posted.warningSignIsOpen {
      let kind = posted.prompt.kind
      if [.posture, .micro, .exercise].contains(kind) { return "prompt \(posted.prompt.id) is \(kind)" }
    }
    return nil
  }

  private static func text(_ time: Microseconds) -> String { "\(time / .second) s" }
}

extension Timeline.Step {
  fileprivate var isRestart: Bool { if case .restart = what { true } else { false } }
}
