import NapeCore
import SQLite

/// The desk contexts of headaches: the sitting record beside their onsets.
extension Store {
  /// Computes the contexts that the record had not reached when they were stored.
  ///
  /// - Parameters:
  ///   - open: the daemon's open span, as it would be stored if it ended now.
  public func completeContexts(open: [Span], rules: DiaryRules) throws(StoreError) {
    do throws(SQLiteError) {
      let waiting = try database.prepare("SELECT episode FROM desk_context WHERE complete = 0").query {
        row throws(SQLiteError) in RecordID(bytes: try row.bytes(0))
      }
      guard !waiting.isEmpty else { return }
      try database.transaction { () throws(SQLiteError) in
        for id in waiting.compactMap({ $0 }) {
          guard let record = try episode(id) else { continue }
          try writeContext(of: record.episode, id, rules, open: open)
        }
      }
    } catch { throw .database(error) }
  }

  // MARK: Within a transaction

  /// Where the hour of the onset is not known there is no context.
  func writeContext(
    of episode: Episode, _ id: RecordID, _ rules: DiaryRules, open: [Span]? = nil
  ) throws(SQLiteError) {
    try database.prepare("DELETE FROM desk_context WHERE episode = ?").run(id.bytes)
    guard episode.onset.precision.isTimed else { return }
    let onset = episode.onset.at
    let context = DeskContext(
      of: onset, in: try record(around: onset.wall, open: open), ignoredPrompts: try ignoredPrompts(before: onset.wall),
      breakAfter: rules.breakAfter, afternoon: (rules.afternoonFrom, rules.afternoonTo))
    try write(context, of: id)
  }

  func write(_ context: DeskContext, of id: RecordID) throws(SQLiteError) {
    try database.prepare("INSERT INTO desk_context VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").run(
      id.bytes, context.windows[0].sitting, context.windows[0].known, context.windows[1].sitting,
      context.windows[1].known, context.windows[2].sitting, context.windows[2].known, context.bout, context.sinceBreak,
      context.longestBout, context.ignoredPrompts, context.partOfDay.rawValue, context.isComplete)
  }

  /// The record around a moment: the day before it with the span in which that begins, however long, and as much after it
  /// as shows that the record went on; with the span that is open, as the daemon or its last checkpoint has it.
  private func record(around wall: Microseconds, open: [Span]?) throws(SQLiteError) -> [Span] {
    let dayBefore = wall - 24 * .hour
    let begin = try database.prepare("SELECT max(begin_utc_usec) FROM span WHERE begin_utc_usec <= ?").first(dayBefore)
    {
      row throws(SQLiteError) in try row.int64OrNil(0)
    }
    let spans = try storedSpans(from: (begin ?? nil) ?? dayBefore, to: wall + 36 * .hour)
    if let open { return spans + open }
    return spans + (try lastCheckpoint()?.open ?? [])
  }

  private func ignoredPrompts(before wall: Microseconds) throws(SQLiteError) -> Int {
    try database.prepare(
      """
      SELECT count(*) FROM prompt WHERE posted_utc_usec >= ? AND posted_utc_usec < ?
        AND outcome IN ('expired', 'skipped', 'dismissed')
      """
    ).first(wall - 4 * .hour, wall) { row throws(SQLiteError) in Int(clamping: try row.int64(0)) } ?? 0
  }

  static func context(_ row: Row) throws(SQLiteError) -> DeskContext {
    DeskContext(
      windows: [
        .init(sitting: try row.microseconds(1), known: try row.microseconds(2)),
        .init(sitting: try row.microseconds(3), known: try row.microseconds(4)),
        .init(sitting: try row.microseconds(5), known: try row.microseconds(6)),
      ],
      bout: try row.microsecondsOrNil(7), sinceBreak: try row.microsecondsOrNil(8),
      longestBout: try row.microseconds(9),
      ignoredPrompts: Int(clamping: try row.int64(10)),
      partOfDay: PartOfDay(rawValue: try row.string(11)) ?? .night, isComplete: try row.bool(12))
  }
}
