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
    try enter(note, Self.refusal(of: note, now), at: now, way, insert)
  }

  /// - Throws: ``DiaryError/refused(_:)`` for a day to come, and for a total that there is not.
  @discardableResult
  public func add(_ score: Score, at now: Stamp, way: EntryWay) throws(DiaryError) -> RecordID {
    try enter(score, Self.refusal(of: score, now), at: now, way, insert)
  }

  /// - Throws: ``DiaryError/refused(_:)`` for a day to come, and where nothing was answered.
  @discardableResult
  public func add(_ check: DeskCheck, at now: Stamp, way: EntryWay) throws(DiaryError) -> RecordID {
    try enter(check, Self.refusal(of: check, now), at: now, way, insert)
  }

  private func enter<Content>(
    _ content: Content, _ refusal: EntryRules.Refusal?, at now: Stamp, _ way: EntryWay,
    _ insert: (DiaryEntry<Content>) throws(SQLiteError) -> Void
  ) throws(DiaryError) -> RecordID {
    if let refusal { throw .refused(refusal) }
    let entry = DiaryEntry(id: .make(utcMicroseconds: now.wall), content: content, entered: now, way: way)
    try changing { () throws(DiaryError) in try stored { () throws(SQLiteError) in try insert(entry) } }
    return entry.id
  }

  /// Deletes one. That there was one, and when it was deleted, stays in the audit; what it was does not, nor in the log
  /// unless another program is reading just then.
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
    _ = try? emptyLog()
  }

  // MARK: What is refused, whoever brings it

  static func refusal(of note: DiaryNote, _ now: Stamp) -> EntryRules.Refusal? {
    if note.text.isEmpty { return note.kind.isVisit ? refusal(of: note.date, now) : .noText }
    guard FieldValue(note.text, .text(longest: DiaryNote.longestText)) != nil else { return .textNotAllowed }
    return refusal(of: note.date, now)
  }

  static func refusal(of score: Score, _ now: Stamp) -> EntryRules.Refusal? {
    guard score.instrument.range.contains(score.total) else { return .noSuchTotal(score.instrument) }
    return refusal(of: score.date, now)
  }

  static func refusal(of check: DeskCheck, _ now: Stamp) -> EntryRules.Refusal? {
    let isAnswered = !check.answers.isEmpty && check.answers.allSatisfy { !$0.isEmpty && !$1.isEmpty }
    return isAnswered ? refusal(of: check.date, now) : .nothingAnswered
  }

  private static func refusal(of date: LocalDate, _ now: Stamp) -> EntryRules.Refusal? {
    date <= now.date ? nil : .dayNotBegun(date)
  }

  // MARK: Reading; by date, then as they were entered

  public func notes(
    from first: LocalDate? = nil, to last: LocalDate? = nil
  ) throws(StoreError) -> [DiaryEntry<DiaryNote>] {
    do throws(SQLiteError) { return try noteRows(.dates(from: first, to: last)) } catch { throw .database(error) }
  }

  public func scores(from first: LocalDate? = nil, to last: LocalDate? = nil) throws(StoreError) -> [DiaryEntry<Score>]
  {
    do throws(SQLiteError) { return try scoreRows(.dates(from: first, to: last)) } catch { throw .database(error) }
  }

  public func deskChecks(
    from first: LocalDate? = nil, to last: LocalDate? = nil
  ) throws(StoreError) -> [DiaryEntry<DeskCheck>] {
    do throws(SQLiteError) { return try deskCheckRows(.dates(from: first, to: last)) } catch { throw .database(error) }
  }
}
