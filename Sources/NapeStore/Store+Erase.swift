import NapeCore
import SQLite

/// Taking away what is stored, for good.
extension Store {
  // MARK: Writing; each one immediate transaction

  /// Deletes what lies on some days, or everything, and leaves word for a daemon that runs.
  ///
  /// Of headaches goes what touches one of the days, with its audit; of spans the part that lies on them, which becomes one
  /// that is unknown where the ledger goes on before it. Desk contexts of the day after are computed anew. The pages are
  /// overwritten (`secure_delete`), but the log keeps old ones until ``emptyLog()``.
  ///
  /// - Parameter offsetSeconds: what local clocks are ahead of UTC, for what is stored without an offset.
  public func erase(
    _ erasure: Erasure, offsetSeconds: Int, rules: DiaryRules
  ) throws(StoreError) {
    do throws(SQLiteError) {
      try database.transaction { () throws(SQLiteError) in
        try eraseDiary(erasure, offsetSeconds)
        if !erasure.isDiaryOnly { try eraseRecord(erasure, offsetSeconds) }
        if let days = erasure.days { try renewContexts(after: days, rules) }
        guard !erasure.isDiaryOnly else { return }
        try database.prepare("INSERT INTO erasure VALUES (NULL, ?, ?)").run(
          erasure.days?.lowerBound.daysSinceEpoch, erasure.days?.upperBound.daysSinceEpoch)
      }
    } catch { throw .database(error) }
  }

  /// What has been erased since this was called last: the caller forgets it too.
  ///
  /// - Returns: the days; `nil` among them for everything.
  public func takeErasures() throws(StoreError) -> [ClosedRange<LocalDate>?] {
    do throws(SQLiteError) {
      let rows = try database.prepare("SELECT first, last FROM erasure ORDER BY number").query {
        row throws(SQLiteError) -> ClosedRange<LocalDate>? in
        guard let first = try row.int64OrNil(0), let last = try row.int64OrNil(1), first <= last else { return nil }
        return try Self.date(row, 0)...(try Self.date(row, 1))
      }
      guard !rows.isEmpty else { return [] }
      try database.transaction { () throws(SQLiteError) in try database.execute("DELETE FROM erasure") }
      return rows
    } catch { throw .database(error) }
  }

  // MARK: Within a transaction

  private func eraseDiary(_ erasure: Erasure, _ offset: Int) throws(SQLiteError) {
    guard let days = erasure.days else {
      for table in Self.diaryTables { try database.execute("DELETE FROM \(table)") }
      return
    }
    let (first, last) = (days.lowerBound.daysSinceEpoch, days.upperBound.daysSinceEpoch)
    let from = Self.midnight(days.lowerBound)
    for (id, episode) in try bareEpisodes(
      from: from - EntryRules.longestEpisode - 26 * .hour, to: Self.midnight(days.upperBound) + 50 * .hour)
    where episode.onset.at.date <= days.upperBound && episode.lastDate >= days.lowerBound {
      try database.prepare("DELETE FROM episode WHERE id = ?").run(id.bytes)
      try database.prepare("DELETE FROM diary_change WHERE record = ?").run(id.bytes)
    }
    // Of records that are gone, the day on which they went is all that is known.
    try database.prepare(
      """
      DELETE FROM diary_change WHERE (utc_usec + offset_s * 1000000) / 86400000000 BETWEEN ? AND ?
        AND record NOT IN (SELECT id FROM episode UNION ALL SELECT id FROM note UNION ALL SELECT id FROM score)
      """
    ).run(first, last)
    for table in ["day", "day_factors", "day_change", "note", "score", "desk_check"] {
      try database.prepare("DELETE FROM \(table) WHERE date BETWEEN ? AND ?").run(first, last)
    }
    for (table, stamp) in [
      ("exercise_done", "done_utc_usec + offset_s * 1000000"),
      ("exercise_rating", "rated_utc_usec + offset_s * 1000000"),
      ("first_use_answer", "answered_utc_usec + \(offset) * 1000000"),
      ("acknowledgement", "utc_usec + \(offset) * 1000000"),
      ("warning_report", "opened_utc_usec + opened_offset_s * 1000000"),
    ] {
      try database.prepare("DELETE FROM \(table) WHERE (\(stamp)) / 86400000000 BETWEEN ? AND ?").run(first, last)
    }
  }

  private static let diaryTables = [
    "episode", "episode_field", "medicine", "desk_context", "diary_change", "day", "day_factors", "day_change", "note",
    "score", "desk_check", "warning_report", "acknowledgement", "exercise_done", "exercise_rating", "first_use_answer",
    "exercise_level", "programme",
  ]

  private func eraseRecord(_ erasure: Erasure, _ offset: Int) throws(SQLiteError) {
    guard let days = erasure.days else {
      for table in ["span", "prompt", "clock_step", "checkpoint", "day_total"] {
        try database.execute("DELETE FROM \(table)")
      }
      return
    }
    let (first, last) = (days.lowerBound.daysSinceEpoch, days.upperBound.daysSinceEpoch)
    try eraseSpans(days)
    try database.prepare("DELETE FROM day_total WHERE date BETWEEN ? AND ?").run(first, last)
    for (table, stamp) in [
      ("prompt", "posted_utc_usec + offset_s * 1000000"), ("clock_step", "utc_usec + \(offset) * 1000000"),
    ] {
      try database.prepare("DELETE FROM \(table) WHERE (\(stamp)) / 86400000000 BETWEEN ? AND ?").run(first, last)
    }
    guard var checkpoint = try lastCheckpoint() else { return }
    checkpoint.forget(days)
    try write(checkpoint)
  }

  private func eraseSpans(_ days: ClosedRange<LocalDate>) throws(SQLiteError) {
    let from = Self.midnight(days.lowerBound) - 26 * .hour
    let touched = try numberedSpans(
      "begin_utc_usec + length_usec > ? AND begin_utc_usec < ?", from, Self.midnight(days.upperBound) + 50 * .hour
    ).filter { $0.span.touches(days) }
    // From the last run of them to the first, since the numbers after one that grows are shifted.
    var end = touched.endIndex
    while end > 0 {
      var start = end - 1
      while start > 0, touched[start - 1].number == touched[start].number - 1 { start -= 1 }
      try eraseRun(touched[start..<end], days)
      end = start
    }
  }

  /// Spans that follow each other: what is before and after the days stays, and what is between becomes one.
  private func eraseRun(
    _ run: ArraySlice<(number: Int64, span: Span)>, _ days: ClosedRange<LocalDate>
  ) throws(SQLiteError) {
    guard let first = run.first, let last = run.last else { return }
    let parts = run.flatMap { $0.span.parts }
    let between = parts.filter { days.contains($0.date) }
    let before = first.span.parts.filter { $0.date < days.lowerBound }.joined
    let after = last.span.parts.filter { $0.date > days.upperBound }.joined
    // At the very beginning of the ledger there is nothing that it would go on from.
    let goesOn = try database.prepare("SELECT 1 FROM span WHERE number < ? LIMIT 1").first(first.number) {
      row throws(SQLiteError) in try row.bool(0)
    }
    let filler = before != nil || goesOn == true ? between.joined?.forgotten : nil
    let rest = [before, filler, after].compactMap { $0 }
    for (number, _) in run { try replace(number, by: nil) }
    let lacking = Int64(rest.count - run.count)
    if lacking > 0 {
      // In two steps, since each number is there once at any time.
      try database.prepare("UPDATE span SET number = -number - ? WHERE number > ?").run(lacking, last.number)
      try database.execute("UPDATE span SET number = -number WHERE number < 0")
    }
    for (place, span) in rest.enumerated() { try insert(span, number: first.number + Int64(place)) }
  }

  /// Contexts reach back a day at most.
  private func renewContexts(after days: ClosedRange<LocalDate>, _ rules: DiaryRules) throws(SQLiteError) {
    let from = Self.midnight(days.upperBound) - 26 * .hour
    for (id, episode) in try bareEpisodes(from: from, to: from + 100 * .hour) {
      try writeContext(of: episode, id, rules)
    }
  }
}
