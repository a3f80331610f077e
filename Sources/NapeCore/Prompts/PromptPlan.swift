/// What the prompts of a bout and of a day have come to: when the next of each kind falls due.
///
/// Marks are sitting time of the bout, so that absences need no correction.
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

  var move = Move.first
  /// What `prompts.move.after` is multiplied by in this bout.
  var moveFactor: Microseconds = 1
  /// Sitting time of the bout at its last `posture` or `move` prompt.
  var postureServed: Microseconds = 0
  /// Sitting time of the bout to which a `posture` prompt was snoozed.
  var postureSnoozed: Microseconds?

  var moveBackOff = BackOff()
  var postureBackOff = BackOff()

  /// Monotonic time of the last prompt of any kind.
  var lastPosted: Microseconds?
  /// The highest id that has been given to a prompt.
  var lastID: UInt64 = 0
  /// How many texts of each list have been used.
  var rotation = Rotation()

  struct Rotation: Hashable, Sendable {
    var posture = 0
    var move = 0
    var moveAgain = 0
  }

  /// A bout begins: its prompts start afresh, with the back-off as it stands now.
  mutating func startBout() {
    move = .first
    moveFactor = moveBackOff.factor
    postureServed = 0
    postureSnoozed = nil
  }

  /// A local day begins.
  mutating func endBackOff() {
    moveBackOff = BackOff()
    postureBackOff = BackOff()
    moveFactor = 1
  }

  var isBackingOff: Bool { moveBackOff.ignoredInARow > 0 || postureBackOff.ignoredInARow > 0 || moveFactor > 1 }

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
    guard settings.enabled else { return nil }
    return postureSnoozed ?? postureServed + settings.every * postureBackOff.factor
  }

  /// A prompt is posted at a sitting time of the bout.
  mutating func note(_ kind: Prompt.Kind, at sat: Microseconds) {
    postureServed = sat
    postureSnoozed = nil
    guard kind == .move else { return }
    switch move {
    case .first, .silent: move = .again(index: 0, since: sat)
    case .again(let index, _), .snoozed(_, let index): move = .again(index: index + 1, since: sat)
    }
  }

  /// Whether the next `move` is a repetition.
  var isAgain: Bool { move != .first }

  /// The person asks for the prompt again at a sitting time of the bout; for a move in place of its next repetition.
  mutating func snooze(_ kind: Prompt.Kind, until mark: Microseconds) {
    guard kind == .move else {
      postureSnoozed = mark
      return
    }
    if case .again(let index, _) = move { move = .snoozed(until: mark, index: index) }
  }

  mutating func count(_ outcome: Outcome, of kind: Prompt.Kind) {
    if kind == .move {
      moveBackOff.count(outcome)
      if outcome == .skipped { move = .silent }
    } else {
      postureBackOff.count(outcome)
    }
  }

  /// The next text of a kind; each comes once before any comes again.
  mutating func draw(_ kind: Prompt.Kind, from wordings: Wordings) -> Wording {
    let again = kind == .move && isAgain
    let texts = wordings.texts(for: kind, again: again)
    let index: Int
    switch (kind, again) {
    case (.move, false): (index, rotation.move) = (rotation.move, rotation.move + 1)
    case (.move, true): (index, rotation.moveAgain) = (rotation.moveAgain, rotation.moveAgain + 1)
    default: (index, rotation.posture) = (rotation.posture, rotation.posture + 1)
    }
    return texts.isEmpty ? Wording(title: kind.rawValue, body: "") : texts[index % texts.count]
  }
}
