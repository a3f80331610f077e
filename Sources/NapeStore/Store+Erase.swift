import NapeCore
import SQLite

/// Taking away what is stored, for good.
extension Store {
  // MARK: Writing; each one immediate transaction

  /// Deletes what lies on some days, or everything, and leaves word for a daemon that runs.
  ///
  /// Of headaches goes what touches one of the days, with its audit; of spans the part that lies on them, which becomes one
  /// that is unknown where the ledger goes on before it. Desk contexts that reach back into these spans are computed anew.
  /// The pages are overwritten (`secure_delete`), but the log keeps old ones until ``emptyLog()``.
  ///
  /// - Parameter offsetSeconds: what local clocks are ahead of UTC, for what is stored without an offset.
  public func erase(
    _ erasure: Erasure, offsetSeconds: Int, rules: DiaryRules
  ) throws(StoreError) {
    do throws(SQLiteError) {
      try database.transaction { () throws(SQLiteError) in
        try eraseDiary(erasure, offsetSeconds)
        if !erasure.isDiaryOnly { try eraseRecord(erasure, offsetSeconds, rules) }
        try database.prepare("INSERT INTO erasure VALUES (NULL, ?, ?, ?)").run(
          erasure.days?.lowerBound.daysSinceEpoch, erasure.days?.upperBound.daysSinceEpoch, erasure.isDiaryOnly)
      }
    } catch { throw .database(error) }
  }

  /// What has been erased since ``takeErasures()`` was called last.
  public func erasures() throws(StoreError) -> [Erasure] {
    do throws(SQLiteError) { return try storedErasures() } catch { throw .database(error) }
  }

  /// Takes the word that was left of what has been erased: the caller forgets it too.
  public func takeErasures() throws(StoreError) -> [Erasure] {
    do throws(SQLiteError) {
      guard try !storedErasures().isEmpty else { return [] }
      return try database.transaction { () throws(SQLiteError) in
        let erasures = try storedErasures()
        try database.execute("DELETE FROM erasure")
        return erasures
      }
    } catch { throw .database(error) }
  }

  private func storedErasures() throws(SQLiteError) -> [Erasure] {
    try database.prepare("SELECT first, last, diary_only FROM erasure ORDER BY number").query {
      row throws(SQLiteError) in
      var days: ClosedRange<LocalDate>?
      if let first = try row.int64OrNil(0), let last = try row.int64OrNil(1), first <= last {
        days = try Self.date(row, 0)...(try Self.date(row, 1))
      }
      return Erasure(days: days, isDiaryOnly: try row.int64(2) != 0)
    }
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
    try eraseAudit(days)
    for table in ["day", "day_factors", "day_change", "note", "score", "desk_check"] {
      try database.prepare("DELETE FROM \(table) WHERE date BETWEEN ? AND ?").run(first, last)
    }
    for (table, stamp) in [
      ("medicine", "taken_utc_usec + offset_s * 1000000"),
      ("exercise_done", "done_utc_usec + offset_s * 1000000"),
      ("exercise_rating", "rated_utc_usec + offset_s * 1000000"),
      ("first_use_answer", "answered_utc_usec + \(offset) * 1000000"),
      ("acknowledgement", "utc_usec + \(offset) * 1000000"),
      ("warning_report", "opened_utc_usec + opened_offset_s * 1000000"),
      ("trial", "planned_utc_usec + planned_offset_s * 1000000"),
    ] {
      try database.prepare("DELETE FROM \(table) WHERE (\(stamp)) / 86400000000 BETWEEN ? AND ?").run(first, last)
    }
  }

  /// Of records that are gone, the days on which they were entered and went are all that is known; of others, times that
  /// were changed to or from one of the days.
  private func eraseAudit(_ days: ClosedRange<LocalDate>) throws(SQLiteError) {
    let gone = try database.prepare(
      """
      SELECT number, record, utc_usec, offset_s FROM diary_change WHERE record NOT IN (
        SELECT id FROM episode UNION ALL SELECT id FROM note UNION ALL SELECT id FROM score
        UNION ALL SELECT id FROM desk_check)
      """
    ).query { row throws(SQLiteError) in
      let entered = RecordID(bytes: try row.bytes(1))?.made
      let offset = try row.offset(3)
      return (
        number: try row.int64(0),
        stamps: [try row.microseconds(2), entered].compactMap { $0 }.map { Stamp(wall: $0, offsetSeconds: offset) }
      )
    }
    let delete = try database.prepare("DELETE FROM diary_change WHERE number = ?")
    for (number, stamps) in gone where stamps.contains(where: { days.contains($0.date) }) { try delete.run(number) }
    // These begin with a date.
    try database.prepare(
      """
      DELETE FROM diary_change WHERE field IN ('onset', 'end', 'medicine')
        AND (substr(old, 1, 10) BETWEEN ?1 AND ?2 OR substr(new, 1, 10) BETWEEN ?1 AND ?2)
      """
    ).run(days.lowerBound.description, days.upperBound.description)
  }

  private static let diaryTables = [
    "episode", "episode_field", "medicine", "desk_context", "diary_change", "day", "day_factors", "day_change", "note",
    "score", "desk_check", "warning_report", "acknowledgement", "exercise_done", "exercise_rating", "first_use_answer",
    "exercise_level", "programme", "trial",
  ]

  private func eraseRecord(_ erasure: Erasure, _ offset: Int, _ rules: DiaryRules) throws(SQLiteError) {
    guard let days = erasure.days else {
      for table in ["span", "prompt", "clock_step", "checkpoint", "day_total", "setting"] {
        try database.execute("DELETE FROM \(table)")
      }
      return
    }
    let (first, last) = (days.lowerBound.daysSinceEpoch, days.upperBound.daysSinceEpoch)
    let erased = try eraseSpans(days)
    try database.prepare("DELETE FROM day_total WHERE date BETWEEN ? AND ?").run(first, last)
    for (table, stamp) in [
      ("prompt", "posted_utc_usec + offset_s * 1000000"), ("clock_step", "utc_usec + \(offset) * 1000000"),
    ] {
      try database.prepare("DELETE FROM \(table) WHERE (\(stamp)) / 86400000000 BETWEEN ? AND ?").run(first, last)
    }
    if var checkpoint = try lastCheckpoint() {
      checkpoint.forget(days)
      try write(checkpoint)
    }
    if let erased { try renewContexts(reachingInto: erased, rules) }
  }

  /// - Returns: the stretch of wall time from the first to the last that was erased; `nil` for none.
  private func eraseSpans(_ days: ClosedRange<LocalDate>) throws(SQLiteError) -> Range<Microseconds>? {
    let from = Self.midnight(days.lowerBound) - 26 * .hour
    let touched = try numberedSpans(from: from, to: Self.midnight(days.upperBound) + 50 * .hour).filter {
      $0.span.touches(days)
    }
    // From the last run of them to the first, since the numbers after one that grows are shifted.
    var end = touched.endIndex
    while end > 0 {
      var start = end - 1
      while start > 0, touched[start - 1].number == touched[start].number - 1 { start -= 1 }
      try eraseRun(touched[start..<end], days)
      end = start
    }
    let within = touched.compactMap { $0.span.cut(at: days).within }
    guard let first = within.map(\.begin.wall).min(), let last = within.map(\.endStamp.wall).max() else { return nil }
    return first..<last
  }

  /// Spans that follow each other: what is before and after the days stays, and what is between becomes one.
  private func eraseRun(
    _ run: ArraySlice<(number: Int64, span: Span)>, _ days: ClosedRange<LocalDate>
  ) throws(SQLiteError) {
    guard let first = run.first, let last = run.last else { return }
    let between = run.compactMap { $0.span.cut(at: days).within }
    let before = first.span.cut(at: days).before
    let after = last.span.cut(at: days).after
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
  private func renewContexts(reachingInto erased: Range<Microseconds>, _ rules: DiaryRules) throws(SQLiteError) {
    for (id, episode) in try bareEpisodes(from: erased.lowerBound + 1, to: erased.upperBound + 24 * .hour) {
      try writeContext(of: episode, id, rules)
    }
  }
}
