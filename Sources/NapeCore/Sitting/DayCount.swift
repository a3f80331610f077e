/// What a local day has come to so far.
public struct DayCount: Hashable, Sendable {
  public var date: LocalDate
  public var sitting: Microseconds
  public var standing: Microseconds
  /// How many exercise prompts were posted, those that came back after a snooze left out.
  public var exercisePrompts: Int
  /// Up to which percentage of the budget the day's sitting has been prompted: 0, 80 or 100.
  public var budgetPrompted: Int
  /// Whether a check-in has asked about this day.
  public var isAskedAbout: Bool

  public init(
    date: LocalDate, sitting: Microseconds = 0, standing: Microseconds = 0, exercisePrompts: Int = 0,
    budgetPrompted: Int = 0, isAskedAbout: Bool = false
  ) {
    self.date = date
    self.sitting = sitting
    self.standing = standing
    self.exercisePrompts = exercisePrompts
    self.budgetPrompted = budgetPrompted
    self.isAskedAbout = isAskedAbout
  }

  mutating func add(_ length: Microseconds, of kind: Span.Kind) {
    switch kind {
    case .sitting: sitting += length
    case .standing: standing += length
    case .away, .unknown: break
    }
  }
}
