/// All decisions of nape, as one value: it is handed events with the clocks' reading and returns effects.
///
/// It has no clock, no source, no store and no bus. The daemon, the simulator and the tests run this same code. Between
/// events it names one ``deadline`` and one ``watch``: when it wants to be handed a ``Event/tick``, and what it wants to
/// hear from the idle source.
///
/// At one instant the order is: presence (spans, bouts), outcomes, ends of pauses, new prompts, midnight.
public struct Engine: Hashable, Sendable {
  public internal(set) var settings: Settings
  var wordings: Wordings
  public internal(set) var zone: Zone
  let bootID: String

  var presence = Presence()
  var ledger: Ledger
  /// Where the ledger says `away`: since when, and whether that is a break by now.
  var absence: Absence?
  /// An input while the person is away or unknown, that may be the first of the two that make a return.
  var firstInput: Microseconds?
  var bout: OpenBout?
  /// When the daemon was last known to run before it was started; before the boot where that was another.
  var downSince: Microseconds?
  /// Since when the person has stood, whoever says so; while the ledger says `standing`.
  var standingSince: Microseconds = 0
  /// Since when the ledger has said nothing but `unknown`, whatever the evidence, restarts included.
  var unknownSince: Microseconds?
  /// The clocks when the machine was about to sleep.
  var fellAsleep: Moment?
  /// What was known when it was started anew in the same boot, until something is heard of the person.
  var before: Before?
  var daily = DailyCounts()
  /// Time at the desk in closed spans, from some moment in the past on.
  var desk: Microseconds = 0

  var plan = PromptPlan()
  var open: OpenPrompt?
  var sign: LeavingSign?
  /// Nothing is prompted before: the person has only just come back.
  var settledAt: Microseconds = .min
  var pause: Pause?
  /// Since when each kind has been due, in monotonic time.
  var fellDue = PerKind<Microseconds?>(repeating: nil)
  /// Since when a prompt has waited for nothing but a pause in the person's typing, and of which kind it is.
  var typingSince: Microseconds?
  var typingKind: Prompt.Kind?
  /// The last answer to ``asksForPause``.
  var isTyping: Bool?
  var doNotDisturb = false
  /// The question of the diary that is shown, since when, and how many have been.
  var question: DiaryQuestion?
  var questionSince: Microseconds = .min
  var questionsAsked: UInt64 = 0
  var pendingCards: [PendingCard] = []
  /// Whether posture and exercise prompts rest.
  var warningSignIsOpen = false
  /// What exercise prompts may ask for.
  var exerciseSets: [ExerciseSet] = []
  var dayStates: [LocalDate: DayState] = [:]
  /// The prompt that is due and waits, as it was last told.
  var waiting: Waiting?
  /// The local day, as it was noticed last.
  var today: Today
  /// The local date of the last return, and its boot time.
  var returnedOn: LocalDate?
  var returnedAt: Microseconds = .min

  /// The last reading of the clocks.
  var last: Moment
  var effects: [Effect] = []

  enum Before: Hashable, Sendable {
    /// Somebody was at the desk; the daemon runs again since.
    case atDesk(since: Microseconds)
    case away, unknown
  }

  struct Absence: Hashable, Sendable {
    let begin: Microseconds
    var isBreak = false
  }

  struct OpenBout: Hashable, Sendable {
    let from: Microseconds
    /// Its sitting time in closed spans, and the end of the last of them.
    var sitting: Microseconds = 0
    var to: Microseconds

    init(from: Microseconds, to: Microseconds? = nil, sitting: Microseconds = 0) {
      self.from = from
      self.to = to ?? from
      self.sitting = sitting
    }

    mutating func add(_ span: Span) {
      sitting += span.length
      to = span.end
    }
  }

  /// A local day; times are wall time.
  struct Today: Hashable, Sendable {
    let date: LocalDate
    let start: Microseconds
    /// When the check-in falls due.
    let checkIn: Microseconds

    init(_ date: LocalDate, in zone: Zone, checkInAt second: Int) {
      self.date = date
      start = .seconds(zone.startOfDay(date))
      checkIn = .seconds(zone.utc(local: Int64(date.daysSinceEpoch) * WallTime.secondsPerDay + Int64(second)))
    }
  }

  struct Waiting: Hashable, Sendable {
    let kind: Prompt.Kind
    let because: Deferral
  }

  enum Pause: Hashable, Sendable {
    case until(Microseconds)
    /// Until the local day after this one begins.
    case untilMidnight(after: LocalDate)
  }

  /// An engine that knows nothing yet: time is `unknown` (`not-running`) until it is told of presence.
  public init(settings: Settings, wordings: Wordings, zone: Zone, bootID: String, at now: Moment) {
    self.settings = settings
    self.wordings = wordings
    self.zone = zone
    self.bootID = bootID
    ledger = Ledger(kind: .unknown, evidence: .notRunning, at: now, bootID: bootID)
    today = Today(
      WallTime.date(utcMicroseconds: now.wall, offsetSeconds: now.offsetSeconds), in: zone,
      checkInAt: settings.prompts.checkIn.at)
    last = now
  }

  /// Takes one event in, with everything that has fallen due until now before it and what it makes due after it.
  ///
  /// - Parameter now: the clocks; never earlier than at the call before.
  /// - Returns: what is to be done, in the order of ``Effect/rank(posted:)``.
  public mutating func handle(_ event: Event, at now: Moment) -> [Effect] {
    noticeClockStep(at: now)
    noticeSuspension(at: now)
    noticeWaking(at: now)
    settle(at: now)
    apply(event, at: now)
    settle(at: now)
    last = now
    defer { effects = [] }
    guard effects.count > 1 else { return effects }
    let posted = effects.compactMap { if case .post(let prompt) = $0 { prompt.id } else { nil } }
    let ranked = effects.enumerated().map { (rank: $1.rank(posted: posted), offset: $0, effect: $1) }
    return ranked.sorted { ($0.rank, $0.offset) < ($1.rank, $1.offset) }.map(\.effect)
  }

  private mutating func apply(_ event: Event, at now: Moment) {
    switch event {
    case .tick: break
    case .input(let at): noteInput(at: min(at, now.boot), now)
    case .active: noteActive(at: now)
    case .idle(let since): noteIdle(since: min(since, now.boot), now)
    case .locked: changeCertainAbsence(at: now) { $0.locked = true }
    case .unlocked: changeCertainAbsence(at: now) { $0.locked = false }
    case .switched: changeCertainAbsence(at: now) { $0.switched = true }
    case .switchedBack: changeCertainAbsence(at: now) { $0.switched = false }
    case .asleep: fallAsleep(at: now)
    case .awake: changeCertainAbsence(at: now) { $0.asleep = false }
    case .sourceLost: loseSource(at: now)
    case .sourceFound: findSource(at: now)
    case .inhibited(let held, let since): noteInhibitor(held, since: min(since, now.boot), now)
    case .typing(let isTyping): noteTyping(isTyping)
    case .doNotDisturb(let isOn): doNotDisturb = isOn
    case .exercises(let sets): take(sets, at: now)
    case .exerciseDone(let at): noteExercise(doneAt: at, now)
    case .day(let date, let state): declare(state, on: date, at: now)
    case .knownDays(let first, let states): know(states, from: first, at: now)
    case .detailCards(let cards): take(cards, at: now)
    case .answered(let id, let choice): answer(id, choice, at: now)
    case .warningSign(let isOpen): noteWarningSign(isOpen: isOpen, at: now)
    case .recorded(let kind, let evidence): follow(kind, evidence, at: now)
    case .posture(let posture): declare(posture, .manual, at: now)
    case .report(let reporter, let state, let length):
      take(Report(reporter: reporter, state: state, since: now.boot, until: now.boot + length), at: now)
    case .reportWithdrawn(let reporter): withdrawReport(of: reporter, at: now)
    case .zone(let zone): change(zone: zone, at: now)
    case .settings(let settings):
      self.settings = settings
      today = today(today.date)
    case .respond(let id, let answer): respond(to: id, answer, at: now)
    case .takeBreak: takeBreak(at: now)
    case .pause(let length): pausePrompts(for: length, at: now)
    case .resume: pause = nil
    case .snooze(let length): snooze(for: length, at: now)
    case .notificationClosed(let id, let byPerson): noteClosed(id, byPerson: byPerson, at: now)
    case .undeliverable(let id): noteUndeliverable(id, at: now)
    case .stop:
      end(.withdrawn, at: now)
      takeQuestionBack()
    case .end: endRecord(at: now)
    }
  }

  /// Works off what has fallen due.
  private mutating func settle(at now: Moment) {
    if presence.asleep { return }
    decidePresence(at: now)
    decideOutcome(at: now)
    endPause(at: now)
    considerPrompts(at: now)
    noticeMidnight(at: now)
  }

  /// The boot time at which the engine next wants a ``Event/tick``; `nil` while only an event can change anything.
  public var deadline: Microseconds? {
    if presence.asleep { return wakingDeadline }
    let candidates = [presenceDeadline, outcomeDeadline, pauseDeadline, promptDeadline, midnightDeadline]
    return candidates.compactMap { $0 }.min()
  }

  /// What the engine wants to hear from the idle source.
  public var watch: Watch {
    if presence.certainAbsence != nil { return .nothing }
    guard ledger.kind.isAtDesk, presence.idleSince == nil else { return .input }
    let silence = sign == nil ? settings.presence.awayAfter : settings.presence.breakAfter
    return .idle(after: waiting?.because == .inhibited ? min(silence, Deferral.busyAfterInput) : silence)
  }

  /// Whether it was started anew at somebody's desk and has heard nothing of them since.
  public var isResuming: Bool { if case .atDesk = before { true } else { false } }

  /// Whether the ledger says that the person is at the desk.
  public var isAtDesk: Bool { ledger.kind.isAtDesk }

  /// The sitting time of the bout at a boot time.
  func boutSitting(at boot: Microseconds) -> Microseconds {
    guard let bout else { return 0 }
    return bout.sitting + (ledger.kind == .sitting ? ledger.length(at: boot) : 0)
  }

  // MARK: The record

  /// Opens a span, and books the one that it closes.
  mutating func begin(_ kind: Span.Kind, _ evidence: Evidence, at boot: Microseconds, _ now: Moment) {
    let wasStanding = ledger.kind == .standing
    for span in ledger.begin(kind, evidence, at: boot, now: now, in: zone) {
      effects.append(.span(span))
      if span.kind != .unknown { unknownSince = nil }
      count(span)
    }
    if !kind.isAtDesk { shrinkMarks() }
    if kind == .unknown { unknownSince = unknownSince ?? ledger.from }
    if kind == .standing, !wasStanding { standingSince = ledger.from }
    if kind == .sitting, bout?.sitting ?? 0 == 0 {
      // What a bout began with may have turned out to be none.
      if bout == nil { plan.startBout() }
      bout = OpenBout(from: ledger.from)
    }
  }

  /// Adds a span that is closed to what is counted.
  mutating func count(_ span: Span) {
    guard span.kind.isAtDesk else { return }
    if span.kind == .sitting { bout?.add(span) }
    daily.add(span, in: zone)
    desk += span.length
  }

  /// Somebody has turned out to have left earlier than what was counted for them by then.
  private mutating func shrinkMarks() {
    plan.exercise.shrink(to: desk)
    guard let budget = plan.snoozedBudget else { return }
    plan.snoozedBudget?.snooze.since = min(budget.snooze.since, daily[budget.date].sitting)
  }

  /// Closes the bout, whose last sitting span has been closed.
  mutating func endBout(by end: Bout.End) {
    guard let bout else { return }
    if bout.sitting > 0 {
      effects.append(.bout(Bout(from: bout.from, to: bout.to, sitting: bout.sitting, endedBy: end)))
    }
    self.bout = nil
    stopWaiting()
  }

  private mutating func endRecord(at now: Moment) {
    end(.withdrawn, at: now)
    takeQuestionBack()
    for span in ledger.pieces(upTo: now.boot) {
      effects.append(.span(span))
      count(span)
    }
    ledger = Ledger(kind: .unknown, evidence: .notRunning, at: now, bootID: bootID)
    endBout(by: .end)
    absence = nil
    presence = Presence()
  }

  // MARK: Clocks

  /// A suspension that nobody announced shows in the drift between the two clocks; it is taken to have ended just now.
  private mutating func noticeSuspension(at now: Moment) {
    let drift = (now.boot - last.boot) - (now.monotonic - last.monotonic)
    guard drift > .second, !presence.asleep else { return }
    var then = now.shifted(toBoot: now.boot - drift)
    then.monotonic = now.monotonic
    settle(at: then)
    fallAsleep(at: then)
    changeCertainAbsence(at: now) { $0.asleep = false }
  }

  /// How long a machine that was about to sleep may go on running before it is taken to be awake: no word of its waking
  /// came, or it never slept. logind waits for 5 s at most by default.
  private static let longestFallingAsleep: Microseconds = .minute

  /// When that will be so, if the machine does not sleep meanwhile.
  private var wakingDeadline: Microseconds? {
    fellAsleep.map { last.boot + max(0, Self.longestFallingAsleep - (last.monotonic - $0.monotonic)) }
  }

  private mutating func noticeWaking(at now: Moment) {
    guard presence.asleep, let fellAsleep else { return }
    guard now.monotonic - fellAsleep.monotonic >= Self.longestFallingAsleep else { return }
    changeCertainAbsence(at: now) { $0.asleep = false }
  }

  private mutating func noticeClockStep(at now: Moment) {
    let step = (now.wall - last.wall) - (now.boot - last.boot)
    guard abs(step) >= .second else { return }
    effects.append(.clockStep(step))
    ledger.cut(at: now)
  }

  private mutating func change(zone: Zone, at now: Moment) {
    guard zone != self.zone else { return }
    self.zone = zone
    var now = now
    now.offsetSeconds = zone.offset(atUTC: now.wall / .second)
    ledger.cut(at: now)
    today = today(today.date)
  }

  /// The local date at a moment.
  func date(at now: Moment) -> LocalDate {
    WallTime.date(utcMicroseconds: now.wall, offsetSeconds: zone.offset(atUTC: now.wall / .second))
  }

  /// The boot time at which a local day begins, as the wall clock runs now.
  func start(of date: LocalDate) -> Microseconds {
    last.boot + .seconds(zone.startOfDay(date)) - last.wall
  }

  func today(_ date: LocalDate) -> Today { Today(date, in: zone, checkInAt: settings.prompts.checkIn.at) }

  /// The counts of the day hang on it while the person is at the desk; else it is noticed whenever something happens.
  private var midnightDeadline: Microseconds? {
    ledger.kind.isAtDesk || plan.isBackingOff ? start(of: today.date.adding(days: 1)) : nil
  }

  private mutating func noticeMidnight(at now: Moment) {
    let date = date(at: now)
    guard date != today.date else { return }
    today = today(date)
    plan.endBackOff()
    considerPrompts(at: now)
  }
}
