import Foundation
import NapeCore
import SQLite
import Testing

@testable import NapeStore

/// What is erased, and what stays.
@Suite struct ErasingTests: KeepingSuite {
  let folder = Self.newFolder

  @Test func everythingIsGoneFromFileAndLog() throws {
    let store = try open()
    try store.record(spans.map { .span($0) }, checkpoint())
    let id = try add(episode("2026-03-02T11:00:00", note: marker), to: store)
    _ = try store.change(
      id, by: EpisodeChange(fields: [.note: .text(marker + "!")]), at: now, way: .dbus, rules: rules)
    try store.setFactors(of: now.date, to: [.sleep], at: now, way: .dbus)
    #expect(try !holds(marker).isEmpty)
    // Another connection, as the daemon's, stays open.
    let other = try open()
    #expect(try other.episodes().count == 1)
    try store.erase(Erasure(days: nil, isDiaryOnly: false), offsetSeconds: 3600, rules: rules)
    #expect(try store.emptyLog())
    #expect(try holds(marker).isEmpty)
    #expect(try other.episodes().isEmpty)
    #expect(try other.takeErasures() == [Erasure(days: nil, isDiaryOnly: false)])
    #expect(try other.takeErasures().isEmpty)
    let database = try Database(path: path, mode: .readOnly, busyTimeoutMilliseconds: 1000)
    let tables = try database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").query {
      row throws(SQLiteError) in try row.string(0)
    }
    #expect(tables.count > 20)
    for table in tables {
      #expect(try database.prepare("SELECT 1 FROM \(table)").query { _ in 0 }.isEmpty, "\(table)")
    }
    try other.record([.span(spans[4])], checkpoint())
    #expect(try store.spans().count == 1)
  }

  @Test func whatIsDeletedIsGoneFromFileAndLogWhileTheDaemonRuns() throws {
    let daemon = try Store(path: path, patience: .daemon)
    let store = try open()
    let id = try add(episode("2026-03-02T11:00:00", note: marker), to: store)
    let note = try store.add(
      DiaryNote(kind: .note, date: now.date, text: marker + "!"), at: now, way: .commandLine)
    #expect(try daemon.episodes().count == 1)
    try store.delete(note.description, from: .note, at: now, way: .commandLine)
    #expect(try holds(marker + "!").isEmpty)
    try daemon.delete(id, at: now, way: .dbus)
    #expect(try holds(marker).isEmpty)
  }

  @Test func aReaderDoesNotHinderDeleting() throws {
    let store = try Store(path: path, patience: .daemon)
    let id = try add(episode("2026-03-02T11:00:00"), to: store)
    let reader = try Database(path: path, mode: .readOnly, busyTimeoutMilliseconds: 0)
    try reader.execute("BEGIN; SELECT * FROM episode")
    try store.delete(id, at: now, way: .dbus)
    #expect(try store.episodes().isEmpty)
    try reader.execute("COMMIT")
  }

  @Test func aReaderThatHoldsTheLogIsReported() throws {
    let store = try Store(path: path, patience: .daemon)
    _ = try add(episode("2026-03-02T11:00:00", note: marker), to: store)
    let reader = try Database(path: path, mode: .readOnly, busyTimeoutMilliseconds: 0)
    try reader.execute("BEGIN; SELECT * FROM episode")
    try store.erase(Erasure(days: nil, isDiaryOnly: false), offsetSeconds: 3600, rules: rules)
    #expect(try !store.emptyLog())
    #expect(try store.episodes().isEmpty, "what is deleted stays deleted")
    try reader.execute("COMMIT")
    #expect(try store.emptyLog())
    #expect(try holds(marker).isEmpty)
  }

  @Test func aDayIsTakenOutOfTheLedgerAndTheRestStays() throws {
    let store = try open()
    let monday = try day("2026-03-02")
    let count = DayCount(date: monday, sitting: 99)
    let open = span(.sitting, "2026-03-03T02:00:00", "2026-03-03T03:00:00")
    try store.record(
      spans.map { .span($0) }, checkpoint(open: [open], days: [count, DayCount(date: monday.adding(days: 1))]))
    let inside = try add(episode("2026-03-02T11:00:00", note: marker), to: store)
    let outside = try add(episode("2026-03-01T21:00:00", note: "stays"), to: store)
    let later = at("2026-03-03T04:00:00")
    let after = try store.add(episode("2026-03-03T00:30:00"), at: later, way: .dbus, rules: rules).id
    #expect(try store.episode(named: after.short).context?.windows[2].sitting == 4 * .hour)
    try store.erase(Erasure(days: monday...monday, isDiaryOnly: false), offsetSeconds: 3600, rules: rules)
    #expect(
      try store.spans() == [
        spans[0], span(.away, "2026-03-01T22:00:00", "2026-03-02T00:00:00", .idle),
        span(.unknown, "2026-03-02T00:00:00", "2026-03-03T00:00:00", .notRunning),
        span(.sitting, "2026-03-03T00:00:00", "2026-03-03T01:00:00"), spans[4],
      ])
    #expect(try store.episodes().map(\.id) == [outside, after])
    #expect(try store.changes(of: inside).isEmpty)
    let context = try #require(try store.episode(named: after.short).context)
    #expect(
      context.windows[2] == .init(sitting: 30 * .minute, known: 30 * .minute), "nothing of that day shines through")
    #expect(try store.checkpoint()?.days == [DayCount(date: monday.adding(days: 1))])
    #expect(try store.checkpoint()?.open == [open])
    #expect(try store.takeErasures() == [Erasure(days: monday...monday, isDiaryOnly: false)])
    #expect(try store.emptyLog())
    #expect(try holds(marker).isEmpty)
    // The ledger goes on where it was.
    try store.record([.span(open)], checkpoint())
    #expect(try store.spans().last == open)
  }

  /// One span over three days becomes three.
  @Test func aDayWithinALongSpanIsCutOut() throws {
    let store = try open()
    let long = span(.away, "2026-03-01T12:00:00", "2026-03-03T12:00:00", .idle)
    let next = span(.sitting, "2026-03-03T12:00:00", "2026-03-03T13:00:00")
    try store.record([.span(long), .span(next)], checkpoint())
    let monday = try day("2026-03-02")
    try store.erase(Erasure(days: monday...monday, isDiaryOnly: false), offsetSeconds: 3600, rules: rules)
    let spans = try store.spans()
    #expect(spans.map(\.kind) == [.away, .unknown, .away, .sitting])
    #expect(spans.map { $0.length / .hour } == [12, 24, 12, 1])
    #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.end == $1.begin.boot })
  }

  @Test func theFirstDaysOfALedgerLeaveNothing() throws {
    let store = try open()
    try store.record(spans.map { .span($0) }, checkpoint())
    try store.erase(
      Erasure(days: try day("2020-01-01")...(try day("2026-03-02")), isDiaryOnly: false), offsetSeconds: 3600,
      rules: rules)
    #expect(try store.spans() == [span(.sitting, "2026-03-03T00:00:00", "2026-03-03T01:00:00"), spans[4]])
  }

  @Test func theDiaryAloneIsErased() throws {
    let store = try open()
    try store.record(spans.map { .span($0) }, checkpoint())
    _ = try add(episode("2026-03-02T11:00:00"), to: store)
    try store.setDay(try day("2026-03-01"), to: .none, at: now, way: .dbus)
    try store.acknowledge("today", at: now)
    try store.acknowledge("yesterday", at: at("2026-03-01T23:59:59"))
    let monday = try day("2026-03-02")
    try store.erase(Erasure(days: monday...monday, isDiaryOnly: true), offsetSeconds: 3600, rules: rules)
    #expect(try store.days(from: monday.adding(days: -9)).count == 1)
    #expect(try !store.isAcknowledged("today"))
    #expect(try store.isAcknowledged("yesterday"))
    try store.erase(Erasure(days: nil, isDiaryOnly: true), offsetSeconds: 3600, rules: rules)
    #expect(try store.days(from: monday.adding(days: -9)).isEmpty)
    #expect(try store.spans() == spans)
    #expect(try store.checkpoint() == checkpoint())
    #expect(try store.takeErasures().allSatisfy(\.isDiaryOnly))
  }
}
