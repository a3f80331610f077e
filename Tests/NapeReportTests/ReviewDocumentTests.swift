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
    records.settings = [SettingRecord(key: "exercises.programme", value: "/a/\u{1}ü \\", since: half)]
    records.trials = [nil, half].map { stopped in
      TrialRecord(
        id: Juniper.id(7), trial: Trial(start: at.date, seed: 4711, present: 50 * .minute, shorter: 30 * .minute),
        planned: at, stopped: stopped)
    }
    var terms = Juniper.terms()
    terms.pseudonym = nil
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
