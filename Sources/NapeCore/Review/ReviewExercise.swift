/// A movement that was done, with how it felt the next day.
public struct ReviewExercise: Hashable, Sendable {
  public let entry: ExerciseEntry
  public let name: String
  /// What its level asks for; `nil` where it is not known.
  public let dose: Dose?
  /// `nil` where nobody was asked.
  public let nextDay: TrafficLight?

  public var done: Stamp { Stamp(wall: entry.done, offsetSeconds: entry.offsetSeconds) }
}
