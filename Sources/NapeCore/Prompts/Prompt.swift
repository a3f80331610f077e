/// Something that nape asks of the person.
public struct Prompt: Hashable, Sendable {
  /// The kinds, in the order in which they are prompted where several are due (§7 rule 1 of the design).
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case move, exercise, checkin, posture, budget, micro

    /// Whether it counts sitting, and so is prompted to somebody who sits; else to anybody at the desk.
    var isOfSitting: Bool { self != .exercise && self != .checkin }

    /// The outcome by which a prompt was followed; `nil` for what asks for nothing that could be seen to be done.
    public var following: Outcome? {
      switch self {
      case .move: .taken
      case .exercise: .done
      case .checkin, .posture, .budget, .micro: nil
      }
    }

    /// For a sentence.
    var withArticle: String { self == .exercise ? "an exercise" : "a \(rawValue)" }
  }

  /// Counts up for as long as the store exists; never used twice.
  public let id: UInt64
  public let kind: Kind
  /// The clocks when it was posted.
  public let posted: Moment
  /// Sitting time of the bout by then.
  public let sat: Microseconds
  /// What is shown; without markup.
  public let text: Wording
  /// The movements that an `exercise` asks for: ids of the catalogue.
  public let exercises: [String]

  /// What may be told to whoever listens on the bus or reads the journal: neither what the diary asks, however plainly the
  /// person wants it on the screen, nor which movements are advised, which hangs on a treatment and on the day.
  public var publicText: Wording {
    switch kind {
    case .checkin: Wording(title: "Diary", body: "")
    case .exercise: Wording(title: text.title, body: "nape exercise show")
    case .move, .posture, .budget, .micro: text
    }
  }

  public init(id: UInt64, kind: Kind, posted: Moment, sat: Microseconds, text: Wording, exercises: [String] = []) {
    self.id = id
    self.kind = kind
    self.posted = posted
    self.sat = sat
    self.text = text
    self.exercises = exercises
  }
}
