import Foundation
import NapeCore
import Testing

@testable import NapeStore

/// Totals of days, and old spans that become such.
@Suite struct RetentionTests: KeepingSuite {
  let folder = Self.newFolder

  @Test func theTotalOfADayFollowsTheRulesOfBouts() throws {
    let date = try day("2026-03-02")
    let spans = [
      span(.unknown, "2026-03-02T00:00:00", "2026-03-02T08:00:00", .notRunning),
      span(.sitting, "2026-03-02T08:00:00", "2026-03-02T08:30:00"),
      // Too short for a break; and unknown for no longer than a checkpoint may be old.
      span(.away, "2026-03-02T08:30:00", "2026-03-02T08:31:00", .locked),
      span(.sitting, "2026-03-02T08:31:00", "2026-03-02T09:00:00"),
      span(.unknown, "2026-03-02T09:00:00", "2026-03-02T09:06:00", .notRunning),
      span(.sitting, "2026-03-02T09:06:00", "2026-03-02T09:10:00"),
      // Too short of either kind, as the engine has it.
      span(.away, "2026-03-02T09:10:00", "2026-03-02T09:11:00", .idle),
      span(.standing, "2026-03-02T09:11:00", "2026-03-02T09:12:00", .manual),
      span(.sitting, "2026-03-02T09:12:00", "2026-03-02T09:22:00"),
      // It ends the bout and is no break.
      span(.unknown, "2026-03-02T09:22:00", "2026-03-02T10:00:00", .sourceLost),
      span(.sitting, "2026-03-02T10:00:00", "2026-03-02T10:01:00"),
      span(.away, "2026-03-02T10:01:00", "2026-03-02T10:31:00", .locked),
      span(.sitting, "2026-03-02T10:31:00", "2026-03-02T10:32:00"),
      // The end of a stretch of work, as the review has it.
      span(.away, "2026-03-02T10:32:00", "2026-03-02T14:32:00", .locked),
      span(.sitting, "2026-03-02T14:32:00", "2026-03-02T14:33:00"),
      span(.away, "2026-03-02T14:33:00", "2026-03-03T00:00:00", .suspended),
    ]
    var expected = DayTotal(date: date)
    expected.sitting = .minutes(30 + 29 + 4 + 10 + 1 + 1 + 1)
    expected.standing = .minutes(1)
    expected.away = .minutes(1 + 1 + 30 + 240 + 567)
    expected.unknown = .minutes(480 + 6 + 38)
    expected.bouts = 4
    expected.longestBout = .minutes(73)
    expected.breaks = 1
    let total = DayTotal(of: date, spans, breakAfter: rules.breakAfter)
    #expect(total == expected)
    #expect(total.breaks == RecordedBout.bouts(in: spans, breakAfter: rules.breakAfter).count(where: \.hasBreak))
    let whole = [total.sitting, total.standing, total.away, total.unknown].reduce(0, +)
    #expect(whole / .hour == 24)
    #expect(DayTotal(of: date, [], breakAfter: rules.breakAfter) == DayTotal(date: date))
  }

  @Test func aSpanIsCutAtMidnightsOfItsOwnOffset() throws {
    let parts = span(.away, "2026-03-01T22:00:00", "2026-03-04T01:00:00").parts
    #expect(parts.map(\.date.description) == ["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04"])
    #expect(parts.map { $0.length / .hour } == [2, 24, 24, 1])
    #expect(span(.away, "2026-03-01T00:00:00", "2026-03-02T00:00:00").parts.count == 1)
  }

  // MARK: Retention

  @Test func oldSpansBecomeTotalsAndTheDiaryStays() throws {
    let store = try open()
    try store.record(spans.map { .span($0) }, checkpoint())
    let id = try add(episode("2026-03-02T11:00:00"), to: store)
    let before = try store.episode(named: id.short)
    let tuesday = try day("2026-03-03")
    try store.reduceSpans(before: tuesday, breakAfter: rules.breakAfter)
    #expect(
      try store.spans() == [
        span(.sitting, "2026-03-03T00:00:00", "2026-03-03T01:00:00"), spans[4],
      ])
    let totals = try store.dayTotals()
    #expect(totals.map(\.date) == [tuesday.adding(days: -2), tuesday.adding(days: -1)])
    #expect(totals.map { $0.sitting / .hour } == [2, 15])
    #expect(totals.map { $0.away / .hour } == [2, 9])
    #expect(totals.map(\.bouts) == [1, 1])
    #expect(totals.map { $0.longestBout / .hour } == [2, 15])
    #expect(totals.map(\.breaks) == [0, 0])
    #expect(try store.episode(named: id.short) == before, "with its context")
    try store.reduceSpans(before: tuesday, breakAfter: rules.breakAfter)
    #expect(try store.dayTotals() == totals)
    #expect(try store.spans().count == 2)
  }

  @Test func yearsAreReducedInPieces() throws {
    let store = try open()
    let first = try day("2023-01-01")
    let days = (0..<400).map { index -> Effect in
      let begin = Stamp(wall: Microseconds(first.daysSinceEpoch + index) * 24 * .hour, offsetSeconds: 0)
      return .span(Span(kind: .away, evidence: .idle, begin: moment(begin), length: 24 * .hour, bootID: "boot"))
    }
    try store.record(days, checkpoint())
    var pieces = 1
    while try store.reduceSpans(before: first.adding(days: 390), breakAfter: rules.breakAfter) { pieces += 1 }
    #expect(pieces == 13)
    #expect(try store.dayTotals().map(\.away) == [Microseconds](repeating: 24 * .hour, count: 390))
    #expect(try store.spans().count == 10)
  }
}
