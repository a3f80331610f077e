import NapeCore
import Testing

/// What is left out where somebody wants no words of theirs in an export.
@Suite struct WithoutNotesTests {
  @Test func theWordsOfAPrescriptionGoAndItsFiguresStay() {
    let item = Programme.Item(exercise: "P1", level: 1, instruction: "secret")
    let programme = Programme(
      name: "secret", by: "Dr. secret", date: LocalDate("2026-03-01"), review: nil, isCleared: true, sessionsADay: 1,
      goOnAfter: 4,
      weeks: [.init(number: 1, title: "secret", home: [item], strength: [item], desk: [[item]], goal: "secret")],
      own: [])
    var records = ReviewRecords()
    records.programmes = [
      ProgrammeRecord(name: "an older secret", week: 1, since: RecordLine.stamp("2026-02-01T08:00")),
      ProgrammeRecord(name: programme.identity, week: 1, since: RecordLine.stamp("2026-03-02T08:00")),
    ]
    records.exercises = [
      ExerciseEntry(
        exercise: "P1", level: 1, done: RecordLine.stamp("2026-03-03T09:00").wall, offsetSeconds: RecordLine.offset,
        way: .commandLine)
    ]
    let week = RecordLine.stamp("2026-03-02T08:00").date...RecordLine.stamp("2026-03-08T08:00").date
    let terms = ReviewTerms(
      period: week, made: RecordLine.stamp("2026-03-09T09:00"), settings: Settings(), programme: programme)
    let told = records.withoutNotes(terms, Self.shipped)
    let (whole, bare) = (Review(records, terms), Review(told.records, told.terms))
    #expect(bare.exercises.sessionsDone == 1 && whole.exercises.sessionsDone == 1)
    #expect(bare.exercises.sessionsPlanned == whole.exercises.sessionsPlanned && bare.exercises.isPrescribed)
    #expect("\(whole)".contains("secret"))
    #expect(!"\(bare)\(told)".contains("secret"))
    #expect(
      told.records.programmes.map(\.name) == ["another programme", "prescribed programme, a professional, 2026-03-01"])
  }

  /// Movements and programmes that nape does not come with lose their names, prescribed or not; those that it does keep
  /// them.
  @Test func whatIsShippedKeepsItsNameAndNothingElse() throws {
    let own = Programme(
      name: "secret", by: "", date: nil, review: nil, isCleared: false, sessionsADay: 1, goOnAfter: 4,
      weeks: [
        .init(
          number: 1, title: "secret", home: ["E01", "secret-b"].map { .init(exercise: $0, level: 1) }, strength: [],
          desk: [], goal: "")
      ], own: [])
    var records = ReviewRecords()
    records.programmes = [own, Self.standard].map {
      ProgrammeRecord(name: $0.identity, week: 1, since: RecordLine.stamp("2026-03-02T08:00"))
    }
    records.exercises = ["secret-b", "E01", "secret-a"].map {
      ExerciseEntry(
        exercise: $0, level: 1, done: RecordLine.stamp("2026-03-03T09:00").wall, offsetSeconds: RecordLine.offset,
        promptID: 3, way: .commandLine)
    }
    records.ratings = [
      ExerciseRating(
        exercise: "secret-a", level: 1, day: RecordLine.stamp("2026-03-04T08:00").date, pain: 2, worse: false)
    ]
    records.settings = ["standard", "secret.toml"].map {
      SettingRecord(key: "exercises.programme", value: $0, since: RecordLine.stamp("2026-03-02T08:00"))
    }
    let dose = try #require(Dose("1x10"))
    let terms = ReviewTerms(
      period: records.ratings[0].day...records.ratings[0].day, made: RecordLine.stamp("2026-03-09T09:00"),
      settings: Settings(), programme: own, exerciseNames: ["E01": "Gentle nod", "secret-a": "secret"],
      exerciseDoses: ["E01": [1: dose], "secret-b": [1: dose]])
    let told = records.withoutNotes(terms, Self.shipped)
    #expect(!"\(told)\(Review(told.records, told.terms))".contains("secret"))
    #expect(told.records.exercises.map(\.exercise) == ["own-2", "E01", "own-1"])
    #expect(told.records.exercises.allSatisfy { $0.promptID == 3 })
    #expect(told.records.ratings.map(\.exercise) == ["own-1"])
    #expect(told.records.programmes.map(\.name) == ["own programme", Self.standard.identity])
    #expect(told.records.settings.map(\.value) == ["standard", "a file"])
    #expect(told.terms.programme?.weeks[0].home.map(\.exercise) == ["E01", "own-2"])
    #expect(told.terms.programme?.isPrescribed == false)
    #expect(told.terms.exerciseNames == ["E01": "Gentle nod"] && Array(told.terms.exerciseDoses.keys) == ["E01"])
    var usual = terms
    usual.programme = Self.standard
    #expect(records.withoutNotes(usual, Self.shipped).terms.programme == Self.standard)
  }

  private static let standard = Programme(
    name: "Neck", by: "", date: nil, review: nil, isCleared: false, sessionsADay: 2, goOnAfter: 8,
    weeks: [
      .init(number: 1, title: "One", home: [.init(exercise: "E01", level: 1)], strength: [], desk: [], goal: "well")
    ], own: [])
  private static let shipped = Shipped(
    exercises: ["E01": "Gentle nod"], programmes: [standard], programmeSettings: ["standard"])
}
