import FoundationEssentials
import JSON
import NapeCore

extension ReviewDocument {
  /// What a file may hold, in bytes: the spans of ten years, several times over.
  public static let most = 64 << 20

  /// In characters.
  public static let longestPseudonym = 100
  /// How many records of a kind there may be.
  private static let mostRecords = 1_000_000
  /// In days: what a review may be of, and what can be gone through.
  private static let longestPeriod = 10_000
  /// Times between 1900 and 2200, UTC in µs.
  private static let times: ClosedRange<Int64> = -2_208_988_800_000_000...7_258_118_400_000_000
  /// In µs: a span may be as long as nobody was there, but not longer than a life, and no more are all together.
  private static let lengths: ClosedRange<Int64> = 1...3_200_000_000_000_000

  /// - Throws: ``ImportRow/Wrong`` where it is no review, or one that cannot be.
  public init(_ bytes: [UInt8]) throws(ImportRow.Wrong) {
    let json: JSON
    do { json = try JSONDecoder().decode(JSON.self, from: Data(bytes)) } catch {
      throw .init("this is no JSON: a review.json as nape export writes it")
    }
    guard case .object(let members) = json, case .number(let found)? = members["nape-review"] else {
      throw .init("this is no review: an object with the member \"nape-review\": \(Self.version)")
    }
    guard found == Double(Self.version) else { throw .init("it has the version \(found): \(Self.version)") }
    var object = try JSONMembers(json)
    let (period, made) = (try Self.period(&object), try object.stamp("made"))
    let pseudonym = try object.optional("pseudonym") { (value) throws(ImportRow.Wrong) in
      try JSONMembers.text(value, longest: Self.longestPseudonym)
    }
    terms = try object.required("terms") { (value) throws(ImportRow.Wrong) in
      try Self.terms(value, period, made, pseudonym)
    }
    records = try object.required("records", Self.records)
  }

  private static func period(_ object: inout JSONMembers) throws(ImportRow.Wrong) -> ClosedRange<LocalDate> {
    let (from, to) = (try object.date("from"), try object.date("to"))
    guard from <= to, to.daysSinceEpoch - from.daysSinceEpoch < longestPeriod else {
      throw .init("from, to: the first day, then the last, and \(longestPeriod) days at most")
    }
    return from...to
  }

  // MARK: What the figures are made by

  private static func terms(
    _ value: JSON, _ period: ClosedRange<LocalDate>, _ made: Stamp, _ pseudonym: String?
  ) throws(ImportRow.Wrong) -> ReviewTerms {
    var object = try JSONMembers(value)
    var terms = ReviewTerms(period: period, made: made, settings: Settings(), pseudonym: pseudonym)
    let afternoon = try object.list("afternoon_s", atMost: 2) { (value) throws(ImportRow.Wrong) in
      Int(try JSONMembers.whole(value, in: 0...86_400))
    }
    guard afternoon.count == 2 else { throw .init("afternoon_s: two") }
    (terms.afternoonFrom, terms.afternoonTo) = (afternoon[0], afternoon[1])
    if let awayAfter = try object.optional("away_after_usec", JSONMembers.length) { terms.awayAfter = awayAfter }
    terms.breakAfter = try object.number("break_after_usec")
    terms.follow = try object.number("follow_usec")
    terms.prolonged = try object.number("prolonged_usec")
    terms.programme = try object.optional("programme", programme)
    terms.exerciseNames =
      try object.optional("exercise_names") { (value) throws(ImportRow.Wrong) in
        try named(value) { (name) throws(ImportRow.Wrong) in try JSONMembers.text(name, longest: 1000) }
      } ?? [:]
    terms.exerciseDoses =
      try object.optional("exercise_doses") { (value) throws(ImportRow.Wrong) in
        try named(value, levels)
      } ?? [:]
    try object.finish()
    return terms
  }

  /// An object with what belongs to each name.
  private static func named<Value>(
    _ value: JSON, _ read: (JSON) throws(ImportRow.Wrong) -> Value
  ) throws(ImportRow.Wrong) -> [String: Value] {
    guard case .object(let members) = value, members.count <= 1000 else { throw .init("an object of at most 1000") }
    var values: [String: Value] = [:]
    for (name, value) in members { values[name] = try read(value) }
    return values
  }

  /// The doses of a movement by its levels.
  private static func levels(_ value: JSON) throws(ImportRow.Wrong) -> [Int: Dose] {
    var doses: [Int: Dose] = [:]
    for (level, dose) in try named(value, dose) {
      guard let level = Int(level) else { throw .init("levels: whole numbers") }
      doses[level] = dose
    }
    return doses
  }

  private static func dose(_ value: JSON) throws(ImportRow.Wrong) -> Dose {
    guard case .text(let text) = value, let dose = Dose(text) else { throw .init(Dose.allowed) }
    return dose
  }

  private static func programme(_ value: JSON) throws(ImportRow.Wrong) -> Programme {
    var object = try JSONMembers(value)
    let programme = Programme(
      name: try object.required("name", words), by: try object.required("by", words),
      date: try object.optional("date", JSONMembers.date), review: try object.optional("review", JSONMembers.date),
      isCleared: try object.flag("cleared"), sessionsADay: try object.required("sessions_a_day", few),
      goOnAfter: try object.required("go_on_after", few), weeks: try object.list("weeks", atMost: 52, week), own: [])
    guard !programme.weeks.isEmpty, programme.sessionsADay > 0 else { throw .init("weeks and sessions: at least one") }
    try object.finish()
    return programme
  }

  private static func week(_ value: JSON) throws(ImportRow.Wrong) -> Programme.Week {
    var object = try JSONMembers(value)
    let week = Programme.Week(
      number: try object.required("number", few), title: try object.required("title", words),
      home: try object.list("home", atMost: 100, item), strength: try object.list("strength", atMost: 100, item),
      desk: try object.list("desk", atMost: 100) { (value) throws(ImportRow.Wrong) in
        guard case .list(let items) = value, items.count <= 100 else { throw .init("a list of at most 100") }
        var set: [Programme.Item] = []
        for value in items { set.append(try item(value)) }
        return set
      }, goal: try object.required("goal", words))
    try object.finish()
    return week
  }

  private static func item(_ value: JSON) throws(ImportRow.Wrong) -> Programme.Item {
    var object = try JSONMembers(value)
    let days = try object.list("days", atMost: 2, few)
    guard days.isEmpty || days.count == 2 && days[0] <= days[1] else { throw .init("days: two, the lesser first") }
    let item = Programme.Item(
      exercise: try object.required("exercise", words), level: try object.required("level", few),
      side: try object.optional("side") { (value) throws(ImportRow.Wrong) in
        try JSONMembers.word(value, BodySide.self)
      },
      dose: try object.optional("dose", dose),
      timesADay: try object.optional("times_a_day", few), days: days.isEmpty ? nil : days[0]...days[1],
      instruction: try object.required("instruction", words))
    try object.finish()
    return item
  }

  /// Any text without control characters, or none.
  private static func words(_ value: JSON) throws(ImportRow.Wrong) -> String {
    try JSONMembers.textOrNone(value, longest: 10_000)
  }

  private static func few(_ value: JSON) throws(ImportRow.Wrong) -> Int {
    Int(try JSONMembers.whole(value, in: 0...1000))
  }

  // MARK: Records

  private static func records(_ value: JSON) throws(ImportRow.Wrong) -> ReviewRecords {
    var object = try JSONMembers(value)
    let boots = try object.list("boots", atMost: mostRecords, words)
    var records = ReviewRecords()
    var left = lengths.upperBound
    records.spans = try object.list("spans", atMost: mostRecords) { (value) throws(ImportRow.Wrong) in
      let span = try span(value, boots)
      guard span.length <= left else { throw .init("all spans together: \(lengths.upperBound) at most") }
      left -= span.length
      return span
    }
    var dates: Set<LocalDate> = []
    records.dayTotals = try object.list("day_totals", atMost: longestPeriod * 10) { (value) throws(ImportRow.Wrong) in
      let total = try total(value)
      guard dates.insert(total.date).inserted else { throw .init("one of \(total.date) alone") }
      return total
    }
    records.prompts = try object.list("prompts", atMost: mostRecords, prompt)
    records.diary = try object.required("diary", DiaryDocument.contents)
    records.warnings = try object.list("warnings", atMost: mostRecords, warning)
    records.exercises = try object.list("exercises", atMost: mostRecords, exercise)
    records.ratings = try object.list("ratings", atMost: mostRecords, rating)
    records.programmes = try object.list("programmes", atMost: mostRecords, programmeRecord)
    records.settings = try object.list("settings", atMost: mostRecords, setting)
    records.trials = try object.list("trials", trial)
    try object.finish()
    return records
  }

  private static func span(_ value: JSON, _ boots: [String]) throws(ImportRow.Wrong) -> Span {
    guard case .list(let parts) = value, parts.count == 8 else { throw .init("a list of eight") }
    let offsets = Int64(Zone.offsetRange.lowerBound)...Int64(Zone.offsetRange.upperBound)
    let boot = Int(try JSONMembers.whole(parts[5], in: 0...Int64(max(0, boots.count - 1))))
    guard boots.indices.contains(boot) else { throw .init("a boot of the list") }
    let begin = Moment(
      boot: try JSONMembers.whole(parts[6], in: times), monotonic: try JSONMembers.whole(parts[7], in: times),
      wall: try JSONMembers.whole(parts[2], in: times),
      offsetSeconds: Int(try JSONMembers.whole(parts[3], in: offsets)))
    return Span(
      kind: try JSONMembers.word(parts[0], Span.Kind.self), evidence: try JSONMembers.word(parts[1], Evidence.self),
      begin: begin, length: try JSONMembers.whole(parts[4], in: lengths), bootID: boots[boot])
  }

  private static func total(_ value: JSON) throws(ImportRow.Wrong) -> DayTotal {
    var object = try JSONMembers(value)
    var total = DayTotal(date: try object.date())
    total.sitting = try object.required("sitting_usec", dayLength)
    total.standing = try object.required("standing_usec", dayLength)
    total.away = try object.required("away_usec", dayLength)
    total.unknown = try object.required("unknown_usec", dayLength)
    total.bouts = try object.required("bouts", many)
    total.longestBout = try object.required("longest_bout_usec", dayLength)
    total.breaks = try object.required("breaks", many)
    try object.finish()
    return total
  }

  /// In µs: a day that comes again, since the clock was set back, has its total added.
  private static func dayLength(_ value: JSON) throws(ImportRow.Wrong) -> Microseconds {
    try JSONMembers.whole(value, in: 0...(4 * 24 * .hour))
  }

  private static func many(_ value: JSON) throws(ImportRow.Wrong) -> Int {
    Int(try JSONMembers.whole(value, in: 0...Int64(mostRecords)))
  }

  private static func prompt(_ value: JSON) throws(ImportRow.Wrong) -> RecordedPrompt {
    var object = try JSONMembers(value)
    let prompt = RecordedPrompt(
      kind: try object.word("kind"), posted: try object.stamp("posted"),
      outcome: try object.optional("outcome") { (value) throws(ImportRow.Wrong) in
        try JSONMembers.word(value, Outcome.self)
      },
      ended: try object.optional("ended_utc_usec") { (value) throws(ImportRow.Wrong) in
        try JSONMembers.whole(value, in: times)
      })
    try object.finish()
    return prompt
  }

  private static func warning(_ value: JSON) throws(ImportRow.Wrong) -> WarningReport {
    var object = try JSONMembers(value)
    let warning = WarningReport(
      level: try object.word("level"), signs: try object.list("signs", words), opened: try object.stamp("opened"),
      closed: try object.optional("closed", JSONMembers.stamp))
    try object.finish()
    return warning
  }

  private static func exercise(_ value: JSON) throws(ImportRow.Wrong) -> ExerciseEntry {
    var object = try JSONMembers(value)
    let done = try object.stamp("done")
    let entry = ExerciseEntry(
      exercise: try object.required("exercise", words), level: try object.required("level", few), done: done.wall,
      offsetSeconds: done.offsetSeconds,
      promptID: try object.optional("prompt", JSONMembers.length).map { UInt64($0) }, way: try object.word("way"))
    try object.finish()
    return entry
  }

  private static func rating(_ value: JSON) throws(ImportRow.Wrong) -> ExerciseRating {
    var object = try JSONMembers(value)
    let rating = ExerciseRating(
      exercise: try object.required("exercise", words), level: try object.required("level", few),
      day: try object.date(),
      pain: try object.required("pain") { (value) throws(ImportRow.Wrong) in
        Int(try JSONMembers.whole(value, in: 0...10))
      }, worse: try object.flag("worse"))
    try object.finish()
    return rating
  }

  private static func programmeRecord(_ value: JSON) throws(ImportRow.Wrong) -> ProgrammeRecord {
    var object = try JSONMembers(value)
    let record = ProgrammeRecord(
      name: try object.required("name", words), week: try object.optional("week", few),
      since: try object.stamp("since"))
    try object.finish()
    return record
  }

  private static func key(_ value: JSON) throws(ImportRow.Wrong) -> String {
    guard case .text(let key) = value, SettingRecord.keys.contains(key) else {
      throw .init("one of: \(SettingRecord.keys.joined(separator: ", "))")
    }
    return key
  }

  private static func setting(_ value: JSON) throws(ImportRow.Wrong) -> SettingRecord {
    var object = try JSONMembers(value)
    let record = SettingRecord(
      key: try object.required("key", key), value: try object.required("value", words),
      since: try object.stamp("since"))
    try object.finish()
    return record
  }

  private static func seed(_ value: JSON) throws(ImportRow.Wrong) -> UInt64 {
    let seeds = Trial.seeds
    return UInt64(try JSONMembers.whole(value, in: Int64(seeds.lowerBound)...Int64(seeds.upperBound - 1)))
  }

  private static func trial(_ value: JSON) throws(ImportRow.Wrong) -> TrialRecord {
    var object = try JSONMembers(value)
    let trial = Trial(
      start: try object.date("start"), seed: try object.required("seed", seed),
      pairs: try object.required("pairs", few), present: try object.number("present_usec"),
      shorter: try object.number("shorter_usec"))
    let record = TrialRecord(
      id: try object.id(), trial: trial, planned: try object.stamp("planned"),
      stopped: try object.optional("stopped", JSONMembers.stamp))
    try object.finish()
    return record
  }
}
