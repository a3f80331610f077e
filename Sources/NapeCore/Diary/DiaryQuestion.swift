/// A small question about a headache that was answered with *Yes*, or the card that asks for details: shown as a
/// notification, and nowhere else.
///
/// It is no ``Prompt``: neither the journal, the bus nor the prompt log may tell that there was something to ask.
public struct DiaryQuestion: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// Follow-ups 1 to 3 of a check-in.
    case strength, side, neck
    /// The one card of a headache that has more to tell.
    case details(RecordID)
  }

  /// Never used twice while the daemon runs, nor by a prompt: their numbers go on one by one, or a gap in them would tell
  /// everybody on the bus that there was something to ask.
  public let id: UInt64
  public let kind: Kind
  /// The day of the headache.
  public let date: LocalDate
  public let text: Wording

  public init(id: UInt64, kind: Kind, date: LocalDate, text: Wording) {
    self.id = id
    self.kind = kind
    self.date = date
    self.text = text
  }

  /// Above the ids of all prompts.
  static let firstID: UInt64 = 1 << 62

  /// Whether it belongs to the series that follows a *Yes*.
  public var isFollowUp: Bool { kind == .strength || kind == .side || kind == .neck }

  /// What can be answered, at most three, in the order of the buttons. *Not sure* leaves it unknown.
  public var choices: [Choice] {
    switch kind {
    case .strength: [.mild, .moderate, .severe]
    case .side: [.left, .right, .both]
    case .neck: [.yes, .no, .notSure]
    case .details: []
    }
  }

  public enum Choice: String, Hashable, Sendable, CaseIterable {
    case mild, moderate, severe
    case left, right, both
    case yes, no
    case notSure = "not-sure"

    /// What it says of the headache; `nil` for nothing.
    public var field: (EpisodeField, FieldValue)? {
      switch self {
      case .mild: (.intensity, .range(1...3))
      case .moderate: (.intensity, .range(4...6))
      case .severe: (.intensity, .range(7...10))
      case .left, .right, .both: (.side, .word(rawValue))
      case .yes: (.neck, .flag(true))
      case .no: (.neck, .flag(false))
      case .notSure: nil
      }
    }
  }
}
