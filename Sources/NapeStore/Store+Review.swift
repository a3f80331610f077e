import NapeCore
import SQLite

/// What a review is made from.
extension Store {
  /// All records that bear on some local days, on one state of the store: one query a table, however much there is.
  ///
  /// Spans reach a little beyond the days, so that a bout over midnight is whole, with the one that is open as the last
  /// checkpoint has it. Exercises go back to the start of the programme that is in force, the diary to that of a trial that
  /// lies in the days; notes, desk checks, programmes and settings to the first one.
  public func reviewRecords(from first: LocalDate, to last: LocalDate) throws(StoreError) -> ReviewRecords {
    do throws(SQLiteError) {
      return try database.snapshot { () throws(SQLiteError) in try readRecords(from: first, to: last) }
    } catch { throw .database(error) }
  }

  private func readRecords(from first: LocalDate, to last: LocalDate) throws(SQLiteError) -> ReviewRecords {
    // A local day begins and ends up to 26 hours from the one in UTC.
    let (from, to) = (Self.midnight(first) - 26 * .hour, Self.midnight(last) + 50 * .hour)
    let programmes = try programmeRecords()
    let start = programmes.last { $0.week != nil && $0.name == programmes.last?.name }?.since.wall
    var found = ReviewRecords()
    found.spans = try reviewedSpans(from: from, to: to)
    found.dayTotals = try totals().filter { (first...last).contains($0.date) }
    found.prompts = try recordedPrompts(from: from, to: to)
    found.trials = try trialRows()
    let diary = found.trials.map(\.trial).filter { $0.start <= last && $0.lastDay >= first }
      .reduce(first) { min($0, $1.start) }
    found.diary = DiaryContents(
      episodes: try records(touching: diary...last), days: try dayRecordsWithFactors(from: diary, to: last),
      notes: try noteRows(.dates(from: nil, to: nil)), scores: try scoreRows(.dates(from: nil, to: last)),
      deskChecks: try deskCheckRows(.dates(from: nil, to: last)))
    found.warnings = try warningReports(to: to)
    found.exercises = try exerciseEntries(from: min(from, start.map { $0 - 26 * .hour } ?? from), to: to)
    found.ratings = try exerciseRatings(from: from, to: to)
    found.programmes = programmes
    found.settings = try settingRecords()
    return found
  }

  /// Those that begin in a stretch of wall time, with the one in which it begins and the open one.
  private func reviewedSpans(from: Microseconds, to: Microseconds) throws(SQLiteError) -> [Span] {
    // The index knows the numbers, so that the rows are read in their order, without sorting.
    let ends = try database.prepare(
      """
      SELECT (SELECT number FROM span WHERE begin_utc_usec <= ?1 ORDER BY begin_utc_usec DESC LIMIT 1),
        min(number), max(number) FROM span WHERE begin_utc_usec >= ?1 AND begin_utc_usec < ?2
      """
    ).first(from, to) { row throws(SQLiteError) in
      [try row.int64OrNil(0), try row.int64OrNil(1), try row.int64OrNil(2)].compactMap { $0 }
    }
    let open = try lastCheckpoint()?.open.filter { $0.begin.wall < to } ?? []
    guard let low = ends?.min(), let high = ends?.max() else { return open }
    var bootID = ""
    let spans = try database.prepare(
      "SELECT \(Self.spanColumns) FROM span WHERE number BETWEEN ? AND ? ORDER BY number"
    ).query(low, high) { row throws(SQLiteError) in try Self.span(row, after: &bootID) }
    return spans + open
  }

  private func recordedPrompts(from: Microseconds, to: Microseconds) throws(SQLiteError) -> [RecordedPrompt] {
    try database.prepare(
      """
      SELECT kind, posted_utc_usec, offset_s, outcome, ended_utc_usec FROM prompt
      WHERE posted_utc_usec >= ? AND posted_utc_usec < ? ORDER BY id
      """
    ).query(from, to) { row throws(SQLiteError) -> RecordedPrompt? in
      // A kind of a newer version is nothing that this one knows.
      guard let kind = Prompt.Kind(rawValue: try row.string(0)) else { return nil }
      return RecordedPrompt(
        kind: kind, posted: Stamp(wall: try row.microseconds(1), offsetSeconds: try row.offset(2)),
        outcome: try row.stringOrNil(3).flatMap(Outcome.init), ended: try row.microsecondsOrNil(4))
    }.compactMap { $0 }
  }

  /// With those whose medicine was taken on the days.
  private func records(touching days: ClosedRange<LocalDate>) throws(SQLiteError) -> [EpisodeRecord] {
    try records(
      .begun(
        from: Self.midnight(days.lowerBound) - EntryRules.longestEpisode - 26 * .hour,
        to: Self.midnight(days.upperBound) + 50 * .hour)
    ).filter { record in
      record.episode.onset.at.date <= days.upperBound && record.episode.lastDate >= days.lowerBound
        || record.episode.medicines.contains { days.contains($0.taken.date) }
    }
  }
}
