import NapeCore
import SQLite

/// Old spans, of which daily totals are kept (`store.keep`).
extension Store {
  /// How many days one transaction reduces: enough for a night, and few enough that ten years do not fill the memory.
  private static let daysAtOnce = 32

  /// Reduces the spans of the oldest days before one to their totals. The diary stays, desk contexts as they were stored.
  ///
  /// - Parameter breakAfter: `presence.break_after`.
  /// - Returns: whether there may be more of them.
  @discardableResult
  public func reduceSpans(before day: LocalDate, breakAfter: Microseconds) throws(StoreError) -> Bool {
    do throws(SQLiteError) {
      guard let oldest = try oldestSpan(), oldest < day else { return false }
      let last = min(day, oldest.adding(days: Self.daysAtOnce))
      let isReduced = try database.transaction { () throws(SQLiteError) in try reduce(before: last, breakAfter) }
      return isReduced && last < day
    } catch { throw .database(error) }
  }

  /// What is left of the days whose spans were reduced, in order.
  public func dayTotals() throws(StoreError) -> [DayTotal] {
    do throws(SQLiteError) { return try totals() } catch { throw .database(error) }
  }

  private func oldestSpan() throws(SQLiteError) -> LocalDate? {
    try database.prepare("SELECT \(Self.spanColumns) FROM span ORDER BY begin_utc_usec LIMIT 1").first {
      row throws(SQLiteError) in try Self.span(row).date
    }
  }

  /// - Returns: whether there were any.
  private func reduce(before day: LocalDate, _ breakAfter: Microseconds) throws(SQLiteError) -> Bool {
    var parts: [LocalDate: [Span]] = [:]
    let old = try numberedSpans(to: Self.midnight(day) + 26 * .hour).filter { $0.span.date < day }
    for (number, span) in old {
      let cut = span.parts
      for part in cut where part.date < day { parts[part.date, default: []].append(part) }
      // Of what goes on into that day, the rest stays.
      try replace(number, by: cut.filter { $0.date >= day }.joined)
    }
    let known = try database.prepare("SELECT * FROM day_total WHERE date = ?")
    let write = try database.prepare("INSERT OR REPLACE INTO day_total VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    for (date, parts) in parts {
      var total = DayTotal(of: date, parts, breakAfter: breakAfter)
      // A day may come again when the clock is set back.
      if let before = try known.first(date.daysSinceEpoch, row: Self.total) { total.add(before) }
      try write.run(
        date.daysSinceEpoch, total.sitting, total.standing, total.away, total.unknown, total.bouts, total.longestBout,
        total.breaks)
    }
    return !old.isEmpty
  }

  /// Spans that touch a stretch of wall time, by their numbers, in order.
  func numberedSpans(
    from: Microseconds = .min, to: Microseconds
  ) throws(SQLiteError) -> [(number: Int64, span: Span)] {
    try database.prepare(
      """
      SELECT \(Self.spanColumns), number FROM span WHERE begin_utc_usec + length_usec > ? AND begin_utc_usec < ?
      ORDER BY number
      """
    ).query(from, to) { row throws(SQLiteError) in (try row.int64(7), try Self.span(row)) }
  }

  func totals() throws(SQLiteError) -> [DayTotal] {
    try database.prepare("SELECT * FROM day_total ORDER BY date").query(row: Self.total)
  }

  private static func total(_ row: Row) throws(SQLiteError) -> DayTotal {
    var total = DayTotal(date: try date(row, 0))
    total.sitting = try row.microseconds(1)
    total.standing = try row.microseconds(2)
    total.away = try row.microseconds(3)
    total.unknown = try row.microseconds(4)
    total.bouts = Int(Row.bounded(try row.int64(5)))
    total.longestBout = try row.microseconds(6)
    total.breaks = Int(Row.bounded(try row.int64(7)))
    return total
  }
}
