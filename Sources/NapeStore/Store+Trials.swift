import NapeCore
import SQLite

/// Trials of a break interval.
extension Store {
  // MARK: Writing; each one immediate transaction

  /// Keeps the plan of a trial, so that its order cannot be drawn again.
  ///
  /// - Returns: the one that is open, where there is one: then nothing is planned.
  public func plan(_ trial: Trial, at now: Stamp) throws(DiaryError) -> TrialRecord? {
    try changing { () throws(DiaryError) in
      try stored { () throws(SQLiteError) in
        if let open = try trialRows().last(where: { $0.isOpen(on: now.date) }) { return open }
        try database.prepare("INSERT INTO trial VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)").run(
          RecordID.make(utcMicroseconds: now.wall).bytes, Int64(bitPattern: trial.seed), trial.start.daysSinceEpoch,
          trial.pairs, trial.present, trial.shorter, now.wall, now.offsetSeconds)
        return nil
      }
    }
  }

  /// Ends the trial that is open.
  ///
  /// - Returns: it, as it is now; `nil` where none was.
  public func stopTrial(at now: Stamp) throws(DiaryError) -> TrialRecord? {
    try changing { () throws(DiaryError) in
      try stored { () throws(SQLiteError) in
        guard var open = try trialRows().last(where: { $0.isOpen(on: now.date) }) else { return nil }
        try database.prepare("UPDATE trial SET stopped_utc_usec = ?, stopped_offset_s = ? WHERE id = ?").run(
          now.wall, now.offsetSeconds, open.id.bytes)
        open.stopped = now
        return open
      }
    }
  }

  // MARK: Reading

  /// All that were planned, in order.
  public func trials() throws(StoreError) -> [TrialRecord] {
    do throws(SQLiteError) { return try trialRows() } catch { throw .database(error) }
  }

  func trialRows() throws(SQLiteError) -> [TrialRecord] {
    try database.prepare(
      """
      SELECT id, seed, start, pairs, present_usec, shorter_usec, planned_utc_usec, planned_offset_s, stopped_utc_usec,
        stopped_offset_s FROM trial ORDER BY planned_utc_usec, id
      """
    ).query { row throws(SQLiteError) -> TrialRecord? in
      guard let id = RecordID(bytes: try row.bytes(0)), let planned = try row.stampOrNil(6) else { return nil }
      let trial = Trial(
        start: try Self.date(row, 2), seed: UInt64(bitPattern: try row.int64(1)),
        pairs: Int(clamping: try row.int64(3)), present: try row.microseconds(4), shorter: try row.microseconds(5))
      return TrialRecord(id: id, trial: trial, planned: planned, stopped: try row.stampOrNil(8))
    }.compactMap { $0 }
  }
}
