import Foundation
import JSON
import NapeCore
import Testing

@testable import NapeReport

/// `review.json`: what is written is read as the same, and what cannot be is refused with its place.
@Suite struct ReviewDocumentTests {
  private static let written = ReviewDocument.json(Juniper.review, Juniper.records())

  private func read(_ text: String) throws -> ReviewDocument { try ReviewDocument(Array(text.utf8)) }

  @Test func recordsAndReviewComeBack() throws {
    let document = try read(Self.written)
    #expect(document.records == Juniper.records())
    #expect(document.terms == Juniper.terms())
    #expect(Review(document.records, document.terms) == Juniper.review)
    #expect(ReviewDocument.json(Review(document.records, document.terms), document.records) == Self.written)
  }

  @Test func everyKindOfRecordComesBack() throws {
    let at = Juniper.at("2026-09-20", "10:00")
    let half = Stamp(wall: at.wall + 500_001, offsetSeconds: 20_700)
    var records = ReviewRecords()
    records.spans = zip(Span.Kind.allCases + Span.Kind.allCases + Span.Kind.allCases, Evidence.allCases).map {
      Span(
        kind: $0, evidence: $1,
        begin: Moment(boot: 7, monotonic: 5, wall: half.wall, offsetSeconds: half.offsetSeconds), length: 3,
        bootID: $1.rawValue)
    }
    var total = DayTotal(date: at.date)
    (total.sitting, total.standing, total.away, total.unknown) = (1, 2, 3, 4)
    (total.bouts, total.longestBout, total.breaks) = (5, 6, 7)
    records.dayTotals = [total]
    records.prompts = Prompt.Kind.allCases.map { RecordedPrompt(kind: $0, posted: half, outcome: nil, ended: nil) }
    records.prompts += Outcome.allCases.map {
      RecordedPrompt(kind: .move, posted: half, outcome: $0, ended: half.wall + 1)
    }
    records.diary.days = [
      DayRecord(date: at.date, state: .headache, entered: at, way: .notification),
      DayRecord(date: at.date.adding(days: 1), state: .none, factors: DayFactor.allCases, entered: half, way: .dbus),
      DayRecord(date: at.date.adding(days: 2), state: .unknown, factors: [], entered: half, way: .imported),
    ]
    records.diary.deskChecks = [
      DiaryEntry(
        id: Juniper.id(3), content: DeskCheck(date: at.date, answers: ["screen": "yes", "chair": "no"]), entered: at,
        way: .commandLine)
    ]
    records.warnings = WarningReport.Level.allCases.map { WarningReport(level: $0, signs: [], opened: half) }
    records.exercises = EntryWay.allCases.map {
      ExerciseEntry(exercise: "E\"1", level: 2, done: half.wall, offsetSeconds: -3600, promptID: 9, way: $0)
    }
    records.ratings = [ExerciseRating(exercise: "E01", level: 2, day: at.date, pain: 10, worse: true)]
    records.programmes = [
      ProgrammeRecord(name: "a, b", week: nil, since: half), ProgrammeRecord(name: "", week: 3, since: at),
    ]
    records.settings = [SettingRecord(key: "exercises.programme", value: "/a/ü \\", since: half)]
    records.trials = [nil, half].map { stopped in
      TrialRecord(
        id: Juniper.id(7), trial: Trial(start: at.date, seed: 4711, present: 50 * .minute, shorter: 30 * .minute),
        planned: at, stopped: stopped)
    }
    var terms = Juniper.terms()
    terms.pseudonym = nil
    terms.awayAfter = 7 * .minute
    let dose = ["2x10x10s", "1x10", "2min", "2x30s", "20-30s", "up to 2min"].compactMap { Dose($0) }
    terms.exerciseDoses = ["E01": Dictionary(uniqueKeysWithValues: zip(1..., dose)), "E02": [:]]
    terms.programme = Programme(
      name: "Neck", by: "Dr X", date: at.date, review: at.date.adding(days: 40), isCleared: true, sessionsADay: 2,
      goOnAfter: 10,
      weeks: [
        Programme.Week(
          number: 1, title: "One", home: dose.map { Programme.Item(exercise: "E01", level: 1, dose: $0) },
          strength: [Programme.Item(exercise: "E05", level: 2, side: .left, timesADay: 1, days: 3...5)],
          desk: [[Programme.Item(exercise: "E03", level: 1, instruction: "slowly")], []], goal: "")
      ], own: [])
    let document = try read(ReviewDocument.json(Review(records, terms), records))
    #expect(document.records == records)
    #expect(document.terms == terms)
  }

  @Test func nothingComesBackAsNothing() throws {
    let review = Review(ReviewRecords(), Juniper.terms())
    let document = try read(ReviewDocument.json(review, ReviewRecords()))
    #expect(document.records == ReviewRecords())
    #expect(Review(document.records, document.terms) == review)
  }

  @Test func withoutNotesItComesBackAsWell() throws {
    let shipped = Shipped(exercises: [:], programmes: [], programmeSettings: [])
    let told = Juniper.records().withoutNotes(Juniper.terms(), shipped)
    #expect(told.records.diary.episodes.contains { !$0.episode.medicines.isEmpty })
    let document = try read(ReviewDocument.json(Review(told.records, told.terms), told.records))
    #expect(document.records == told.records && document.terms == told.terms)
    // An import is refused what a review may leave out.
    let diary = DiaryDocument.json(told.records.diary)
    #expect(
      try DiaryDocument.rows(Array(diary.utf8)).contains { row in
        if case .failure(let wrong) = row.item { wrong.what.contains("name") } else { false }
      })
  }

  @Test func whatWasUsualThenHoldsWhereTheTermsLackIt() throws {
    let part = #""away_after_usec": \#(Juniper.terms().awayAfter), "#
    #expect(Self.written.contains(part))
    #expect(try read(Self.written.replacingOccurrences(of: part, with: "")).terms == Juniper.terms())
  }

  @Test func totalsOfADayDoNotTellItsBoutsApart() throws {
    var total = DayTotal(date: Juniper.terms().period.lowerBound)
    (total.sitting, total.bouts, total.breaks) = (5 * .hour, 4, 3)
    let records = ReviewRecords(dayTotals: [total])
    let written = ReviewDocument.json(Review(records, Juniper.terms()), records)
    #expect(written.contains(#""bouts": 4, "longest_bout_usec": 0, "breaks": 3}"#))
    #expect(!written.contains("bouts_ge30") && !written.contains("breaks_ge5"))
    #expect(Self.written.contains("bouts_ge30") && Self.written.contains("breaks_ge5"))
  }

  /// What could not be added up.
  @Test func lengthsAreBoundedTogether() throws {
    let begin = Moment(boot: 0, monotonic: 0, wall: Juniper.terms().made.wall, offsetSeconds: 0)
    let span = Span(kind: .away, evidence: .idle, begin: begin, length: 3_000_000_000_000_000, bootID: "invented")
    func wrong(_ records: ReviewRecords) -> String? {
      let written = ReviewDocument.json(Juniper.review, records)
      return #expect(throws: ImportRow.Wrong.self) { try read(written) }?.what
    }
    let one = try read(ReviewDocument.json(Juniper.review, ReviewRecords(spans: [span])))
    #expect(one.records.spans == [span])
    #expect(wrong(ReviewRecords(spans: [span, span]))?.hasPrefix("records: spans[1]: all spans together") == true)
    var total = DayTotal(date: begin.stamp.date)
    #expect(wrong(ReviewRecords(dayTotals: [total, total]))?.hasPrefix("records: day_totals[1]: one of ") == true)
    total.sitting = 5 * 24 * .hour
    #expect(wrong(ReviewRecords(dayTotals: [total]))?.hasPrefix("records: day_totals[0]: sitting_usec") == true)
  }

  @Test(arguments: [-Microseconds.second, EntryRules.longestEpisode + .second])
  func aHeadacheThatCannotBeIsRefused(length: Microseconds) throws {
    var records = ReviewRecords()
    records.diary.episodes = Array(Juniper.records().diary.episodes.prefix(2))
    let onset = records.diary.episodes[1].episode.onset.at
    records.diary.episodes[1].episode.end = .ended(
      Stamp(wall: onset.wall + length, offsetSeconds: onset.offsetSeconds))
    let written = ReviewDocument.json(Juniper.review, records)
    let error = #expect(throws: ImportRow.Wrong.self) { try read(written) }
    #expect(error?.what.hasPrefix("records: diary: episodes[1]: ") == true, "\(error?.what ?? "")")
  }

  @Test func whatNobodyCouldHaveNotedIsRefused() throws {
    let at = Juniper.terms().made
    let trial = Trial(start: at.date, seed: 1_000_000, present: 50 * .minute, shorter: 30 * .minute)
    let cases: [(ReviewRecords, String)] = [
      (
        ReviewRecords(settings: [SettingRecord(key: "exercises.programme", value: "\u{1b}[2J", since: at)]),
        "settings[0]: value: "
      ),
      (ReviewRecords(settings: [SettingRecord(key: "secret", value: "1", since: at)]), "settings[0]: key: one of"),
      (
        ReviewRecords(warnings: [WarningReport(level: .sameDay, signs: ["\u{9b}"], opened: at)]),
        "warnings[0]: signs[0]: "
      ),
      (
        ReviewRecords(
          exercises: [
            ExerciseEntry(exercise: "\u{7f}", level: 1, done: at.wall, offsetSeconds: at.offsetSeconds, way: .dbus)
          ]), "exercises[0]: exercise: "
      ),
      (
        ReviewRecords(trials: [TrialRecord(id: Juniper.id(7), trial: trial, planned: at)]),
        "trials[0]: seed: a whole number, 0 to 999999"
      ),
    ]
    for (records, what) in cases {
      let written = ReviewDocument.json(Juniper.review, records)
      let error = #expect(throws: ImportRow.Wrong.self) { try read(written) }
      #expect(error?.what.hasPrefix("records: " + what) == true, "\(error?.what ?? "")")
    }
  }

  @Test func figuresHaveTheirDenominators() throws {
    let json = try JSONDecoder().decode(JSON.self, from: Data(Self.written.utf8))
    func member(_ names: String...) -> JSON? {
      names.reduce(json) { value, name in if case .object(let members)? = value { members[name] } else { nil } }
    }
    #expect(member("figures", "diary", "headache_days") == .number(7))
    #expect(member("figures", "diary", "recorded_days") == .number(24))
    #expect(member("figures", "diary", "headache_days_bounds") == .list([.number(7), .number(11)]))
    #expect(member("figures", "diary", "duration_h", "median") == .number(2.75))
    #expect(member("figures", "diary", "duration_h", "n") == .number(6))
    #expect(member("figures", "desk", "prompts_move") == .number(Double(Juniper.review.desk.movePrompts)))
    #expect(member("figures", "desk", "coverage") == Juniper.review.desk.coverage.map { .number($0) })
    #expect(member("figures", "features", "neck_with", "noted") == .number(6))
    if case .list(let days)? = member("figures", "days") {
      #expect(days.count == 28)
    } else {
      Issue.record("there are no days")
    }
    if case .list(let parts)? = member("figures", "association") { #expect(parts.count == 2) }
  }

  @Test(arguments: [
    ("", "no JSON"),
    ("{}", "no review"),
    ("[]", "no review"),
    (#"{"nape-diary": 1}"#, "no review"),
    (#"{"nape-review": 2}"#, "version 2"),
    (#"{"nape-review": 1e300}"#, "version"),
    (#"{"nape-review": 1}"#, "\"from\" is missing"),
    (String(repeating: "[", count: 100_000), "no JSON"),
  ])
  func whatIsNoneIsRefused(text: String, what: String) throws {
    let error = #expect(throws: ImportRow.Wrong.self) { try read(text) }
    #expect(error?.what.contains(what) == true, "\(error?.what ?? "")")
  }

  /// What a part of the document is replaced by, and what is said of it.
  @Test(arguments: [
    (#""from": "2026-09-07""#, #""from": "2026-10-07""#, "from, to"),
    (#""from": "2026-09-07""#, #""from": "0001-01-01""#, "from, to"),
    (#"["away","suspended","#, #"["asleep","suspended","#, "records: spans[0]: one of: sitting"),
    (#"["away","suspended",1786345200000000,"#, #"["away","suspended",1e300,"#, "records: spans[0]: a whole number"),
    (#"["away","suspended",1786345200000000,"#, #"["away","suspended",1.5,"#, "records: spans[0]: a whole number"),
    (#"["away","suspended",1786345200000000,"#, #"["away","suspended","#, "records: spans[0]: a list of eight"),
    (#""boots": ["invented"]"#, #""boots": []"#, "records: spans[0]"),
    (#""nape-diary": 1"#, #""nape-diary": 7"#, "records: diary: it has the version 7"),
    (#""peak_nrs": 5"#, #""peak_nrs": 50"#, "records: diary: episodes["),
    (#""break_after_usec": 120000000"#, #""break_after_usec": -1"#, "terms: break_after_usec"),
    (#""afternoon_s": [43200, 64800]"#, #""afternoon_s": [43200]"#, "terms: afternoon_s"),
    (#""posted": "2026"#, #""posted": "20x6"#, "records: prompts[0]: posted: a time"),
    (#""settings": [\#n{"key""#, #""settings": [\#n{"kay""#, "records: settings[0]"),
  ])
  func whatCannotBeIsToldWithItsPlace(part: String, other: String, what: String) throws {
    let found = Self.written.range(of: part)
    let range = try #require(found)
    let error = #expect(throws: ImportRow.Wrong.self) {
      try read(Self.written.replacingCharacters(in: range, with: other))
    }
    #expect(error?.what.hasPrefix(what) == true, "\(error?.what ?? "")")
  }

  /// Cut off anywhere it is no review.
  @Test func aPieceIsRefused() throws {
    let bytes = Array(Self.written.utf8)
    for share in 1..<20 {
      #expect(throws: ImportRow.Wrong.self) { try ReviewDocument(Array(bytes[..<(bytes.count * share / 20)])) }
    }
  }
}
