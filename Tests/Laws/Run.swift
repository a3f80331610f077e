import Glibc
import NapeCore
import NapeSimulation

/// What became of a timeline.
struct Run {
  /// A span of the ledger, in seconds from the start.
  struct Span: Hashable {
    var kind: NapeCore.Span.Kind
    var evidence: Evidence
    var from: Microseconds
    var to: Microseconds
  }

  /// What the engine said of itself after a step; `nil` while the daemon was down.
  struct Reading {
    var t: Microseconds
    var kind: NapeCore.Span.Kind?
  }

  var spans: [Span] = []
  var bouts: [Bout] = []
  var readings: [Reading] = []
  /// What was prompted, with what held then.
  struct Posted {
    var prompt: Prompt
    var isNobodyThere: Bool
    var doNotDisturb: Bool
    var hours: Timeline.HoursChoice
    var warningSignIsOpen: Bool
    var outcomes: [Outcome] = []
  }

  var posted: [Posted] = []

  /// A question of the diary, with what held when it was shown.
  struct Asked {
    var question: DiaryQuestion
    var t: Microseconds
    var isNobodyThere: Bool
    var isWelcome: Bool
  }

  var asked: [Asked] = []
  /// A question stood where nobody was.
  var abandoned: String?
  /// A prompt was posted while another had no outcome, or an outcome told of a prompt that was not open.
  var confusion: String?
  /// When it was over.
  var end: Microseconds = 0

  /// - Parameters:
  ///   - steps: how many steps are made; the timeline is over after the last, else it is cut off.
  ///   - prompts: whether any are enabled.
  ///   - moves: whether those to move are, which are a sign of leaving.
  init(_ timeline: Timeline, steps: Int = .max, prompts: Bool, moves: Bool = true, zones: Zones) {
    var settings = Settings()
    settings.prompts.move.enabled = prompts && moves
    settings.prompts.posture.enabled = prompts
    settings.prompts.exercise.enabled = prompts
    settings.prompts.exercise.every = .minutes(45)
    settings.prompts.micro.enabled = prompts
    settings.prompts.budget.enabled = prompts
    settings.prompts.checkIn.enabled = prompts
    var driver = Driver(
      settings: settings, wordings: Wordings(), exercises: [ExerciseSet(exercises: ["E14"], text: "")],
      zone: zones[.berlin],
      startWall: .seconds(zones[.berlin].utc(local: Timeline.startLocal)))
    for step in timeline.steps.prefix(steps) {
      driver.advance(to: .seconds(step.t))
      note(driver.takeTold())
      switch step.what {
      case .event(let event):
        note(event)
        driver.handle(event)
      case .clock(let by): driver.stepClock(by: by)
      case .zone(let name): driver.change(zone: zones[name])
      case .presence(let limits):
        settings.presence.awayAfter = limits.awayAfter
        settings.presence.breakAfter = limits.breakAfter
        settings.presence.passiveLimit = limits.passiveLimit
        driver.change(settings: settings)
      case .typing(let isTyping):
        driver.note(typing: isTyping)
        driver.handle(.active)
      case .hours(let choice):
        hours = choice
        settings.hours = choice.hours
        driver.change(settings: settings)
      case .answer(let choice): driver.answer(choice)
      case .restart(let length):
        driver.goDown(for: length)
        (standing, lastQuestion) = (nil, 0)
      }
      note(driver.takeTold())
      lookForAbandoned(driver)
      readings.append(Reading(t: driver.t, kind: driver.status?.kind))
    }
    guard steps >= timeline.steps.count else { return }
    driver.advance(to: .seconds(timeline.end))
    driver.end()
    note(driver.takeTold())
    end = driver.t
  }

  private mutating func note(_ told: [Driver.Told]) {
    for told in told {
      switch told.effect {
      case .span(let span):
        spans.append(Span(kind: span.kind, evidence: span.evidence, from: span.begin.boot, to: span.end))
      case .bout(let bout): bouts.append(bout)
      case .post(let prompt):
        if let open = posted.last, open.outcomes.isEmpty {
          confusion = confusion ?? "prompt \(prompt.id) is posted while \(open.prompt.id) is open"
        }
        posted.append(
          Posted(
            prompt: prompt, isNobodyThere: isLocked || isSwitched || isAsleep, doNotDisturb: doNotDisturb,
            hours: hours, warningSignIsOpen: warningSignIsOpen))
      case .outcome(let id, _, let outcome, _):
        if posted.last?.prompt.id == id {
          posted[posted.count - 1].outcomes.append(outcome)
        } else {
          confusion = confusion ?? "an outcome of prompt \(id) is told while another is open"
        }
      case .ask(let question):
        if question.id <= lastQuestion {
          confusion = confusion ?? "question \(question.id) comes after \(lastQuestion)"
        }
        lastQuestion = question.id
        asked.append(
          Asked(
            question: question, t: told.t, isNobodyThere: isLocked || isSwitched || isAsleep,
            isWelcome: !doNotDisturb))
        standing = (question.id, told.t + .minute)
      case .hide(let id): if standing?.id == id { standing = nil }
      default: break
      }
    }
  }

  /// The question that stands, and when its server closes it.
  private var standing: (id: UInt64, closes: Microseconds)?
  /// The last that the daemon has asked since it was started.
  private var lastQuestion: UInt64 = 0

  /// What is told during a sleep is told at the resume.
  private mutating func lookForAbandoned(_ driver: Driver) {
    guard !isAsleep, let standing, driver.t < standing.closes, let kind = driver.status?.kind, !kind.isAtDesk else {
      return
    }
    abandoned = abandoned ?? "question \(standing.id) stands at \(driver.t / .second) s, in \(kind.rawValue)"
  }

  // What holds while prompts are posted, kept apart from the engine.
  private var isLocked = false
  private var isSwitched = false
  private var isAsleep = false
  private var doNotDisturb = false
  private var hours = Timeline.HoursChoice.none
  private var warningSignIsOpen = false

  private mutating func note(_ event: Event) {
    switch event {
    case .locked: isLocked = true
    case .unlocked: isLocked = false
    case .switched: isSwitched = true
    case .switchedBack: isSwitched = false
    case .asleep: isAsleep = true
    case .awake: isAsleep = false
    case .doNotDisturb(let isOn): doNotDisturb = isOn
    case .warningSign(let isOpen): warningSignIsOpen = isOpen
    default: break
    }
  }

  /// The spans without the cuts that clocks make.
  var uncut: [Span] {
    spans.reduce(into: []) { result, span in
      if let last = result.last, last.kind == span.kind, last.evidence == span.evidence, last.to == span.from {
        result[result.count - 1].to = span.to
      } else {
        result.append(span)
      }
    }
  }

  func total(_ kind: NapeCore.Span.Kind) -> Microseconds {
    spans.reduce(0) { $1.kind == kind ? $0 + $1.to - $1.from : $0 }
  }
}

/// The zones of the timelines, read once.
struct Zones: Sendable {
  private var zones: [Timeline.ZoneName: Zone] = [:]

  init?() {
    for name in Timeline.ZoneName.allCases {
      guard let file = fopen("/usr/share/zoneinfo/\(name.rawValue)", "r") else { return nil }
      defer { fclose(file) }
      var bytes = [UInt8](repeating: 0, count: 1 << 16)
      let count = fread(&bytes, 1, bytes.count, file)
      guard let zone = try? Zone(tzif: Array(bytes[..<count])) else { return nil }
      zones[name] = zone
    }
  }

  subscript(name: Timeline.ZoneName) -> Zone { zones[name] ?? .utc }
}
