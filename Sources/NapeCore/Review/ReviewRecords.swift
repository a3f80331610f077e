/// What a review is made from: the records of one person, from one machine or from several (``merge(_:)``).
public struct ReviewRecords: Hashable, Sendable {
  /// In the ledger's order.
  public var spans: [Span]
  /// Of days whose spans are kept no longer; by date.
  public var dayTotals: [DayTotal]
  /// As they were posted.
  public var prompts: [RecordedPrompt]
  public var diary: DiaryContents
  public var warnings: [WarningReport]
  /// As they were done.
  public var exercises: [ExerciseEntry]
  /// As they were given.
  public var ratings: [ExerciseRating]
  /// As they came into force.
  public var programmes: [ProgrammeRecord]
  /// As they came into force.
  public var settings: [SettingRecord]
  /// As they were planned.
  public var trials: [TrialRecord]

  public init(
    spans: [Span] = [], dayTotals: [DayTotal] = [], prompts: [RecordedPrompt] = [],
    diary: DiaryContents = DiaryContents(), warnings: [WarningReport] = [], exercises: [ExerciseEntry] = [],
    ratings: [ExerciseRating] = [], programmes: [ProgrammeRecord] = [], settings: [SettingRecord] = [],
    trials: [TrialRecord] = []
  ) {
    self.spans = spans
    self.dayTotals = dayTotals
    self.prompts = prompts
    self.diary = diary
    self.warnings = warnings
    self.exercises = exercises
    self.ratings = ratings
    self.programmes = programmes
    self.settings = settings
    self.trials = trials
  }
}
