/// A movement that was done, as it is recorded.
public struct ExerciseEntry: Hashable, Sendable {
  public var exercise: String
  public var level: Int
  /// When it was done: UTC in µs, and what local clocks were ahead of it then.
  public var done: Microseconds
  public var offsetSeconds: Int
  /// The prompt that asked for it, if one did.
  public var promptID: UInt64?
  public var way: EntryWay

  public init(
    exercise: String, level: Int, done: Microseconds, offsetSeconds: Int, promptID: UInt64? = nil, way: EntryWay
  ) {
    self.exercise = exercise
    self.level = level
    self.done = done
    self.offsetSeconds = offsetSeconds
    self.promptID = promptID
    self.way = way
  }
}
