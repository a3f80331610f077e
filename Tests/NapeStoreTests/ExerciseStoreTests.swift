import Foundation
import NapeCore
import NapeSettings
import NapeStore
import SQLite
import Testing

@Suite struct ExerciseStoreTests {
  private let path = FileManager.default.temporaryDirectory.appending(path: "nape-\(UUID())/nape.db").path()
  /// 2026-03-02 09:00 in Berlin.
  private let nine: Microseconds = .seconds(1_772_438_400)
  private let offset = 3600

  private func open() throws -> Store { try Store(path: path, patience: .command) }

  private func entry(_ exercise: String, at: Microseconds, offset: Int = 3600, way: EntryWay = .commandLine)
    -> ExerciseEntry
  {
    ExerciseEntry(exercise: exercise, level: 2, done: at, offsetSeconds: offset, promptID: 7, way: way)
  }

  private func programme(named name: String = "neck-headache") throws -> Programme {
    var programme = try #require(ProgrammeLocation.standard(.builtIn()))
    programme.name = name
    return programme
  }

  @Test func entriesComeBackAsTheyWere() throws {
    let entries = EntryWay.allCases.enumerated().map { index, way in
      entry("E0\(index + 1)", at: nine + Microseconds(index), way: way)
    }
    try open().add(entries, entered: nine + .hour)
    let store = try open()
    #expect(try store.exercises() == entries)
    #expect(try store.exercises(from: nine + 1, to: nine + 2) == [entries[1]])
    #expect(try store.lastExercise() == entries.last?.done)
  }

  @Test func anEmptyStoreKnowsNothing() throws {
    let store = try open()
    #expect(try store.exerciseHistory(for: programme()) == ExerciseHistory())
    #expect(try store.lastExercise() == nil)
    #expect(try store.lastProgramme() == nil)
  }

  @Test func daysAreLocalOnes() throws {
    let store = try open()
    try store.noteProgramme(programme(), at: nine, offsetSeconds: offset)
    // 23:30 and 00:30 in Berlin; and 23:30 the same evening in New York, which is the next day in UTC.
    let late = nine + 14 * .hour + 30 * .minute
    try store.add([entry("E01", at: late), entry("E01", at: late + .hour)], entered: nine)
    try store.add([entry("E01", at: late + 6 * .hour, offset: -18_000)], entered: nine)
    let days = try store.exerciseHistory(for: programme()).days
    #expect(days.map(\.date.description) == ["2026-03-02", "2026-03-03"])
    #expect(days.map(\.done) == [["E01": 2], ["E01": 1]])
  }

  @Test func theLastAnswerCounts() throws {
    let store = try open()
    try store.add(answers: [.injury: true, .pregnancy: false], isCleared: nil, at: nine)
    try store.add(answers: [.injury: false], isCleared: true, at: nine + 1)
    var firstUse = try store.exerciseHistory(for: programme()).firstUse
    #expect(firstUse == FirstUse(answers: [.injury: false, .pregnancy: false], isCleared: true))
    try store.add(answers: [:], isCleared: false, at: nine + 2)
    firstUse = try store.exerciseHistory(for: programme()).firstUse
    #expect(!firstUse.isCleared)
  }

  @Test func aYesAfterAClearanceEndsIt() throws {
    let store = try open()
    func firstUse() throws -> FirstUse { try store.exerciseHistory(for: programme()).firstUse }
    try store.add(answers: [.injury: true, .dizziness: false], isCleared: true, at: nine)
    #expect(try firstUse().isCleared, "said together: the clearance knows of it")
    #expect(try firstUse().lastYes == LocalDate("2026-03-02"))
    try store.add(answers: [.pregnancy: false], isCleared: nil, at: nine + 24 * .hour)
    #expect(try firstUse().isCleared)
    try store.add(answers: [.dizziness: true], isCleared: nil, at: nine + 48 * .hour)
    #expect(try !firstUse().isCleared)
    #expect(try firstUse().verdict == .askFirst)
    #expect(try firstUse().lastYes == LocalDate("2026-03-04"))
    try store.add(answers: [:], isCleared: true, at: nine + 72 * .hour)
    #expect(try firstUse().verdict == .ready)
    // A yes that is taken back does not count.
    try store.add(answers: [.osteoporosis: true], isCleared: nil, at: nine + 96 * .hour)
    #expect(try !firstUse().isCleared)
    try store.add(answers: [.osteoporosis: false], isCleared: nil, at: nine + 97 * .hour)
    #expect(try firstUse().isCleared)
    #expect(try firstUse().lastYes == LocalDate("2026-03-04"))
  }

  @Test func aLevelBelongsToTheProgrammeThatWasInForce() throws {
    let store = try open()
    let (one, two) = (try programme(named: "one"), try programme(named: "two"))
    try store.noteProgramme(one, at: nine, offsetSeconds: offset)
    try store.setLevel(of: "E01", to: 3, at: nine)
    try store.startWeek(2, of: one, at: nine + .hour, offsetSeconds: offset)
    try store.noteProgramme(two, at: nine + 2 * .hour, offsetSeconds: offset)
    #expect(try store.exerciseHistory(for: two).levels.isEmpty)
    try store.setLevel(of: "E02", to: 2, at: nine + 3 * .hour)
    #expect(try store.exerciseHistory(for: two).levels == ["E02": 2])
    #expect(try store.exerciseHistory(for: one).levels == ["E01": 3])
  }

  @Test func levelsAndRatingsComeBack() throws {
    let store = try open()
    try store.setLevel(of: "E01", to: 3, at: nine)
    try store.setLevel(of: "E02", to: 2, at: nine)
    try store.setLevel(of: "E02", to: nil, at: nine + 1)
    let day = try #require(LocalDate("2026-03-02"))
    let ratings = [
      ExerciseRating(exercise: "E01", level: 2, day: day, pain: 6, worse: false),
      ExerciseRating(exercise: "E01", level: 1, day: day, pain: 0, worse: true),
    ]
    for (index, rating) in ratings.enumerated() {
      try store.add([rating], at: nine + Microseconds(index), offsetSeconds: offset, way: .commandLine)
    }
    let history = try store.exerciseHistory(for: programme())
    #expect(history.levels == ["E01": 3])
    #expect(history.ratings == ratings)
  }

  @Test func impossibleValuesAreRefusedWhole() throws {
    let store = try open()
    let day = LocalDate(daysSinceEpoch: 0)
    let good = ExerciseRating(exercise: "E01", level: 1, day: day, pain: 10, worse: false)
    var bad = good
    bad.pain = 11
    #expect(throws: StoreError.self) {
      try store.add([good, bad], at: nine, offsetSeconds: 0, way: .commandLine)
    }
    #expect(try store.exerciseHistory(for: programme()).ratings.isEmpty, "the good one is not left behind")
    var entry = entry("E01", at: nine)
    entry.level = 0
    #expect(throws: StoreError.self) { try store.add([entry], entered: nine) }
  }

  /// What SQLite says names the column, never what was to be stored.
  @Test func errorsTellNothingOfTheRecord() throws {
    let store = try open()
    var entry = entry("E08-SECRET", at: nine)
    entry.level = 99
    let error = #expect(throws: StoreError.self) { try store.add([entry], entered: nine) }
    #expect(error?.description.contains("SECRET") == false)
    #expect(error?.description.contains("99") == false)
  }

  @Test func aProgrammeBeginsOnceAndGoesOn() throws {
    let store = try open()
    let (one, two) = (try programme(named: "one"), try programme(named: "two"))
    try store.noteProgramme(one, at: nine, offsetSeconds: offset)
    try store.noteProgramme(one, at: nine + 24 * .hour, offsetSeconds: offset)
    #expect(try store.lastProgramme() == "one")
    try store.noteProgramme(two, at: nine + 48 * .hour, offsetSeconds: offset)
    try store.noteProgramme(one, at: nine + 72 * .hour, offsetSeconds: offset)
    #expect(try store.lastProgramme() == "one")
    // It was in force before, and goes on from there.
    #expect(try store.exerciseHistory(for: one).start == .init(week: 1, since: LocalDate("2026-03-02")!))
    #expect(try store.exerciseHistory(for: two).start == .init(week: 1, since: LocalDate("2026-03-04")!))
    try store.startWeek(3, of: one, at: nine + 96 * .hour, offsetSeconds: offset)
    #expect(try store.exerciseHistory(for: one).start == .init(week: 3, since: LocalDate("2026-03-06")!))
  }

  @Test func whatWasDoneOnTheFirstDayCounts() throws {
    let store = try open()
    try store.add([entry("E01", at: nine - 3 * .hour)], entered: nine)
    try store.noteProgramme(programme(), at: nine, offsetSeconds: offset)
    #expect(try store.exerciseHistory(for: programme()).days.count == 1)
  }

  /// A store of the version before gets the tables, and keeps what it has.
  @Test func aStoreOfTheVersionBeforeIsBroughtUp() throws {
    try OldStore.make(path, version: 2) { database in
      try database.execute("INSERT INTO clock_step VALUES (1, 2)")
    }
    let store = try open()
    try store.add([entry("E01", at: nine)], entered: nine)
    #expect(try store.exercises().count == 1)
    #expect(try store.quickCheck().isEmpty)
  }

  @Test func tenYearsAreReadQuickly() throws {
    let store = try open()
    try store.noteProgramme(programme(), at: nine, offsetSeconds: offset)
    let entries = (0..<3650).flatMap { day in
      ["E01", "E05", "E16"].map { entry($0, at: nine + Microseconds(day) * 24 * .hour) }
    }
    try store.add(entries, entered: nine)
    let history = try store.exerciseHistory(for: programme())
    #expect(history.days.count == 3650)
    let progress = ExerciseProgress(
      try programme(), startWeek: 6, since: history.days[0].date, days: history.days, today: history.days[3649].date)
    #expect(progress.sessionsInAll == 3650)
  }
}
