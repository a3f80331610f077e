import NapeCore
import SQLite

/// Old spans, of which daily totals are kept (`store.keep`).
extension Store {
  /// How many days one transaction reduces: enough for a night, and few enough that ten years do not fill the memory.
  private static let daysAtOnce = 32

  /// Reduces the spans of the days before one to their totals. The diary stays, desk contexts as they were stored.
  ///
  /// - Parameter breakAfter: `presence.break_after`.
  public func reduceSpans(before day: LocalDate, breakAfter: Microseconds) throws(StoreError) {
    do throws(SQLiteError) {
      while let oldest = try oldestSpan(), oldest < day {
        let last = min(day, oldest.adding(days: Self.daysAtOnce))
        try database.transaction { () throws(SQLiteError) in try reduce(before: last, breakAfter) }
      }
    } catch { throw .database(error) }
  }

  /// What is left of the days whose spans were reduced, in order.
  public func dayTotals() throws(StoreError) -> [DayTotal] {
    do throws(SQLiteError) { return try totals() } catch { throw .database(error) }
  }

  /// The local day of a span, in SQL.
  static let localDay = "(begin_utc_usec + offset_s * 1000000) / 86400000000"

  private func oldestSpan() throws(SQLiteError) -> LocalDate? {
    try database.prepare("SELECT \(Self.localDay) FROM span ORDER BY begin_utc_usec LIMIT 1").first {
      row throws(SQLiteError) in try Self.date(row, 0)
    }
  }

  private func reduce(before day: LocalDate, _ breakAfter: Microseconds) throws(SQLiteError) {
    var parts: [LocalDate: [Span]] = [:]
    let old = try numberedSpans(
      "begin_utc_usec < ? AND \(Self.localDay) < ?", Self.midnight(day) + 26 * .hour, day.daysSinceEpoch)
    for (number, span) in old {
      for part in span.parts where part.date < day { parts[part.date, default: []].append(part) }
      // Of what goes on into that day, the rest stays.
      try replace(number, by: span.parts.filter { $0.date >= day }.joined)
    }
    for (date, parts) in parts {
      try add(DayTotal(of: date, parts, breakAfter: breakAfter))
    }
  }

  /// Spans by their numbers, in order.
  func numberedSpans(
    _ condition: String, _ first: any ValueConvertible, _ second: any ValueConvertible
  ) throws(SQLiteError) -> [(number: Int64, span: Span)] {
    try database.prepare("SELECT \(Self.spanColumns), number FROM span WHERE \(condition) ORDER BY number").query(
      first, second
    ) { row throws(SQLiteError) in (try row.int64(7), try Self.span(row)) }
  }

  /// Puts another span in the place of one; none where it is `nil`.
  func replace(_ number: Int64, by span: Span?) throws(SQLiteError) {
    guard let span else { return try database.prepare("DELETE FROM span WHERE number = ?").run(number) }
    try database.prepare(
      "UPDATE span SET kind = ?, evidence = ?, begin_utc_usec = ?, boottime_usec = ?, length_usec = ? WHERE number = ?"
    ).run(span.kind.rawValue, span.evidence.rawValue, span.begin.wall, span.begin.boot, span.length, number)
  }

  /// A day may come again when the clock is set back.
  private func add(_ total: DayTotal) throws(SQLiteError) {
    try database.prepare(
      """
      INSERT INTO day_total VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (date) DO UPDATE SET
        sitting_usec = sitting_usec + excluded.sitting_usec, standing_usec = standing_usec + excluded.standing_usec,
        away_usec = away_usec + excluded.away_usec, unknown_usec = unknown_usec + excluded.unknown_usec,
        bouts = bouts + excluded.bouts, longest_bout_usec = max(longest_bout_usec, excluded.longest_bout_usec),
        breaks = breaks + excluded.breaks
      """
    ).run(
      total.date.daysSinceEpoch, total.sitting, total.standing, total.away, total.unknown, total.bouts,
      total.longestBout, total.breaks)
  }

  private func totals() throws(SQLiteError) -> [DayTotal] {
    try database.prepare("SELECT * FROM day_total ORDER BY date").query { row throws(SQLiteError) in
      var total = DayTotal(date: try Self.date(row, 0))
      total.sitting = try row.int64(1)
      total.standing = try row.int64(2)
      total.away = try row.int64(3)
      total.unknown = try row.int64(4)
      total.bouts = Int(clamping: try row.int64(5))
      total.longestBout = try row.int64(6)
      total.breaks = Int(clamping: try row.int64(7))
      return total
    }
  }
}

extension [Span] {
  /// Parts of one span that follow each other, as one again; `nil` for none.
  var joined: Span? {
    guard let first else { return nil }
    return Span(
      kind: first.kind, evidence: first.evidence, begin: first.begin, length: reduce(0) { $0 + $1.length },
      bootID: first.bootID)
  }
}
