/// One movement of a catalogue.
public struct Exercise: Hashable, Sendable {
  /// What long sitting does to the neck, and the movement works against (`clinical.md` §0).
  public enum Mechanism: String, Hashable, Sendable, CaseIterable {
    /// The muscles at the back of the neck work without a pause.
    case m1 = "M1"
    /// The upper neck joints stiffen.
    case m2 = "M2"
    /// The deep stabilising muscles switch off.
    case m3 = "M3"
    /// Sustained load irritates what refers pain to the head.
    case m4 = "M4"
  }

  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case control, mobility, strength, stretch, senses, walk, relaxation
  }

  /// `E01`; in a prescribed programme a capital letter with up to 15 letters, digits and hyphens.
  public var id: String
  public var name: String
  /// What professionals call it; may be empty where one has prescribed it.
  public var term: String
  public var kind: Kind?
  public var targets: [String]
  public var mechanisms: [Mechanism]
  /// Short sentences, at most ``Exercise/mostSteps``.
  public var steps: [String]
  /// Ascending from 1; at least one.
  public var levels: [ExerciseLevel]
  /// Within 1 … 10; `nil` where it does not matter.
  public var timesADay: ClosedRange<Int>?
  /// 1 … 7; `nil` for every day, or where it does not matter.
  public var daysAWeek: Int?
  public var cautions: [String]
  /// When to stop this movement, beside the rules for all.
  public var stop: String
  public var sources: [String]
  /// Whether a prompt may ask for it before the first-use questions are answered.
  public var isSafe: Bool
  /// Whether it may be offered during a headache.
  public var suitsHeadache: Bool
  /// Whether a professional must have checked the person first.
  public var needsClearance: Bool
  /// Answered with yes, these leave it out even of those who are cleared, unless a prescription names it.
  public var notWith: [FirstUse.Question]
  /// The shortest form; `{dose}` stands for the dose in words.
  public var prompt: String
  /// A file name in the folder of pictures; empty for none.
  public var picture: String

  public static let mostSteps = 8

  public init(
    id: String, name: String, term: String, kind: Kind?, targets: [String], mechanisms: [Mechanism], steps: [String],
    levels: [ExerciseLevel], timesADay: ClosedRange<Int>?, daysAWeek: Int?, cautions: [String], stop: String,
    sources: [String], isSafe: Bool, suitsHeadache: Bool, needsClearance: Bool, notWith: [FirstUse.Question],
    prompt: String, picture: String
  ) {
    self.id = id
    self.name = name
    self.term = term
    self.kind = kind
    self.targets = targets
    self.mechanisms = mechanisms
    self.steps = steps
    self.levels = levels
    self.timesADay = timesADay
    self.daysAWeek = daysAWeek
    self.cautions = cautions
    self.stop = stop
    self.sources = sources
    self.isSafe = isSafe
    self.suitsHeadache = suitsHeadache
    self.needsClearance = needsClearance
    self.notWith = notWith
    self.prompt = prompt
    self.picture = picture
  }

  /// The level of a number, or the nearest one that there is.
  public func level(_ number: Int) -> ExerciseLevel? {
    levels.isEmpty ? nil : levels[min(max(number, 1), levels.count) - 1]
  }
}
