/// What was noted of the headaches of a period, as plain counts: which type they are is for a professional to say
/// (`clinical.md` §7).
public struct Feature: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case side, quality
    case beganInNeck = "began_in_neck"
    case neckWith = "neck_with"
    case provoked = "neck_provoked"
    case limited = "neck_limited"
    case armPain = "arm_pain"
    case worseWithActivity = "worse_activity"
    case nausea, light, sound, aura
    case eased = "eased_by_move"

    public var title: String {
      switch self {
      case .side: "Side"
      case .quality: "Quality: pressing, throbbing"
      case .beganInNeck: "Began in neck or base of skull"
      case .neckWith: "Neck pain or stiffness with it"
      case .provoked: "Brought on by neck or position"
      case .limited: "Neck movement felt limited"
      case .armPain: "Same-side shoulder or arm pain"
      case .worseWithActivity: "Worse with walking or stairs"
      case .nausea: "Nausea"
      case .light: "Light bothered"
      case .sound: "Sound bothered"
      case .aura: "Visual or other aura"
      case .eased: "Eased by moving or changing"
      }
    }
  }

  public enum Answer: Hashable, Sendable {
    case yes, no, partly
    /// `left`, `pressing`: a word of the field.
    case word(String)
    /// Nobody answered, or it was not tried.
    case unknown
  }

  public let kind: Kind
  /// One for each headache that began in the period, by onset.
  public let answers: [Answer]

  /// Of how many headaches it is known.
  public var noted: Int { answers.count { $0 != .unknown } }
  public var yes: Int { answers.count { $0 == .yes } }
  public var partly: Int { answers.count { $0 == .partly } }

  /// The words with how often each was noted, the most frequent first; of two alike the one that comes first in the field.
  public var words: [(word: String, count: Int)] {
    guard case .word(let all) = kind.field.kind else { return [] }
    let counts = all.map { word in (word: word, count: answers.count { $0 == .word(word) }) }
    return counts.enumerated().filter { $0.element.count > 0 }
      .sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(\.element)
  }

  /// - Parameter episodes: by onset.
  init(_ kind: Kind, of episodes: [Episode]) {
    self.kind = kind
    answers = episodes.map { Self.answer(kind, $0.fields[kind.field]) }
  }

  private static func answer(_ kind: Kind, _ value: FieldValue?) -> Answer {
    switch (kind, value) {
    case (_, nil): .unknown
    case (.beganInNeck, .word(let place)?): ["base-of-skull", "neck"].contains(place) ? .yes : .no
    case (.limited, .word(let side)?): side == "no" ? .no : .yes
    case (.eased, .word(let eased)?):
      switch eased {
      case "yes": .yes
      case "partly": .partly
      case "no": .no
      default: .unknown
      }
    case (_, .word(let word)?): .word(word)
    case (_, .flag(let flag)?): flag ? .yes : .no
    case (_, .words(let words)?): words.isEmpty ? .no : .yes
    case (_, .range?), (_, .text?): .unknown
    }
  }
}

extension Feature.Kind {
  /// Where it is noted.
  public var field: EpisodeField {
    switch self {
    case .side: .side
    case .quality: .quality
    case .beganInNeck: .startPlace
    case .neckWith: .neck
    case .provoked: .neckProvoked
    case .limited: .neckLimited
    case .armPain: .armPain
    case .worseWithActivity: .worseWithActivity
    case .nausea: .nausea
    case .light: .light
    case .sound: .sound
    case .aura: .aura
    case .eased: .easedByMove
    }
  }
}
