/// What the prompts of a bout and of a day have come to: when the next of each kind falls due.
///
/// Marks of `move`, `posture` and `micro` are sitting time of the bout, those of `exercise` time at the desk, that of a
/// snoozed `budget` sitting time of the day; so that absences need no correction.
struct PromptPlan: Hashable, Sendable {
  /// The next `move` of this bout.
  enum Move: Hashable, Sendable {
    /// At `prompts.move.after`.
    case first
    /// After `prompts.move.again[index]` of sitting since the mark.
    case again(index: Int, since: Microseconds)
    /// At the mark, as the person asked.
    case snoozed(until: Microseconds, index: Int)
    /// Not again in this bout.
    case silent
  }

  /// That the person put a prompt off, at a mark and for so long.
  struct Snooze: Hashable, Sendable {
    var since: Microseconds
    let length: Microseconds

    var until: Microseconds { since + length }
  }

  /// A prompt that comes again and again, so long after it was served last.
  struct Recurring: Hashable, Sendable {
    var served: Microseconds = 0
    var snoozed: Snooze?

    mutating func serve(at mark: Microseconds) {
      served = mark
      snoozed = nil
    }

    /// The mark at which it falls due.
    func due(every length: Microseconds) -> Microseconds { snoozed?.until ?? served + length }

    /// What is counted has turned out to be no more than this, and so was no more when something happened.
    mutating func shrink(to mark: Microseconds) {
      served = min(served, mark)
      if let since = snoozed?.since { snoozed?.since = min(since, mark) }
    }
  }

  /// A `budget` that was put off; its mark is sitting time of the day.
  struct SnoozedBudget: Hashable, Sendable {
    let date: LocalDate
    let percent: Int
    var snooze: Snooze
  }

  var move = Move.first
  /// What `prompts.move.after` is multiplied by in this bout.
  var moveFactor: Microseconds = 1
  var posture = Recurring()
  var micro = Recurring()
  var exercise = Recurring()
  var snoozedBudget: SnoozedBudget?

  var backOffs = PerKind(repeating: BackOff())

  /// Monotonic time of the last prompt of any kind.
  var lastPosted: Microseconds?
  /// The highest id that has been given to a prompt.
  var lastID: UInt64 = 0
  var rotation = Rotation()

  /// How many texts of each list, and how many sets of exercises, have been used; each comes once before any comes again.
  struct Rotation: Hashable, Sendable {
    var texts: [Wordings.List: Int] = [:]
    var exerciseSets = 0
  }

  /// A bout begins: its prompts start afresh, with the back-off as it stands now.
  mutating func startBout() {
    move = .first
    moveFactor = factor(.move)
    posture = Recurring()
    micro = Recurring()
  }

  /// By what the interval of a kind is multiplied.
  func factor(_ kind: Prompt.Kind) -> Microseconds { backOffs[kind].factor }

  /// A local day begins.
  mutating func endBackOff() {
    backOffs = PerKind(repeating: BackOff())
    moveFactor = 1
  }

  var isBackingOff: Bool { moveFactor > 1 || backOffs != PerKind(repeating: BackOff()) }

  /// The sitting time of the bout at which the next `move` falls due.
  func moveDue(_ settings: Settings.Prompts.Move) -> Microseconds? {
    guard settings.enabled else { return nil }
    switch move {
    case .first: return settings.after * moveFactor
    case .again(let index, let since): return index < settings.again.count ? since + settings.again[index] : nil
    case .snoozed(let until, _): return until
    case .silent: return nil
    }
  }

  /// The sitting time of the bout at which the next `posture` falls due.
  func postureDue(_ settings: Settings.Prompts.Posture) -> Microseconds? {
    settings.enabled ? posture.due(every: settings.every * factor(.posture)) : nil
  }

  /// The sitting time of the bout at which the next `micro` falls due.
  func microDue(_ settings: Settings.Prompts.Micro) -> Microseconds? {
    settings.enabled ? micro.due(every: settings.every * factor(.micro)) : nil
  }

  /// A prompt is posted: what it serves is served (§7 rule 1).
  ///
  /// - Parameters:
  ///   - sat: sitting time of the bout.
  ///   - desk: time at the desk.
  mutating func note(_ kind: Prompt.Kind, sat: Microseconds, desk: Microseconds) {
    switch kind {
    case .move:
      noteMove(at: sat)
      posture.serve(at: sat)
      micro.serve(at: sat)
    case .posture:
      posture.serve(at: sat)
      micro.serve(at: sat)
    case .exercise:
      exercise.serve(at: desk)
      micro.serve(at: sat)
    case .micro: micro.serve(at: sat)
    case .budget: snoozedBudget = nil
    case .checkin: break
    }
  }

  private mutating func noteMove(at sat: Microseconds) {
    switch move {
    case .first, .silent: move = .again(index: 0, since: sat)
    case .again(let index, _), .snoozed(_, let index): move = .again(index: index + 1, since: sat)
    }
  }

  /// Whether the next `move` is a repetition.
  var isAgain: Bool { move != .first }

  /// The person asks for the move again at a sitting time of the bout, in place of its next repetition.
  mutating func snoozeMove(until mark: Microseconds) {
    if case .again(let index, _) = move { move = .snoozed(until: mark, index: index) }
  }

  mutating func count(_ outcome: Outcome, of kind: Prompt.Kind) {
    if kind == .move, outcome == .skipped { move = .silent }
    guard kind != .budget, kind != .checkin else { return }
    backOffs[kind].count(outcome)
  }

  /// The next text of a list.
  mutating func draw(_ list: Wordings.List, from wordings: Wordings) -> Wording {
    let texts = wordings[list]
    let index = rotation.texts[list, default: 0]
    rotation.texts[list] = index &+ 1
    return texts.isEmpty ? Wording(title: list.rawValue, body: "") : texts[index % texts.count]
  }

  /// The next of what exercise prompts may ask for.
  mutating func draw(from sets: [ExerciseSet]) -> ExerciseSet? {
    guard !sets.isEmpty else { return nil }
    defer { rotation.exerciseSets = rotation.exerciseSets &+ 1 }
    return sets[rotation.exerciseSets % sets.count]
  }
}
