import NapeCore
import SQLite

/// Warning signs that the person said they have, and what they have read.
extension Store {
  // MARK: Warning signs

  /// Opens a warning sign: exercise and posture prompts pause until ``closeWarnings(at:)``, where its level asks for that.
  ///
  /// - Parameter report: with its signs only where the person wants them kept.
  @discardableResult
  public func openWarning(_ report: WarningReport, way: EntryWay) throws(DiaryError) -> RecordID {
    let id = RecordID.make(utcMicroseconds: report.opened.wall)
    try changing { () throws(DiaryError) in
      try stored { () throws(SQLiteError) in
        try database.prepare("INSERT INTO warning_report VALUES (?, ?, ?, ?, ?, ?, ?, ?)").run(
          id.bytes, report.level.rawValue,
          report.signs.isEmpty ? nil : report.signs.joined(separator: ","), report.opened.wall,
          report.opened.offsetSeconds, report.closed?.wall, report.closed?.offsetSeconds, way.rawValue)
      }
    }
    return id
  }

  /// The person wants the signs of an open one kept, for their report.
  public func keepSigns(_ signs: [String], ofWarning id: RecordID) throws(DiaryError) {
    try changing { () throws(DiaryError) in
      try stored { () throws(SQLiteError) in
        try database.prepare("UPDATE warning_report SET signs = ? WHERE id = ?").run(
          signs.joined(separator: ","), id.bytes)
      }
    }
  }

  /// The person does not want on their report which signs there were; that there were some stays.
  public func forgetSigns() throws(DiaryError) {
    try changing { () throws(DiaryError) in
      try stored { () throws(SQLiteError) in try database.prepare("UPDATE warning_report SET signs = NULL").run() }
    }
  }

  /// The person says that prompts may go on.
  ///
  /// - Returns: how many were open.
  @discardableResult
  public func closeWarnings(at now: Stamp) throws(DiaryError) -> Int {
    try changing { () throws(DiaryError) in
      try stored { () throws(SQLiteError) in
        try database.prepare(
          "UPDATE warning_report SET closed_utc_usec = ?, closed_offset_s = ? WHERE closed_utc_usec IS NULL"
        ).run(now.wall, now.offsetSeconds)
        return try database.prepare("SELECT changes()").first { row throws(SQLiteError) in
          Int(clamping: try row.int64(0))
        } ?? 0
      }
    }
  }

  /// The gravest open one that pauses prompts, of these the last.
  public func openWarning() throws(StoreError) -> WarningReport? {
    let open = try warnings().filter { $0.isOpen && $0.level.pausesPrompts }
    return open.last { $0.level == .emergency } ?? open.last
  }

  /// Those that were opened in a stretch of wall time, in order.
  public func warnings(from: Microseconds = .min, to: Microseconds = .max) throws(StoreError) -> [WarningReport] {
    do throws(SQLiteError) { return try warningReports(from: from, to: to) } catch { throw .database(error) }
  }

  func warningReports(from: Microseconds = .min, to: Microseconds) throws(SQLiteError) -> [WarningReport] {
    try database.prepare(
      """
      SELECT level, signs, opened_utc_usec, opened_offset_s, closed_utc_usec, closed_offset_s FROM warning_report
      WHERE opened_utc_usec >= ? AND opened_utc_usec < ? ORDER BY opened_utc_usec, id
      """
    ).query(from, to) { row throws(SQLiteError) in
      WarningReport(
        // A word of a newer version is taken for the gravest.
        level: WarningReport.Level(rawValue: try row.string(0)) ?? .emergency,
        signs: try row.stringOrNil(1)?.split(separator: ",").map(String.init) ?? [],
        opened: try Self.stamp(row, 2) ?? Stamp(wall: 0, offsetSeconds: 0), closed: try Self.stamp(row, 4))
    }
  }

  // MARK: What has been read

  /// The person has read and confirmed something, such as the page of warning signs; the first time counts.
  public func acknowledge(_ what: String, at now: Stamp) throws(DiaryError) {
    try changing { () throws(DiaryError) in
      try stored { () throws(SQLiteError) in
        try database.prepare("INSERT OR IGNORE INTO acknowledgement VALUES (?, ?)").run(what, now.wall)
      }
    }
  }

  public func isAcknowledged(_ what: String) throws(StoreError) -> Bool {
    do throws(SQLiteError) {
      return try database.prepare("SELECT 1 FROM acknowledgement WHERE what = ?").first(what) {
        row throws(SQLiteError) in try row.int64(0)
      } != nil
    } catch { throw .database(error) }
  }
}
