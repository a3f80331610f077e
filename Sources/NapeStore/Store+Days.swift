import NapeCore
import SQLite

/// What is known of the days: declared, or from the headaches that touched them (`clinical.md` §1.4).
extension Store {
  /// What is known of the days from one on; those that are not in it are unknown.
  public func days(from first: LocalDate) throws(StoreError) -> [LocalDate: DayState] {
    do throws(SQLiteError) { return try states(from: first) } catch { throw .database(error) }
  }

  private func states(from first: LocalDate) throws(SQLiteError) -> [LocalDate: DayState] {
    var states = Dictionary(
      try declared(from: first, to: nil).map { ($0.date, $0.state) }, uniquingKeysWith: { first, _ in first })
    let start = Int64(first.daysSinceEpoch) * 24 * .hour
    for record in try episodeRecords(from: start - EntryRules.longestEpisode - 48 * .hour, to: .max) {
      var date = max(first, record.episode.onset.at.date)
      while date <= record.episode.lastDate {
        states[date] = .headache
        date = date.adding(days: 1)
      }
    }
    return states.filter { $0.value != .unknown }
  }

  /// What was said of the days from one on, in order.
  public func dayRecords(from first: LocalDate, to last: LocalDate? = nil) throws(StoreError) -> [DayRecord] {
    do throws(SQLiteError) { return try declared(from: first, to: last) } catch { throw .database(error) }
  }

  private func declared(from first: LocalDate, to last: LocalDate?) throws(SQLiteError) -> [DayRecord] {
    let rows = try database.prepare("SELECT * FROM day WHERE date BETWEEN ? AND ? ORDER BY date").query(
      first.daysSinceEpoch, last?.daysSinceEpoch ?? .max
    ) { row throws(SQLiteError) in
      DayRecord(
        date: LocalDate(daysSinceEpoch: Int(clamping: try row.int64(0))),
        // A word of a newer version is nothing that this one knows.
        state: DayState(rawValue: try row.string(1)) ?? .unknown,
        entered: Stamp(wall: try row.int64(2), offsetSeconds: Int(clamping: try row.int64(3))),
        way: EntryWay(rawValue: try row.string(4)) ?? .notification)
    }
    return rows
  }

  /// Says that a day had no headache, or takes that back.
  ///
  /// - Parameter state: `none` or `unknown`.
  /// - Throws: ``DiaryError/refused(_:)`` for a day to come, and for `none` on a day with a headache.
  public func setDay(
    _ date: LocalDate, to state: DayState, at now: Stamp, way: EntryWay
  ) throws(DiaryError) {
    try changing { () throws(DiaryError) in
      guard date <= now.date else { throw .refused(.dayNotBegun(date)) }
      let before = try stored { () throws(SQLiteError) in try states(from: date) }
      if before[date] == .headache, state != .headache { throw .refused(.dayHasHeadache(date)) }
      try stored { () throws(SQLiteError) in
        if state == .none {
          try database.prepare("INSERT OR REPLACE INTO day VALUES (?, ?, ?, ?, ?)").run(
            date.daysSinceEpoch, state.rawValue, now.wall, now.offsetSeconds, way.rawValue)
        } else {
          try database.prepare("DELETE FROM day WHERE date = ?").run(date.daysSinceEpoch)
        }
      }
    }
  }
}
