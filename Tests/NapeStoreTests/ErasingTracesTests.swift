import NapeCore
import SQLite
import Testing

@testable import NapeStore

/// What erasing some days takes along, and what it leaves alone.
@Suite struct ErasingTracesTests: KeepingSuite {
  let folder = Self.newFolder

  private func erase(_ date: String, from store: Store, diaryOnly: Bool = false) throws {
    let date = try day(date)
    try store.erase(Erasure(days: date...date, isDiaryOnly: diaryOnly), offsetSeconds: 3600, rules: rules)
  }

  @Test func contextsThatReachIntoNothingErasedStay() throws {
    let store = try open()
    try store.record(spans.map { .span($0) }, checkpoint())
    let id = try add(episode("2026-03-02T11:00:00"), to: store)
    let before = try #require(try store.episode(named: id.short).context)
    #expect(before.windows[0].sitting > 0)
    try erase("2026-03-01", from: store, diaryOnly: true)
    try erase("2026-02-20", from: store)
    #expect(try store.episode(named: id.short).context == before)
    // Its spans become totals: what is erased besides must not compute it from nothing.
    try store.reduceSpans(before: try day("2026-03-03"), breakAfter: rules.breakAfter)
    try erase("2026-03-01", from: store)
    #expect(try store.episode(named: id.short).context == before)
  }

  @Test func aHeadacheThatWasMovedAwayLeavesNoTimeOfTheDay() throws {
    let store = try open()
    let id = try add(episode("2026-02-27T11:00:00"), to: store)
    let moved = EpisodeChange(onset: Onset(at: at("2026-03-01T09:00:00"), precision: .exact))
    _ = try store.change(id, by: moved, at: now, way: .dbus, rules: rules)
    let side = EpisodeChange(fields: [.side: .words(["left"])])
    _ = try store.change(id, by: side, at: now, way: .dbus, rules: rules)
    #expect(try store.changes(of: id).map(\.field) == ["onset", "side"])
    try erase("2026-02-27", from: store)
    #expect(try store.changes(of: id).map(\.field) == ["side"])
    #expect(try store.episodes().map(\.id) == [id])
  }

  @Test func whatWasEnteredOnTheDayAndDeletedLaterLeavesNothing() throws {
    let store = try open()
    let early = at("2026-02-27T12:00:00")
    let id = try store.add(episode("2026-02-27T11:00:00"), at: early, way: .dbus, rules: rules).id
    try store.delete(id, at: now, way: .dbus)
    try erase("2026-02-26", from: store)
    #expect(try store.deletedCount() == 1)
    try erase("2026-02-27", from: store)
    #expect(try store.deletedCount() == 0)
  }

  @Test func aMedicineOfTheDayGoesAndItsHeadacheStays() throws {
    let store = try open()
    var headache = episode("2026-02-28T23:00:00", note: "stays")
    headache.medicines.append(Medicine(taken: at("2026-03-01T08:00:00"), name: marker, medicineClass: .simple))
    let id = try add(headache, to: store)
    try erase("2026-03-01", from: store)
    #expect(try store.episode(named: id.short).episode.medicines.map(\.name) == ["stays"])
    #expect(try store.emptyLog())
    #expect(try holds(marker).isEmpty)
  }
}
