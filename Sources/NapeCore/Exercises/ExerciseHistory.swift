/// What the person has done, answered and decided, as far as today's exercises depend on it.
public struct ExerciseHistory: Hashable, Sendable {
  public var firstUse: FirstUse
  /// In ascending order; at least since the programme began.
  public var days: [ExerciseProgress.Day]
  /// In the order in which they were given.
  public var ratings: [ExerciseRating]
  /// Levels that the person has set, by movement, in place of the programme's.
  public var levels: [String: Int]
  /// When the programme in force began, and with which week; `nil` for one that begins now.
  public var start: Start?

  public struct Start: Hashable, Sendable {
    public var week: Int
    public var since: LocalDate

    public init(week: Int, since: LocalDate) {
      self.week = week
      self.since = since
    }
  }

  public init(
    firstUse: FirstUse = FirstUse(), days: [ExerciseProgress.Day] = [], ratings: [ExerciseRating] = [],
    levels: [String: Int] = [:], start: Start? = nil
  ) {
    self.firstUse = firstUse
    self.days = days
    self.ratings = ratings
    self.levels = levels
    self.start = start
  }
}
