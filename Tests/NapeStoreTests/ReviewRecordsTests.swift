import Foundation
import NapeCore
import NapeSettings
import Testing

@testable import NapeStore

/// What a review is made from comes out of the store as it went in.
@Suite struct ReviewRecordsTests: KeepingSuite {
  let folder = Self.newFolder

  private func record(_ store: Store, _ effects: [Effect], open: [Span] = []) throws {
    try store.record(effects, checkpoint(open: open))
  }

  private func review(_ store: Store, _ first: String = "2026-03-01", _ last: String = "2026-03-02") throws
    -> ReviewRecords
  { try store.reviewRecords(from: day(first), to: day(last)) }

  @Test func anEmptyStoreHasNoRecords() throws { #expect(try review(open()) == ReviewRecords()) }

  @Test func spansComeWithTheOpenOneAndTheOneBefore() throws {
    let store = try open()
    let long = span(.unknown, "2026-01-01T00:00:00", "2026-03-01T20:00:00", .notRunning)
    let now = span(.sitting, "2026-03-03T02:00:00", "2026-03-03T02:30:00")
    try record(store, ([long] + spans).map { .span($0) }, open: [now])
    let found = try review(store).spans
    #expect(found == [long] + spans + [now])
    #expect(try review(store, "2026-02-02", "2026-02-03").spans == [long])
    #expect(try review(store, "2025-02-02", "2025-02-03").spans.isEmpty)
    // Of a day after all of them, the last one, which may reach into it, and the open one.
    #expect(try review(store, "2026-04-01", "2026-04-02").spans == [spans[4], now])
  }

  @Test func spansKeepTheirOrderWhateverTheClockDid() throws {
    let store = try open()
    let back = span(.sitting, "2026-03-02T08:00:00", "2026-03-02T08:30:00")
    let far = span(.away, "2035-03-02T08:00:00", "2035-03-02T08:30:00", .idle)
    let all = [spans[0], spans[1], far, back, spans[2]]
    try record(store, all.map { .span($0) })
    #expect(try review(store).spans == all)
  }

  @Test func bootIDsAreTheirOwn() throws {
    let store = try open()
    let all = ["a-boot-id-that-is-longer-than-a-small-string", "b", "", "b", "ü"].map { id in
      Span(kind: .away, evidence: .idle, begin: moment(now), length: .minute, bootID: id)
    }
    try record(store, all.map { .span($0) })
    #expect(try review(store).spans == all)
  }

  @Test func promptsHaveTheirEnd() throws {
    let store = try open()
    func prompt(_ id: UInt64, _ kind: Prompt.Kind, _ text: String) -> Prompt {
      Prompt(
        id: id, kind: kind, posted: moment(at(text)), sat: 0, text: Wording(title: "", body: ""), exercises: [])
    }
    try record(
      store,
      [
        .post(prompt(1, .move, "2026-02-20T10:00:00")), .post(prompt(2, .move, "2026-03-01T20:50:00")),
        .outcome(id: 2, .move, .taken, at: moment(at("2026-03-01T20:55:00"))),
        .post(prompt(3, .exercise, "2026-03-02T10:00:00")),
      ])
    #expect(
      try review(store).prompts == [
        RecordedPrompt(
          kind: .move, posted: at("2026-03-01T20:50:00"), outcome: .taken, ended: at("2026-03-01T20:55:00").wall),
        RecordedPrompt(kind: .exercise, posted: at("2026-03-02T10:00:00"), outcome: nil, ended: nil),
      ])
  }

  @Test func theDiaryIsOfTheDays() throws {
    let store = try open()
    var carried = episode("2026-02-28T22:00:00", note: marker)
    carried.end = .ended(at("2026-03-01T01:00:00"))
    var before = episode("2026-02-27T22:00:00")
    before.end = .ended(at("2026-02-28T01:00:00"))
    let kept = [try add(carried, to: store), try add(episode("2026-03-02T15:00:00"), to: store)]
    _ = try add(before, to: store)
    let none = try day("2026-02-20")
    try store.setDay(none, to: .none, at: now, way: .commandLine)
    try store.add(DiaryNote(kind: .helps, date: none, text: marker), at: now, way: .commandLine)
    try store.add(Score(instrument: .ndi, total: 7, date: none), at: now, way: .commandLine)
    try store.add(DeskCheck(date: none, answers: ["screen": "yes"]), at: now, way: .commandLine)
    let diary = try review(store).diary
    #expect(diary.episodes == (try kept.compactMap { try store.episode(named: $0.description) }))
    #expect(diary.days.isEmpty)
    #expect(diary.notes == (try store.notes()))
    #expect(diary.scores.count == 1)
    #expect(diary.deskChecks.count == 1)
    #expect(try review(store, "2026-02-20").diary.days.map(\.date) == [none])
    #expect(try review(store, "2026-02-10", "2026-02-19").diary.scores.isEmpty)
  }

  @Test func aHeadacheBeforeTheDaysComesWithItsMedicineOfTheirNight() throws {
    let store = try open()
    var evening = episode("2026-02-28T21:00:00")
    evening.end = .ended(at("2026-02-28T23:00:00"))
    evening.medicines = [Medicine(taken: at("2026-03-01T00:30:00"), name: marker, medicineClass: .simple)]
    let id = try add(evening, to: store)
    #expect(try review(store).diary.episodes.map(\.id) == [id])
    #expect(try review(store, "2026-03-02").diary.episodes.isEmpty)
  }

  @Test func exercisesGoBackToTheStartOfTheProgramme() throws {
    let store = try open()
    func entry(_ text: String) -> ExerciseEntry {
      ExerciseEntry(
        exercise: "E01", level: 1, done: at(text).wall, offsetSeconds: 3600, promptID: 3, way: .notification)
    }
    let entries = [entry("2026-01-01T10:00:00"), entry("2026-02-01T10:00:00"), entry("2026-03-01T10:00:00")]
    try store.add(entries, entered: now.wall)
    #expect(try review(store).exercises == [entries[2]])
    var programme = try #require(ProgrammeLocation.standard(.builtIn()))
    programme.name = "old"
    try store.noteProgramme(programme, at: at("2025-12-01T10:00:00").wall, offsetSeconds: 3600)
    programme.name = "new"
    try store.noteProgramme(programme, at: at("2026-02-01T12:00:00").wall, offsetSeconds: 3600)
    let rating = ExerciseRating(exercise: "E01", level: 1, day: now.date, pain: 2, worse: false)
    try store.add([rating], at: now.wall, offsetSeconds: 3600, way: .commandLine)
    let records = try review(store)
    #expect(records.exercises == Array(entries[1...]))
    #expect(records.ratings == [rating])
    #expect(records.programmes.map(\.name) == ["old", "new"])
    #expect(records.programmes.map(\.week) == [1, 1])
    #expect(records.programmes.last?.since == at("2026-02-01T12:00:00"))
  }

  @Test func warningsAreThereHoweverOld() throws {
    let store = try open()
    let report = WarningReport(level: .sameDay, signs: ["a", "b"], opened: at("2025-03-02T10:00:00"))
    try store.openWarning(report, way: .commandLine)
    #expect(try review(store).warnings == [report])
  }

  @Test func dayTotalsAreThoseOfTheDays() throws {
    let store = try open()
    try record(store, spans.map { .span($0) })
    while try store.reduceSpans(before: day("2026-03-02"), breakAfter: 2 * .minute) {}
    #expect(try review(store).dayTotals == store.dayTotals())
    #expect(try review(store).dayTotals.map(\.sitting) == [2 * .hour])
    #expect(try review(store, "2026-03-02").dayTotals.isEmpty)
  }

  @Test func settingsAreNotedWhereTheyChange() throws {
    let store = try open()
    var settings = Settings()
    let first = KeyTable.history(of: settings, since: at("2026-02-01T10:00:00"))
    try store.note(first)
    try store.note(KeyTable.history(of: settings, since: at("2026-02-02T10:00:00")))
    settings.prompts.move.after = 40 * .minute
    let later = at("2026-02-03T10:00:00")
    try store.record([], settings: KeyTable.history(of: settings, since: later), checkpoint())
    let change = SettingRecord(key: "prompts.move.after", value: "40min", since: later)
    #expect(try review(store).settings == first + [change])
    // What is taken back is a change, too.
    let back = at("2026-02-04T10:00:00")
    try store.note(KeyTable.history(of: Settings(), since: back))
    #expect(try review(store).settings.last == SettingRecord(key: "prompts.move.after", value: "50min", since: back))
    try store.erase(Erasure(days: nil, isDiaryOnly: true), offsetSeconds: 3600, rules: rules)
    #expect(try review(store).settings.count == first.count + 2)
    try store.erase(Erasure(days: nil, isDiaryOnly: false), offsetSeconds: 3600, rules: rules)
    #expect(try review(store).settings.isEmpty)
  }

  @Test func aStoreOfAnOlderVersionHasNone() throws {
    try OldStore.make(path, version: 4) { _ in }
    let store = try open()
    #expect(try review(store).settings.isEmpty)
    try store.note(KeyTable.history(of: Settings(), since: now))
    #expect(try review(store).settings.count == SettingRecord.keys.count)
  }
}
