import NapeCore
import SQLite

/// Notes and visits, typed totals of scores, and desk checks: all dated, all with their own ids.
extension Store {
  /// The tables of these; the raw value is the table.
  public enum NoteTable: String, Hashable, Sendable, CaseIterable {
    case note, score
    case deskCheck = "desk_check"
  }

  // MARK: Writing; each one transaction

  /// - Throws: ``DiaryError/refused(_:)`` for a day to come, and for a text that is missing or too long.
  @discardableResult
  public func add(_ note: DiaryNote, at now: Stamp, way: EntryWay) throws(DiaryError) -> RecordID {
    guard !note.text.isEmpty || note.kind.isVisit else { throw .refused(.noText) }
    guard note.text.isEmpty || FieldValue(note.text, .text(longest: DiaryNote.longestText)) != nil else {
      throw .refused(.textNotAllowed)
    }
    return try enter(on: note.date, at: now) { id throws(SQLiteError) in
      try database.prepare("INSERT INTO note VALUES (?, ?, ?, ?, ?, ?, ?)").run(
        id.bytes, note.kind.rawValue, note.date.daysSinceEpoch, note.text, now.wall, now.offsetSeconds, way.rawValue)
    }
  }

  /// - Throws: ``DiaryError/refused(_:)`` for a day to come, and for a total that there is not.
  @discardableResult
  public func add(_ score: Score, at now: Stamp, way: EntryWay) throws(DiaryError) -> RecordID {
    guard score.instrument.range.contains(score.total) else { throw .refused(.noSuchTotal(score.instrument)) }
    return try enter(on: score.date, at: now) { id throws(SQLiteError) in
      try database.prepare("INSERT INTO score VALUES (?, ?, ?, ?, ?, ?, ?)").run(
        id.bytes, score.instrument.rawValue, score.total, score.date.daysSinceEpoch, now.wall, now.offsetSeconds,
        way.rawValue)
    }
  }

  /// - Throws: ``DiaryError/refused(_:)`` for a day to come, and where nothing was answered.
  @discardableResult
  public func add(_ check: DeskCheck, at now: Stamp, way: EntryWay) throws(DiaryError) -> RecordID {
    guard !check.answers.isEmpty else { throw .refused(.nothingAnswered) }
    return try enter(on: check.date, at: now) { id throws(SQLiteError) in
      let statement = try database.prepare("INSERT INTO desk_check VALUES (?, ?, ?, ?, ?, ?, ?)")
      for (question, answer) in check.answers {
        try statement.run(
          id.bytes, check.date.daysSinceEpoch, question, answer, now.wall, now.offsetSeconds, way.rawValue)
      }
    }
  }

  private func enter(
    on date: LocalDate, at now: Stamp, _ insert: (RecordID) throws(SQLiteError) -> Void
  ) throws(DiaryError) -> RecordID {
    guard date <= now.date else { throw .refused(.dayNotBegun(date)) }
    let id = RecordID.make(utcMicroseconds: now.wall)
    try changing { () throws(DiaryError) in try stored { () throws(SQLiteError) in try insert(id) } }
    return id
  }

  /// Deletes one. That there was one, and when it was deleted, stays in the audit; what it was does not.
  ///
  /// - Parameter name: its id, or the last digits of it.
  public func delete(_ name: String, from table: NoteTable, at now: Stamp, way: EntryWay) throws(DiaryError) {
    try changing { () throws(DiaryError) in
      let name = name.lowercased()
      let ids = try stored { () throws(SQLiteError) in
        try database.prepare("SELECT DISTINCT id FROM \(table.rawValue)").query { row throws(SQLiteError) in
          RecordID(bytes: try row.bytes(0))
        }.compactMap { $0 }.filter { !name.isEmpty && $0.description.hasSuffix(name) }
      }
      guard ids.count == 1, let id = ids.first else { throw .refused(.noSuchEntry(name)) }
      try stored { () throws(SQLiteError) in
        try database.prepare("DELETE FROM \(table.rawValue) WHERE id = ?").run(id.bytes)
        try audit(id, AuditedChange(field: "deleted_\(table.rawValue)", old: nil, new: nil), at: now, way)
      }
    }
  }

  // MARK: Reading; by date, then as they were entered

  public func notes(from first: LocalDate? = nil, to last: LocalDate? = nil) throws(StoreError) -> [DiaryEntry<
    DiaryNote
  >] {
    try entries(
      "SELECT id, entered_utc_usec, entered_offset_s, way, date, kind, text FROM note", first, last
    ) { date, row throws(SQLiteError) in
      // A word of a newer version is a note.
      DiaryNote(kind: DiaryNote.Kind(rawValue: try row.string(5)) ?? .note, date: date, text: try row.string(6))
    }
  }

  public func scores(from first: LocalDate? = nil, to last: LocalDate? = nil) throws(StoreError) -> [DiaryEntry<Score>]
  {
    try entries(
      "SELECT id, entered_utc_usec, entered_offset_s, way, date, instrument, total FROM score", first, last
    ) { date, row throws(SQLiteError) in
      guard let instrument = Score.Instrument(rawValue: try row.string(5)) else { return nil }
      return Score(instrument: instrument, total: Int(clamping: try row.int64(6)), date: date)
    }
  }

  public func deskChecks(
    from first: LocalDate? = nil, to last: LocalDate? = nil
  ) throws(StoreError) -> [DiaryEntry<DeskCheck>] {
    let answers = try entries(
      "SELECT id, entered_utc_usec, entered_offset_s, way, date, question, answer FROM desk_check", first, last
    ) { date, row throws(SQLiteError) in DeskCheck(date: date, answers: [try row.string(5): try row.string(6)]) }
    var checks: [DiaryEntry<DeskCheck>] = []
    for answer in answers {
      if checks.last?.id == answer.id {
        checks[checks.count - 1].content.answers.merge(answer.content.answers) { $1 }
      } else {
        checks.append(answer)
      }
    }
    return checks
  }

  /// - Parameters:
  ///   - selection: of id, two of entry, way, date, and more.
  ///   - content: makes what it is of a row; `nil` for what a newer version has put there.
  private func entries<Content>(
    _ selection: String, _ first: LocalDate?, _ last: LocalDate?,
    _ content: (LocalDate, Row) throws(SQLiteError) -> Content?
  ) throws(StoreError) -> [DiaryEntry<Content>] {
    do throws(SQLiteError) {
      return try database.prepare("\(selection) WHERE date BETWEEN ? AND ? ORDER BY date, entered_utc_usec, id")
        .query(first?.daysSinceEpoch ?? .min, last?.daysSinceEpoch ?? .max) { row throws(SQLiteError) in
          let date = LocalDate(daysSinceEpoch: Int(clamping: try row.int64(4)))
          guard let id = RecordID(bytes: try row.bytes(0)), let entered = try Self.stamp(row, 1),
            let content = try content(date, row)
          else { return nil }
          return DiaryEntry(
            id: id, content: content, entered: entered, way: EntryWay(rawValue: try row.string(3)) ?? .dbus)
        }.compactMap { $0 }
    } catch { throw .database(error) }
  }
}
