import NapeCore
import SQLite

/// What is known of the days: declared, or from the headaches that touched them (`clinical.md` §1.4).
extension Store {
  // MARK: Writing; each one immediate transaction

  /// Says that a day had no headache, or takes that back.
  ///
  /// What is said again keeps the time when it was said first.
  ///
  /// - Parameter state: `none` or `unknown`; `headache` follows from the headaches.
  /// - Throws: ``DiaryError/refused(_:)`` for a day to come, and for a day with a headache.
  public func setDay(
    _ date: LocalDate, to state: DayState, at now: Stamp, way: EntryWay
  ) throws(DiaryError) {
    try changing { () throws(DiaryError) in
      guard date <= now.date else { throw .refused(.dayNotBegun(date)) }
      let hasHeadache: Bool = try stored { () throws(SQLiteError) in try self.hasHeadache(date) }
      guard !hasHeadache else { throw .refused(.dayHasHeadache(date)) }
      try stored { () throws(SQLiteError) in try declare(date, state == .none ? .none : .unknown, at: now, way) }
    }
  }

  /// Notes what bore on a day, in place of what was noted before.
  ///
  /// - Parameter factors: empty: the person said that there was nothing.
  /// - Throws: ``DiaryError/refused(_:)`` for a day to come.
  public func setFactors(
    of date: LocalDate, to factors: [DayFactor], at now: Stamp, way: EntryWay
  ) throws(DiaryError) {
    try changing { () throws(DiaryError) in
      guard date <= now.date else { throw .refused(.dayNotBegun(date)) }
      try stored { () throws(SQLiteError) in try write(factors, of: date, entered: now, way) }
    }
  }

  // MARK: Reading

  /// What is known of the days from one on; those that are not in it are unknown.
  public func days(from first: LocalDate) throws(StoreError) -> [LocalDate: DayState] {
    do throws(SQLiteError) { return try states(from: first, to: nil) } catch { throw .database(error) }
  }

  /// What was said of the days from one on, in order: their declared states and factors.
  public func dayRecords(from first: LocalDate, to last: LocalDate? = nil) throws(StoreError) -> [DayRecord] {
    do throws(SQLiteError) { return try dayRecordsWithFactors(from: first, to: last) } catch { throw .database(error) }
  }

  /// One row of the audit of the days.
  public struct DayChange: Hashable, Sendable {
    public var date: LocalDate
    public var old: DayState
    /// `nil` where it was taken back, by the person or by a headache.
    public var new: DayState?
    public var at: Stamp
    public var way: EntryWay
  }

  /// What was said of days and did not stay, in order.
  public func dayChanges() throws(StoreError) -> [DayChange] {
    do throws(SQLiteError) {
      return try database.prepare("SELECT date, old, new, utc_usec, offset_s, way FROM day_change ORDER BY number")
        .query { row throws(SQLiteError) in
          DayChange(
            date: try Self.date(row, 0), old: DayState(rawValue: try row.string(1)) ?? .unknown,
            new: try row.stringOrNil(2).flatMap(DayState.init),
            at: Stamp(wall: try row.microseconds(3), offsetSeconds: try row.offset(4)),
            way: EntryWay(rawValue: try row.string(5)) ?? .notification)
        }
    } catch { throw .database(error) }
  }

  // MARK: Within a transaction

  /// Whether a headache touched a day.
  func hasHeadache(_ date: LocalDate) throws(SQLiteError) -> Bool {
    try headacheDays(from: date, to: date).contains(date)
  }

  private func states(from first: LocalDate, to last: LocalDate?) throws(SQLiteError) -> [LocalDate: DayState] {
    var states = Dictionary(
      try declared(from: first, to: last).map { ($0.date, $0.state) }, uniquingKeysWith: { first, _ in first })
    for date in try headacheDays(from: first, to: last) { states[date] = .headache }
    return states.filter { $0.value != .unknown }
  }

  private func headacheDays(from first: LocalDate, to last: LocalDate?) throws(SQLiteError) -> Set<LocalDate> {
    // A local day begins and ends up to 26 hours from the one in UTC.
    let from = Self.midnight(first) - EntryRules.longestEpisode - 26 * .hour
    let to = last.map { Self.midnight($0) + 50 * .hour } ?? .max
    var days: Set<LocalDate> = []
    for (_, episode) in try bareEpisodes(from: from, to: to) {
      var date = max(first, episode.onset.at.date)
      while date <= min(episode.lastDate, last ?? episode.lastDate) {
        days.insert(date)
        date = date.adding(days: 1)
      }
    }
    return days
  }

  /// In UTC, within what can be added to and taken from.
  static func midnight(_ date: LocalDate) -> Microseconds {
    Microseconds(min(max(date.daysSinceEpoch, -10_000_000), 10_000_000)) * 24 * .hour
  }

  func declared(from first: LocalDate, to last: LocalDate?) throws(SQLiteError) -> [DayRecord] {
    try database.prepare(
      "SELECT date, entered_utc_usec, offset_s, state, way FROM day WHERE date BETWEEN ? AND ? ORDER BY date"
    ).query(first.daysSinceEpoch, last?.daysSinceEpoch ?? .max) { row throws(SQLiteError) in
      DayRecord(
        date: try Self.date(row, 0),
        // A word of a newer version is nothing that this one knows.
        state: DayState(rawValue: try row.string(3)) ?? .unknown,
        entered: try Self.stamp(row, 1) ?? Stamp(wall: 0, offsetSeconds: 0),
        way: EntryWay(rawValue: try row.string(4)) ?? .notification)
    }
  }

  func dayRecordsWithFactors(from first: LocalDate, to last: LocalDate?) throws(SQLiteError) -> [DayRecord] {
    var records = Dictionary(
      try declared(from: first, to: last).map { ($0.date, $0) }, uniquingKeysWith: { first, _ in first })
    let noted = try database.prepare(
      "SELECT date, entered_utc_usec, offset_s, factors, way FROM day_factors WHERE date BETWEEN ? AND ?"
    ).query(first.daysSinceEpoch, last?.daysSinceEpoch ?? .max) { row throws(SQLiteError) in
      DayRecord(
        date: try Self.date(row, 0), state: .unknown,
        factors: try row.string(3).split(separator: ",")
          .compactMap { DayFactor(rawValue: String($0)) },
        entered: try Self.stamp(row, 1) ?? Stamp(wall: 0, offsetSeconds: 0),
        way: EntryWay(rawValue: try row.string(4)) ?? .dbus)
    }
    for record in noted { records[record.date, default: record].factors = record.factors }
    return records.values.sorted { $0.date < $1.date }
  }

  /// Writes what is said of a day; what was said before and does not stay is kept in the audit.
  func declare(_ date: LocalDate, _ state: DayState, at now: Stamp, _ way: EntryWay) throws(SQLiteError) {
    let before = try declared(from: date, to: date).first?.state
    guard before != state else { return }
    if let before {
      try database.prepare("DELETE FROM day WHERE date = ?").run(date.daysSinceEpoch)
      try database.prepare("INSERT INTO day_change VALUES (NULL, ?, ?, ?, ?, ?, ?)").run(
        date.daysSinceEpoch, before.rawValue, state == .unknown ? nil : state.rawValue, now.wall, now.offsetSeconds,
        way.rawValue)
    }
    guard state != .unknown else { return }
    try database.prepare("INSERT INTO day VALUES (?, ?, ?, ?, ?)").run(
      date.daysSinceEpoch, state.rawValue, now.wall, now.offsetSeconds, way.rawValue)
  }

  func write(
    _ factors: [DayFactor], of date: LocalDate, entered: Stamp, _ way: EntryWay
  ) throws(SQLiteError) {
    try database.prepare("INSERT OR REPLACE INTO day_factors VALUES (?, ?, ?, ?, ?)").run(
      date.daysSinceEpoch, FieldValue.words(factors.map(\.rawValue)).text, entered.wall, entered.offsetSeconds,
      way.rawValue)
  }

  static func date(_ row: Row, _ column: Int) throws(SQLiteError) -> LocalDate {
    Row.boundedDay(try row.int64(column))
  }
}
