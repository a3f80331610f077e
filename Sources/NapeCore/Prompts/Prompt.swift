/// Something that nape asks of the person.
public struct Prompt: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case move, exercise, checkin, posture, budget, micro
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

  public init(id: UInt64, kind: Kind, posted: Moment, sat: Microseconds, text: Wording, exercises: [String] = []) {
    self.id = id
    self.kind = kind
    self.posted = posted
    self.sat = sat
    self.text = text
    self.exercises = exercises
  }
}
