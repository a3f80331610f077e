/// All figures of a period, computed once and handed to every export, which computes nothing (§10 of the design).
///
/// Every figure has its denominator beside it. What nobody said is unknown, never "no", and what no record tells is
/// neither sitting nor a break.
public struct Review: Hashable, Sendable {
  /// The same number of days before: what the figures are compared with.
  public struct Before: Hashable, Sendable {
    public let period: ClosedRange<LocalDate>
    public let diary: DiaryFigures
  }

  /// Days of one weekday.
  public struct Missing: Hashable, Sendable {
    /// From Monday, 1.
    public let weekday: Int
    /// Of which nothing is recorded.
    public let unknown: Int
    /// In the period.
    public let days: Int
  }

  public let terms: ReviewTerms
  /// In order, each day of the period.
  public let days: [ReviewDay]
  public let diary: DiaryFigures
  /// `nil` where nothing is recorded of the time before.
  public let before: Before?
  /// The days of the thirty up to the end of the period on which acute medicine was taken.
  public let medicine30: MedicineDays
  public let onsets: OnsetPattern
  /// One of each kind, in its order.
  public let features: [Feature]
  public let desk: DeskFigures
  /// How sitting was divided; `nil` without a bout.
  public let pattern: BoutMetrics?
  public let exercises: ExerciseFigures
  /// What was in force at the start of the period, then each change in it.
  public let settings: SettingsHistory
  /// Warning signs that the person noted since the period began, or that are open still.
  public let warnings: [WarningReport]
  public let words: PersonsWords
  /// Visits of the period.
  public let visits: [DiaryNote]
  public let lags: EntryLags
  public let association: Association
  /// Trials of a break interval of which a week lies in the period.
  public let trials: [ReviewTrial]
  /// By weekday, Monday first.
  public let missing: [Missing]

  // MARK: The records behind the figures

  /// Headaches that touch the period, by onset.
  public let episodes: [ReviewEpisode]
  /// Bouts that began in it.
  public let bouts: [RecordedBout]
  /// Standing and unknown time that began in it.
  public let stretches: [Stretch]
  public let movements: [ReviewExercise]
  public let scores: [DiaryEntry<Score>]
  public let notes: [DiaryEntry<DiaryNote>]

  /// - Parameters:
  ///   - records: at least of the period, of the same number of days before it, and of 30 days before its end; what lies
  ///     outside bears only on what was in force.
  public init(_ records: ReviewRecords, _ terms: ReviewTerms) {
    self.terms = terms
    let period = terms.period
    let afternoon = (from: terms.afternoonFrom, to: terms.afternoonTo)
    let all = records.diary.episodes.sorted { ($0.episode.onset.at, $0.id) < ($1.episode.onset.at, $1.id) }
    let declared = Dictionary(records.diary.days.map { ($0.date, $0) }, uniquingKeysWith: { $1 })
    let states = declared.mapValues(\.state)

    diary = DiaryFigures(period, all, declared: states, afternoon: afternoon)
    let before = DiaryFigures(terms.periodBefore, all, declared: states, afternoon: afternoon)
    self.before = before.recordedDays > 0 ? Before(period: terms.periodBefore, diary: before) : nil
    let medicines = all.flatMap(\.episode.medicines)
    medicine30 = MedicineDays(medicines, today: period.upperBound)

    let practice = ReviewPractice(records, terms)
    let ledger = ReviewLedger(records, terms)
    bouts = ledger.bouts
    stretches = Stretch.stretches(in: records.spans, period)
    desk = ledger.figures(practice, terms)
    pattern = BoutMetrics(ledger.bouts)
    episodes = all.filter { $0.episode.onset.at.date <= period.upperBound && $0.episode.lastDate >= period.lowerBound }
      .map { ReviewEpisode(record: $0, atDesk: ledger.isAtDesk(at: $0)) }
    let begun = episodes.filter { period.contains($0.episode.onset.at.date) }
    onsets = OnsetPattern(begun, ledger)
    features = Feature.Kind.allCases.map { Feature($0, of: begun.map(\.episode)) }

    let notes = records.diary.notes.filter { $0.content.date <= max(period.upperBound, terms.made.date) }
    words = PersonsWords(notes.map(\.content))
    self.notes = notes.filter { period.contains($0.content.date) }
    visits = self.notes.map(\.content).filter { $0.kind.isVisit }
    scores = records.diary.scores.filter { $0.content.date <= period.upperBound }
    warnings = records.warnings.filter { $0.isOpen || $0.opened.date >= period.lowerBound }
    lags = EntryLags(begun.map(\.record), declared.values.filter { period.contains($0.date) })
    settings = SettingsHistory(records.settings, period)
    association = Association(
      record: ledger.windows, episodes: all, days: states, period: period, changes: settings.scheduleChanges)

    trials = records.trials.filter { ($0.trial.start...$0.trial.lastDay).overlaps(period) }.map {
      ReviewTrial($0, episodes: all, declared: states, today: terms.made.date)
    }

    exercises = practice.figures
    movements = practice.movements
    let days = ReviewDay.days(
      of: period, episodes: episodes.map(\.record), medicines: medicines, declared: declared, ledger: ledger,
      practice: practice)
    self.days = days
    missing = (1...7).map { weekday in
      let some = days.filter { $0.date.weekday == weekday }
      return Missing(weekday: weekday, unknown: some.count { $0.state == .unknown }, days: some.count)
    }
  }
}
