/// What a review is asked for: the period, and what its figures are made by.
public struct ReviewTerms: Hashable, Sendable {
  /// The first and the last local day.
  public var period: ClosedRange<LocalDate>
  /// When the review is made.
  public var made: Stamp
  /// What the person is called on it; `nil` for no name.
  public var pseudonym: String?
  /// `diary.afternoon`, in seconds since midnight.
  public var afternoonFrom: Int
  public var afternoonTo: Int
  /// `presence.away_after`, in µs.
  public var awayAfter: Microseconds
  /// `presence.break_after`, in µs.
  public var breakAfter: Microseconds
  /// `prompts.follow`, in µs.
  public var follow: Microseconds
  /// `sitting.prolonged`, in µs.
  public var prolonged: Microseconds
  /// The programme in force now, without movements of its own: what they are called is in ``exerciseNames``.
  public var programme: Programme?
  /// What movements are called, by their ids.
  public var exerciseNames: [String: String]
  /// What their levels ask for, by their ids and the numbers of the levels.
  public var exerciseDoses: [String: [Int: Dose]]

  public init(
    period: ClosedRange<LocalDate>, made: Stamp, settings: Settings, pseudonym: String? = nil,
    programme: Programme? = nil, exerciseNames: [String: String] = [:],
    exerciseDoses: [String: [Int: Dose]] = [:]
  ) {
    self.period = period
    self.made = made
    self.pseudonym = pseudonym
    afternoonFrom = settings.diary.afternoonFrom
    afternoonTo = settings.diary.afternoonTo
    awayAfter = settings.presence.awayAfter
    breakAfter = settings.presence.breakAfter
    follow = settings.prompts.follow
    prolonged = settings.sitting.prolonged
    self.programme = programme
    self.programme?.own = []
    self.exerciseNames = exerciseNames
    self.exerciseDoses = exerciseDoses
  }

  /// The same number of days just before.
  public var periodBefore: ClosedRange<LocalDate> {
    let days = period.upperBound.daysSinceEpoch - period.lowerBound.daysSinceEpoch + 1
    return period.lowerBound.adding(days: -days)...period.lowerBound.adding(days: -1)
  }

  /// The first day of which records bear on the figures: of the time before, and of the thirty days with medicine.
  public var firstDay: LocalDate { min(periodBefore.lowerBound, period.upperBound.adding(days: -29)) }

  /// So many weeks, up to yesterday: today is not over, and would be counted as not recorded.
  public static func weeks(_ count: Int, before today: LocalDate) -> ClosedRange<LocalDate> {
    today.adding(days: -7 * count)...today.adding(days: -1)
  }
}
