/// What one exercise prompt asks for: movements that suit the desk, each at the person's level.
public struct ExerciseSet: Hashable, Sendable {
  /// Ids of the catalogue, in the order in which they are done.
  public var exercises: [String]
  /// The set in one or two short sentences, as a notification says it; without the stop rule.
  public var text: String

  public init(exercises: [String], text: String) {
    self.exercises = exercises
    self.text = text
  }
}
