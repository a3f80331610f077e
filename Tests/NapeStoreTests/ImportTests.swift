import Foundation
import NapeCore
import Testing

@testable import NapeStore

/// Records from elsewhere.
@Suite struct ImportTests: KeepingSuite {
  let folder = Self.newFolder

  private func items() throws -> [DiaryItem] {
    let ids = (1...9).compactMap { RecordID(high: 7, low: UInt64($0)) }
    let context = DeskContext(
      windows: (1...3).map { .init(sitting: $0, known: $0) }, bout: nil, sinceBreak: 5, longestBout: 6,
      ignoredPrompts: 7, partOfDay: .afternoon, isComplete: true)
    let day = try day("2026-02-20")
    return [
      .episode(
        EpisodeRecord(
          id: ids[0], episode: episode("2026-02-20T11:00:00", note: "one"), context: context,
          entered: at("2026-02-20T11:05:00"), way: .notification, edited: at("2026-02-21T11:05:00"))),
      .day(
        DayRecord(
          date: day.adding(days: 1), state: .none, factors: [.bag], entered: at("2026-02-21T20:00:00"), way: .dbus)),
      .note(
        DiaryEntry(
          id: ids[1], content: DiaryNote(kind: .acupuncture, date: day, text: ""), entered: now, way: .commandLine)),
      .score(
        DiaryEntry(
          id: ids[2], content: Score(instrument: .hit6, total: 50, date: day), entered: now, way: .commandLine)),
      .deskCheck(
        DiaryEntry(
          id: ids[3], content: DeskCheck(date: day, answers: ["screen": "low", "light": "good"]), entered: now,
          way: .commandLine)),
    ]
  }

  @Test func recordsAreTakenAsTheyAreAndOnce() throws {
    let store = try open()
    let items = try items()
    #expect(try store.take(items, at: now, mode: .tryOut, rules: rules) == [Store.Taken](repeating: .new, count: 5))
    #expect(try store.diaryContents() == DiaryContents())
    #expect(try store.take(items, at: now, mode: .whatCanBe, rules: rules) == [Store.Taken](repeating: .new, count: 5))
    let contents = try store.diaryContents()
    var there: [DiaryItem] = contents.episodes.map(DiaryItem.episode)
    there += contents.days.map(DiaryItem.day)
    there += contents.notes.map(DiaryItem.note)
    there += contents.scores.map(DiaryItem.score)
    there += contents.deskChecks.map(DiaryItem.deskCheck)
    #expect(there == items)
    #expect(
      try store.take(items, at: now, mode: .allOrNothing, rules: rules) == [Store.Taken](repeating: .known, count: 5))
    #expect(try store.diaryContents() == contents)
  }

  @Test func whatDoesNotFitIsToldAndTheRestIsTaken() throws {
    let store = try open()
    let id = try add(episode("2026-02-20T11:02:00"), to: store)
    var items = try items()
    let future = Stamp(wall: now.wall + .hour, offsetSeconds: 0)
    items.append(.episode(EpisodeRecord(id: id, episode: episode("2026-01-01T00:00:00"), entered: now, way: .dbus)))
    items.append(
      .episode(
        EpisodeRecord(
          id: .make(utcMicroseconds: 0), episode: Episode(onset: Onset(at: future)), entered: now, way: .imported)))
    items.append(.day(DayRecord(date: try day("2026-02-20"), state: .none, entered: now, way: .dbus)))
    items.append(
      .score(
        DiaryEntry(
          id: .make(utcMicroseconds: 0), content: Score(instrument: .ndi, total: 51, date: now.date), entered: now,
          way: .dbus)))
    func kinds(_ mode: Store.TakeMode) throws -> [String] {
      try store.take(items, at: now, mode: mode, rules: rules).map { String("\($0)".prefix { $0 != "(" }) }
    }
    let expected = ["duplicate", "new", "new", "new", "new", "differs", "refused", "refused", "refused"]
    #expect(try kinds(.allOrNothing) == expected)
    #expect(try store.diaryContents().notes.isEmpty, "nothing is left of it")
    #expect(try kinds(.whatCanBe) == expected)
    #expect(try store.diaryContents().notes.count == 1)
    #expect(try store.episodes().map(\.id) == [id])
  }

  @Test func whatCannotBeEnteredCannotBeImported() throws {
    let store = try open()
    let tomorrow = now.date.adding(days: 1)
    let later = Stamp(wall: now.wall + 1, offsetSeconds: 0)
    func entry<Content>(_ content: Content, entered: Stamp? = nil) -> DiaryEntry<Content> {
      DiaryEntry(id: .make(utcMicroseconds: 0), content: content, entered: entered ?? now, way: .imported)
    }
    func check(_ answers: [String: String]) -> DiaryItem {
      .deskCheck(entry(DeskCheck(date: now.date, answers: answers)))
    }
    let items: [DiaryItem] = [
      .day(DayRecord(date: now.date, state: .headache, entered: now, way: .imported)),
      .day(DayRecord(date: now.date, state: .none, entered: later, way: .imported)),
      .note(entry(DiaryNote(kind: .note, date: tomorrow, text: "a"))),
      .note(entry(DiaryNote(kind: .note, date: now.date, text: "a"), entered: later)),
      .note(entry(DiaryNote(kind: .note, date: now.date, text: ""))),
      .score(entry(Score(instrument: .hit6, total: 50, date: tomorrow))),
      .score(entry(Score(instrument: .hit6, total: 50, date: now.date), entered: later)),
      .deskCheck(entry(DeskCheck(date: tomorrow, answers: ["screen": "low"]))),
      check([:]), check(["": "low"]), check(["screen": ""]),
    ]
    let taken = try store.take(items, at: now, mode: .whatCanBe, rules: rules)
    #expect(taken.count == items.count)
    for (place, taken) in taken.enumerated() {
      if case .refused = taken {} else { Issue.record("\(place): \(taken)") }
    }
    #expect(try store.diaryContents() == DiaryContents())
  }

  @Test func ofTwoWithoutAnHourTheContentTells() throws {
    let store = try open()
    func item(_ note: String?) -> DiaryItem {
      .episode(
        EpisodeRecord(
          id: .make(utcMicroseconds: 0), episode: episode("2026-02-20T00:00:00", note: note, precision: .day),
          entered: now, way: .imported))
    }
    #expect(
      try store.take([item("a"), item("b"), item("a")], at: now, mode: .whatCanBe, rules: rules)
        == [.new, .new, .known])
    #expect(try store.take([item("b")], at: now, mode: .whatCanBe, rules: rules) == [.known])
  }
}
