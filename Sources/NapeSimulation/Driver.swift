import NapeCore

/// Steps an engine through a timeline in virtual time: the machine's clocks, its sleep, a notification server, and a
/// daemon that is killed and comes back.
///
/// Times are boot times from the start. Before anything happens at a time, everything due up to and including it must be
/// worked off: ``advance(to:)``.
public struct Driver {
  /// What the engine wants done, with the time at which it is told.
  public struct Told {
    public let t: Microseconds
    /// What the wall clock showed then.
    public let at: Stamp
    public let effect: Effect
  }

  private let wordings: Wordings
  private let exercises: [ExerciseSet]
  private var told: [Told] = []
  private var settings: Settings
  private var engine: Engine?
  private var facts = Facts()

  /// Now.
  public private(set) var t: Microseconds = 0
  public private(set) var zone: Zone
  private let startWall: Microseconds
  private var stepped: Microseconds = 0
  private var slept: Microseconds = 0
  private var asleepSince: Microseconds?

  /// The notification that stands, and when its server closes it.
  private var notification: (id: UInt64, closes: Microseconds)?
  private static let notificationCloses: Microseconds = .minute

  /// When the last checkpoint was made because something changed, and when a killed daemon comes back.
  private var changed: Microseconds = 0
  private var down: (checkpoint: Checkpoint, until: Microseconds)?

  /// Whether the engine has been told if the person types, since it has asked.
  private var isAnswered = false

  /// What was told during a sleep; it is told at the resume.
  private var held: [Effect] = []

  /// What sources would say to a daemon that has just been started.
  private struct Facts {
    var input: Event?
    var inhibited = false
    var released: Microseconds?
    /// Until when the person types; `.max` while that goes on.
    var typingUntil: Microseconds = 0
    var doNotDisturb = false
    var days: [LocalDate: DayState] = [:]
    var cards: [DetailCard] = []
    var warningSignIsOpen = false
    var locked = false
    var switched = false
    var lost = false

    /// A source's idle time starts anew when an inhibitor is released, as mutter's does.
    var presence: Event? {
      guard case .idle(let since) = input, !inhibited, let released else { return input }
      return .idle(since: max(since, released))
    }

    mutating func note(_ event: Event) {
      switch event {
      case .active: input = .active
      case .idle: input = event
      case .input(let at): if input != .active { input = .idle(since: at) }
      case .inhibited(let held, let since):
        if inhibited, !held { released = since }
        inhibited = held
      case .doNotDisturb(let isOn): doNotDisturb = isOn
      case .detailCards(let pending): cards = pending
      case .warningSign(let isOpen): warningSignIsOpen = isOpen
      case .locked: locked = true
      case .unlocked: locked = false
      case .switched: switched = true
      case .switchedBack: switched = false
      case .sourceLost: lost = true
      case .sourceFound: lost = false
      default: break
      }
    }
  }

  /// - Parameters:
  ///   - exercises: what exercise prompts may ask for.
  ///   - startWall: what the wall clock shows at the start.
  public init(
    settings: Settings, wordings: Wordings, exercises: [ExerciseSet], zone: Zone, startWall: Microseconds
  ) {
    self.settings = settings
    self.wordings = wordings
    self.exercises = exercises
    self.zone = zone
    self.startWall = startWall
    engine = Engine(settings: settings, wordings: wordings, zone: zone, bootID: "trace", at: now)
    hand(.exercises(exercises))
  }

  /// The clocks.
  public var now: Moment {
    let wall = startWall + t + stepped
    let suspended = slept + (asleepSince.map { t - $0 } ?? 0)
    return Moment(boot: t, monotonic: t - suspended, wall: wall, offsetSeconds: zone.offset(atUTC: wall / .second))
  }

  /// What the engine says of itself now; `nil` while the daemon is down.
  public var status: Status? { engine?.status(at: now) }

  /// Where the engine stands now; of a daemon that is down, where it stood last.
  var checkpoint: Checkpoint? { engine?.checkpoint(at: now) ?? down?.checkpoint }

  /// The open span as it would be stored now; of a daemon that is down, as it was stored last.
  var openSpans: [Span] { checkpoint?.open ?? [] }

  var isAsleep: Bool { asleepSince != nil }

  // MARK: Time

  /// Works off everything that is due up to and including a time, and goes there.
  public mutating func advance(to target: Microseconds) {
    comeUp(by: target)
    while asleepSince == nil,
      let due = [engine?.deadline, notification?.closes, pauseInTyping].compactMap({ $0 }).min(), due <= target
    {
      t = max(t, due)
      if let pause = pauseInTyping, pause <= t {
        hand(.typing(false))
      } else if let closed = notification, closed.closes <= t {
        notification = nil
        hand(.notificationClosed(id: closed.id, byPerson: false))
      } else {
        hand(.tick)
      }
    }
    t = max(t, target)
  }

  private mutating func hand(_ event: Event) {
    guard var engine else { return }
    // Given up here, so that the engine's arrays are changed in place and not copied.
    self.engine = nil
    let before = engine.durable
    let effects = engine.handle(event, at: now)
    if engine.durable != before { changed = t }
    self.engine = engine
    report(effects)
    // A source answers at once; of a pause it tells when that has come.
    if self.engine?.asksForPause == true, !isAnswered {
      isAnswered = true
      hand(.typing(t < facts.typingUntil))
    }
    isAnswered = self.engine?.asksForPause == true
  }

  /// When a pause in the typing will have come, where the engine wants to be told of it.
  private var pauseInTyping: Microseconds? {
    engine?.asksForPause == true && facts.typingUntil < .max ? facts.typingUntil : nil
  }

  /// What somebody else than the engine wants told.
  mutating func report(_ effects: [Effect]) {
    if isAsleep { held += effects } else { tell(effects) }
  }

  private mutating func tell(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .post(let prompt): notification = (prompt.id, t + Self.notificationCloses)
      case .ask(let question):
        notification = (question.id, t + Self.notificationCloses)
        if case .details(let id) = question.kind, let place = facts.cards.firstIndex(where: { $0.episode == id }) {
          facts.cards[place].isShown = true
        }
      case .hide(let id), .outcome(let id, _, _, _): if notification?.id == id { notification = nil }
      case .day(let date, let state): facts.days[date] = state
      default: break
      }
      told.append(Told(t: t, at: now.stamp, effect: effect))
    }
  }

  /// What has been told since this was asked last, in order.
  public mutating func takeTold() -> [Told] {
    defer { told = [] }
    return told
  }

  // MARK: What happens

  /// Something happens now; a daemon that is down does not hear of it.
  public mutating func handle(_ event: Event) {
    facts.note(event)
    switch event {
    case .asleep: fallAsleep()
    case .awake: wake()
    default: hand(event)
    }
  }

  /// The person begins to type without a pause, or the typing ends now: for 3 s more it may be going on.
  public mutating func note(typing isTyping: Bool) {
    if isTyping {
      facts.typingUntil = .max
    } else if facts.typingUntil == .max {
      facts.typingUntil = t + 3 * .second
    }
  }

  /// The person answers the question of the diary that is shown.
  public mutating func answer(_ choice: DiaryQuestion.Choice) { hand(.answered(id: notification?.id ?? 0, choice)) }

  /// What the diary holds has changed; a daemon that is down finds it when it comes back.
  mutating func know(days: [LocalDate: DayState], cards: [DetailCard]) {
    (facts.days, facts.cards) = (days, cards)
    hand(.knownDays(from: LocalDate(daysSinceEpoch: .min), days))
    hand(.detailCards(cards))
  }

  /// What is known of the days.
  var days: [LocalDate: DayState] { facts.days }

  private mutating func fallAsleep() {
    guard asleepSince == nil else { return }
    facts.input = .idle(since: t)
    note(typing: false)
    hand(.asleep)
    asleepSince = t
  }

  private mutating func wake() {
    guard let since = asleepSince else { return }
    slept += t - since
    asleepSince = nil
    tell(held)
    held = []
    hand(.awake)
    comeUp(by: t)
  }

  /// The wall clock is stepped.
  public mutating func stepClock(by step: Microseconds) {
    stepped += step
    hand(.tick)
  }

  public mutating func change(zone: Zone) {
    self.zone = zone
    hand(.zone(zone))
  }

  public mutating func change(settings: Settings) {
    self.settings = settings
    hand(.settings(settings))
  }

  // MARK: Restarts

  /// The daemon is killed; what it stored last is its last checkpoint.
  public mutating func goDown(for length: Microseconds) {
    guard let engine else { return }
    let here = t
    let since = engine.status(at: now).since.boot
    // A machine that sleeps makes no checkpoints.
    let last = asleepSince ?? here
    t = max(changed, since + (last - since) / Checkpoint.interval * Checkpoint.interval)
    let checkpoint = engine.checkpoint(at: now)
    t = here
    down = (checkpoint, here + length)
    self.engine = nil
    notification = nil
  }

  private mutating func comeUp(by target: Microseconds) {
    // A machine that sleeps starts nothing.
    guard let down, down.until <= target, asleepSince == nil else { return }
    self.down = nil
    t = max(t, down.until)
    let (engine, effects) = Engine.resuming(
      down.checkpoint, settings: settings, wordings: wordings, zone: zone, bootID: "trace", at: now)
    self.engine = engine
    changed = t
    tell(effects)
    hand(.exercises(exercises))
    know(days: facts.days, cards: facts.cards)
    if facts.warningSignIsOpen { hand(.warningSign(isOpen: true)) }
    if facts.doNotDisturb { hand(.doNotDisturb(true)) }
    if facts.lost { hand(.sourceLost) }
    if facts.inhibited { hand(.inhibited(true, since: t)) }
    if facts.switched { hand(.switched) }
    if facts.locked { hand(.locked) }
    if let presence = facts.presence { hand(presence) }
  }

  /// The timeline is over; a daemon that is down comes back first, and a machine that sleeps wakes up.
  public mutating func end() {
    if asleepSince != nil { wake() }
    if let until = down?.until { comeUp(by: until) }
    hand(.end)
  }
}
