import NapeCore
import SQLite
import Testing

@testable import NapeStore

/// Rows that no nape has written.
@Suite struct HostileRowsTests: KeepingSuite {
  let folder = Self.newFolder
  private let numbers = [Int64.min, -1 << 60, -1, 0, 1 << 60, Int64.max]

  /// Each number in each place, and text that is no UTF-8.
  private func spoil() throws {
    let database = try Database(path: path, mode: .readWrite, busyTimeoutMilliseconds: 1000)
    try database.execute("PRAGMA ignore_check_constraints = 1")
    let bad = "CAST(x'ff61' AS TEXT)"
    for (place, number) in numbers.enumerated() {
      for (other, offset) in numbers.enumerated() {
        let id = "x'\(String(repeating: "0", count: 28))0\(place)0\(other)'"
        for sql in [
          "INSERT INTO span VALUES (NULL, randomblob(16), 'sitting', \(bad), ?1, ?2, \(bad), ?1, ?2)",
          "INSERT INTO prompt VALUES (NULL, \(bad), ?1, ?2, ?1, NULL, ?2)",
          "INSERT INTO episode VALUES (\(id), ?1, ?2, 'exact', 'ended', ?2, ?1, ?1, ?2, \(bad), ?2, ?1, 0)",
          "INSERT INTO episode_field VALUES (\(id), 'note', \(bad) || ?1 || ?2)",
          "INSERT INTO medicine VALUES (\(id), ?1, ?1, ?2, \(bad), \(bad), \(bad), \(bad))",
          "INSERT INTO desk_context VALUES (\(id), ?1, ?2, ?1, ?2, ?1, ?2, ?1, ?2, ?1, ?2, \(bad), 1)",
          "INSERT INTO diary_change VALUES (NULL, \(id), \(bad), \(bad), \(bad), ?1, ?2, \(bad))",
          "INSERT OR REPLACE INTO day VALUES (?1, 'none', ?2, ?1, \(bad))",
          "INSERT OR REPLACE INTO day_factors VALUES (?1, \(bad), ?2, ?1, \(bad))",
          "INSERT INTO day_change VALUES (NULL, ?1, \(bad), \(bad), ?2, ?1, \(bad))",
          "INSERT INTO note VALUES (\(id), \(bad), ?1, \(bad), ?2, ?1, \(bad))",
          "INSERT INTO exercise_done VALUES (\(id), \(bad), 1, ?1, ?2, ?1, \(bad), ?2)",
          "INSERT INTO warning_report VALUES (\(id), \(bad), \(bad), ?1, ?2, ?2, ?1, \(bad))",
          "INSERT OR REPLACE INTO day_total VALUES (?1, ?2, ?1, ?2, ?1, ?2, ?1, ?2)",
          "INSERT INTO erasure VALUES (NULL, ?1, ?2, 1)",
        ] {
          let statement = try database.prepare(sql)
          let isOne = !sql.contains("?2")
          if isOne { try statement.run(number) } else { try statement.run(number, offset) }
        }
      }
    }
  }

  @Test func allIsReadAndNothingEndsTheProgram() throws {
    let store = try open()
    try spoil()
    // The last number there is lies beyond every stretch of time.
    let count = (numbers.count - 1) * numbers.count
    let spans = try store.spans()
    #expect(spans.count == count)
    #expect(spans.allSatisfy { $0.length >= 1 && Zone.offsetRange.contains($0.begin.offsetSeconds) })
    let headaches = try store.episodes()
    #expect(headaches.count == count)
    for record in headaches {
      let dates = record.episode.onset.at.date.daysSinceEpoch...record.episode.lastDate.daysSinceEpoch
      #expect(dates.count <= 33)
      #expect(record.episode.medicines.count == 1)
    }
    #expect(try store.notes().allSatisfy { $0.content.text == "\u{fffd}a" })
    let today = now.date
    #expect(try store.days(from: today.adding(days: -9)).count < 1000)
    _ = try store.dayRecords(from: LocalDate(daysSinceEpoch: .min))
    _ = try store.dayChanges()
    _ = try store.dayTotals()
    _ = try store.prompts()
    _ = try store.exercises()
    _ = try store.lastExercise()
    _ = try store.warnings()
    _ = try store.scores()
    _ = try store.exerciseRestriction(at: now)
    _ = try store.detailCards(at: now, rules: rules)
    _ = try store.onsets(enteredAfter: 0)
    try store.completeContexts(open: [], rules: rules)
    _ = try add(episode("2026-03-02T11:00:00"), to: store)
    #expect(try store.takeErasures().count == numbers.count * numbers.count)
  }

  @Test func hostileSpansAreReducedAndErasedToAnEnd() throws {
    let store = try open()
    try spoil()
    var pieces = 0
    while pieces < 20, try store.reduceSpans(before: now.date, breakAfter: rules.breakAfter) { pieces += 1 }
    try store.erase(Erasure(days: now.date...now.date, isDiaryOnly: false), offsetSeconds: 3600, rules: rules)
    try store.erase(Erasure(days: nil, isDiaryOnly: false), offsetSeconds: 3600, rules: rules)
    #expect(try store.spans().isEmpty)
  }
}
