/// Movements over weeks: what to do at home, what at the desk, and when to go on.
public struct Programme: Hashable, Sendable {
  /// One movement as the programme asks for it.
  public struct Item: Hashable, Sendable {
    public var exercise: String
    public var level: Int
    /// `nil` where it is for both, or does not matter.
    public var side: BodySide?
    /// In place of the level's.
    public var dose: Dose?
    /// 1 … 10.
    public var timesADay: Int?
    /// Days a week, within 1 … 7; for strength.
    public var days: ClosedRange<Int>?
    /// In the words of who prescribed it.
    public var instruction: String

    public init(
      exercise: String, level: Int, side: BodySide? = nil, dose: Dose? = nil, timesADay: Int? = nil,
      days: ClosedRange<Int>? = nil, instruction: String = ""
    ) {
      self.exercise = exercise
      self.level = level
      self.side = side
      self.dose = dose
      self.timesADay = timesADay
      self.days = days
      self.instruction = instruction
    }
  }

  public struct Week: Hashable, Sendable {
    /// From 1, without gaps.
    public var number: Int
    public var title: String
    /// One session; it is done ``Programme/sessionsADay`` times a day.
    public var home: [Item]
    public var strength: [Item]
    /// What exercise prompts ask for, one after the other.
    public var desk: [[Item]]
    /// What shows that the next week may begin.
    public var goal: String

    public init(
      number: Int, title: String, home: [Item], strength: [Item], desk: [[Item]], goal: String
    ) {
      self.number = number
      self.title = title
      self.home = home
      self.strength = strength
      self.desk = desk
      self.goal = goal
    }

    /// The ids of all that it asks for.
    public var exercises: Set<String> { Set((home + strength + desk.flatMap { $0 }).map(\.exercise)) }
  }

  public var name: String
  /// Who prescribed it; empty for a shipped one.
  public var by: String
  public var date: LocalDate?
  /// When it is to be looked at again.
  public var review: LocalDate?
  /// Whether who prescribed it has checked the person and cleared them for exercise.
  public var isCleared: Bool
  /// 1 … 6.
  public var sessionsADay: Int
  /// Home sessions that take the person to the next week.
  public var goOnAfter: Int
  /// At least one.
  public var weeks: [Week]
  /// Movements that it brings along.
  public var own: [Exercise]

  public init(
    name: String, by: String, date: LocalDate?, review: LocalDate?, isCleared: Bool, sessionsADay: Int, goOnAfter: Int,
    weeks: [Week], own: [Exercise]
  ) {
    self.name = name
    self.by = by
    self.date = date
    self.review = review
    self.isCleared = isCleared
    self.sessionsADay = sessionsADay
    self.goOnAfter = goOnAfter
    self.weeks = weeks
    self.own = own
  }

  public var isPrescribed: Bool { !by.isEmpty }

  /// Tells programmes apart: a programme that is prescribed anew, with a new date, begins anew; one that is corrected goes on.
  public var identity: String {
    ([name] + [by, date?.description ?? ""].filter { !$0.isEmpty }).joined(separator: ", ")
  }

  public var sessionsAWeek: Int { 7 * sessionsADay }

  /// The week of a number, or the nearest one that there is.
  public func week(_ number: Int) -> Week { weeks[min(max(number, 1), weeks.count) - 1] }

  /// The ids of all that it asks for, in any week.
  public var exercises: Set<String> { weeks.reduce(into: []) { $0.formUnion($1.exercises) } }

  /// Completed home sessions of a day: session n is complete when every movement that is asked for so often was done n
  /// times.
  public func sessions(of week: Week, on day: ExerciseProgress.Day) -> Int {
    let home = week.home.filter { !day.resting.contains($0.exercise) }
    return (1...sessionsADay).prefix { number in
      let asked = home.filter { ($0.timesADay ?? sessionsADay) >= number }
      return !asked.isEmpty && asked.allSatisfy { day.done[$0.exercise, default: 0] >= number }
    }.count
  }
}
