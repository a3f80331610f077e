/// Exercises over a period: counts of what was done, never streaks.
public struct ExerciseFigures: Hashable, Sendable {
  /// A movement that felt red the next day.
  public struct Red: Hashable, Sendable {
    public let exercise: String
    /// The name, where the catalogue has one.
    public let name: String
    public let day: LocalDate
  }

  /// How the programme is called, and by whom it is; `nil` where none was in force.
  public let programme: String?
  public let isPrescribed: Bool
  /// The weeks of it that were worked on.
  public let weeks: ClosedRange<Int>?
  public let weeksInAll: Int
  /// Home sessions, and days with strength exercises; planned since the programme is in force.
  public let sessionsDone: Int
  public let sessionsPlanned: Int
  public let strengthDaysDone: Int
  public let strengthDaysPlanned: Int
  /// Exercise prompts, and those that were answered with done.
  public let deskSetsPrompted: Int
  public let deskSetsDone: Int
  /// Movements done in all, home and desk.
  public let movementsDone: Int
  /// How movements felt the next morning, the last answer of each movement and day.
  public let lights: [TrafficLight: Int]
  /// By day.
  public let reds: [Red]

  public var rated: Int { lights.values.reduce(0, +) }
}
