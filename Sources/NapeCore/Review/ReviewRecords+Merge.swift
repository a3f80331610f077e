/// The records of one person from several machines, or from one at several times, as one history.
///
/// It does not matter in which order they are merged, nor how often: the union is commutative, associative and idempotent.
/// What both have alike is there once; of what differs:
///
/// * spans: ``SpanSweep``; those of one machine alone stay as they are, and so do those that are the same on both sides;
/// * totals of a day: of each figure the greater; none for a day of which there are spans;
/// * headaches, notes, scores, desk checks with the same id: the one that was edited, or else entered, last;
/// * days: a headache before `none` before `unknown`, of these what was entered first; all factors that either has;
/// * prompts that were posted at the same time: the one with an outcome, then the one that ended last;
/// * answers of one movement and day: of each side the last, of these the one with more pain;
/// * warning signs that were opened at the same time: closed when the first was, and with their signs only where both have
///   some, since the person may have taken them back;
/// * trials with the same id: stopped when the first was;
/// * exercises, programmes and settings: all.
extension ReviewRecords {
  public mutating func merge(_ other: ReviewRecords) {
    guard self != other else { return }
    mergeDesk(other)
    prompts = Self.union(prompts, other.prompts, by: { RecordKey($0.posted, [$0.kind.rawValue]) }, Self.later)
    diary.merge(other.diary)
    warnings = Self.union(warnings, other.warnings, by: { RecordKey($0.opened, [$0.level.rawValue]) }, Self.joined)
    exercises = Self.union(exercises, other.exercises, by: RecordKey.init, Self.first)
    ratings = Self.union(
      ExerciseRating.lastOfDays(ratings), ExerciseRating.lastOfDays(other.ratings),
      by: { RatingKey(day: $0.day, exercise: $0.exercise) }, Self.graver)
    programmes = Self.union(
      programmes, other.programmes,
      by: { RecordKey($0.since, [$0.name, $0.week.map { String($0) } ?? ""]) }, Self.first)
    settings = Self.union(settings, other.settings, by: { RecordKey($0.since, [$0.key, $0.value]) }, Self.first)
    trials = Self.union(
      trials, other.trials, by: \.id, inOrder: { ($0.planned.wall, $0.id) < ($1.planned.wall, $1.id) }, Self.joined)
  }

  // MARK: How two become one

  /// One of the two where it is all there is; `nil` where they have to be joined.
  private static func either<Item: Equatable>(_ one: [Item], _ other: [Item]) -> [Item]? {
    if other.isEmpty || one == other { return one }
    return one.isEmpty ? other : nil
  }

  /// What either has, in an order, or else that of their keys; of one key what `join` makes of the two.
  fileprivate static func union<Item: Equatable, Key: Hashable & Comparable>(
    _ one: [Item], _ other: [Item], by key: (Item) -> Key, inOrder precedes: ((Item, Item) -> Bool)? = nil,
    _ join: (Item, Item) -> Item
  ) -> [Item] {
    if let all = either(one, other) { return all }
    var joined: [Key: Item] = [:]
    for item in [one, other].joined() {
      let key = key(item)
      joined[key] = joined[key].map { $0 == item ? item : join($0, item) } ?? item
    }
    if let precedes { return joined.values.sorted(by: precedes) }
    return joined.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Of two that are alike.
  private static func first<Item>(_ one: Item, _ other: Item) -> Item { one }

  private mutating func mergeDesk(_ other: ReviewRecords) {
    let isAlike = spans == other.spans && dayTotals == other.dayTotals
    if isAlike || other.spans.isEmpty && other.dayTotals.isEmpty { return }
    if spans.isEmpty && dayTotals.isEmpty {
      (spans, dayTotals) = (other.spans, other.dayTotals)
      return
    }
    spans = Self.either(spans, other.spans) ?? SpanSweep([spans, other.spans]).joined
    dayTotals = Self.union(dayTotals, other.dayTotals, by: \.date) { one, other in
      var total = DayTotal(date: one.date)
      total.sitting = max(one.sitting, other.sitting)
      total.standing = max(one.standing, other.standing)
      total.away = max(one.away, other.away)
      total.unknown = max(one.unknown, other.unknown)
      total.bouts = max(one.bouts, other.bouts)
      total.longestBout = max(one.longestBout, other.longestBout)
      total.breaks = max(one.breaks, other.breaks)
      return total
    }
    guard !dayTotals.isEmpty else { return }
    var known: Set<LocalDate> = []
    for span in spans where span.kind != .unknown { for part in span.parts { known.insert(part.date) } }
    dayTotals.removeAll { known.contains($0.date) }
  }

  private static func later(_ one: RecordedPrompt, _ other: RecordedPrompt) -> RecordedPrompt {
    func rank(_ prompt: RecordedPrompt) -> (Int, Microseconds, String) {
      (prompt.outcome == nil ? 0 : 1, prompt.ended ?? .min, prompt.outcome?.rawValue ?? "")
    }
    return rank(one) < rank(other) ? other : one
  }

  private static func joined(_ one: WarningReport, _ other: WarningReport) -> WarningReport {
    let closed = [one.closed, other.closed].compactMap { $0 }.min {
      ($0.wall, $0.offsetSeconds) < ($1.wall, $1.offsetSeconds)
    }
    let isKept = !one.signs.isEmpty && !other.signs.isEmpty
    return WarningReport(
      level: one.level, signs: isKept ? Set(one.signs + other.signs).sorted() : [], opened: one.opened, closed: closed)
  }

  private static func joined(_ one: TrialRecord, _ other: TrialRecord) -> TrialRecord {
    func rank(_ record: TrialRecord) -> (Microseconds, RecordKey) {
      let trial = record.trial
      let texts = [
        trial.start.description, "\(trial.seed)", "\(trial.pairs)", "\(trial.present)", "\(trial.shorter)",
        record.stopped?.iso8601 ?? "",
      ]
      return (record.stopped?.wall ?? .max, RecordKey(record.planned, texts))
    }
    return rank(one) < rank(other) ? one : other
  }

  private static func graver(_ one: ExerciseRating, _ other: ExerciseRating) -> ExerciseRating {
    func rank(_ rating: ExerciseRating) -> (Int, Int, Int) { (rating.pain, rating.worse ? 1 : 0, rating.level) }
    return rank(one) < rank(other) ? other : one
  }
}

extension DiaryContents {
  fileprivate mutating func merge(_ other: DiaryContents) {
    if self == other { return }
    episodes = ReviewRecords.union(
      episodes, other.episodes, by: \.id,
      inOrder: { ($0.episode.onset.at.wall, $0.id) < ($1.episode.onset.at.wall, $1.id) }, Self.later)
    days = ReviewRecords.union(days, other.days, by: \.date, Self.joined)
    notes = Self.entries(notes, other.notes, date: \.date) { "\($0.kind.rawValue) \($0.text)" }
    scores = Self.entries(scores, other.scores, date: \.date) { "\($0.instrument.rawValue) \($0.total)" }
    deskChecks = Self.entries(deskChecks, other.deskChecks, date: \.date) { check in
      check.answers.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: "\n")
    }
  }

  private static func later(_ one: EpisodeRecord, _ other: EpisodeRecord) -> EpisodeRecord {
    one.version < other.version ? other : one
  }

  /// By the day they are about, then as they were entered.
  private static func entries<Content: Hashable>(
    _ one: [DiaryEntry<Content>], _ other: [DiaryEntry<Content>], date: @escaping (Content) -> LocalDate,
    text: @escaping (Content) -> String
  ) -> [DiaryEntry<Content>] {
    func version(_ entry: DiaryEntry<Content>) -> RecordKey {
      RecordKey(
        entry.entered, [date(entry.content).description, text(entry.content), entry.way.rawValue])
    }
    return ReviewRecords.union(
      one, other, by: \.id,
      inOrder: {
        (date($0.content), $0.entered.wall, $0.id) < (date($1.content), $1.entered.wall, $1.id)
      }, { version($0) < version($1) ? $1 : $0 })
  }

  private static func joined(_ one: DayRecord, _ other: DayRecord) -> DayRecord {
    func rank(_ day: DayRecord) -> (Int, RecordKey) {
      let state =
        switch day.state {
        case .headache: 0
        case .none: 1
        case .unknown: 2
        }
      return (state, RecordKey(day.entered, [day.way.rawValue]))
    }
    var day = rank(one) < rank(other) ? one : other
    if one.factors != nil || other.factors != nil {
      let noted = Set((one.factors ?? []) + (other.factors ?? []))
      day.factors = DayFactor.allCases.filter(noted.contains)
    }
    return day
  }
}

extension EpisodeRecord {
  /// Of two with the same id the greater is the later one; what says the same is equal.
  fileprivate var version: RecordKey {
    let fields = episode.fields.map { "\($0.key.rawValue) \($0.value.text)" }.sorted()
    let medicines = episode.medicines.map { medicine in
      [
        medicine.taken.iso8601, medicine.name, medicine.medicineClass.rawValue, medicine.dose ?? "",
        medicine.helped?.rawValue ?? "",
      ].joined(separator: "\n")
    }
    let times = [episode.onset.at, episode.end?.stamp, entered, edited].map { $0?.iso8601 ?? "" }
    // A context is stored anew when the record has gone on.
    let desk = context.map { "\($0.isComplete ? 1 : 0) \($0)" } ?? ""
    return RecordKey(
      edited ?? entered,
      [desk, episode.onset.precision.rawValue, episode.end?.word.rawValue ?? "", way.rawValue] + times + fields
        + medicines)
  }
}

// MARK: Keys

/// By time, then by what else tells two apart.
private struct RecordKey: Hashable, Comparable {
  private let at: Stamp
  private let texts: [String]

  init(_ at: Stamp, _ texts: [String]) { (self.at, self.texts) = (at, texts) }

  init(_ entry: ExerciseEntry) {
    self.init(
      Stamp(wall: entry.done, offsetSeconds: entry.offsetSeconds),
      [
        entry.exercise, "\(entry.level)", entry.way.rawValue, entry.promptID.map { "\($0)" } ?? "",
      ])
  }

  static func < (left: RecordKey, right: RecordKey) -> Bool {
    if left.at.wall != right.at.wall { return left.at.wall < right.at.wall }
    if left.at.offsetSeconds != right.at.offsetSeconds { return left.at.offsetSeconds < right.at.offsetSeconds }
    return left.texts.lexicographicallyPrecedes(right.texts)
  }
}

private struct RatingKey: Hashable, Comparable {
  let day: LocalDate
  let exercise: String

  static func < (left: RatingKey, right: RatingKey) -> Bool { (left.day, left.exercise) < (right.day, right.exercise) }
}
