import NapeCore
import SQLite

/// The rows of notes, scores and desk checks, within a transaction or a snapshot.
extension Store {
  /// Which of them are read.
  enum NoteSelection {
    case id(RecordID)
    /// Without a bound: from the first one, or to the last.
    case dates(from: LocalDate?, to: LocalDate?)

    static let all = NoteSelection.dates(from: nil, to: nil)
  }

  func insert(_ note: DiaryEntry<DiaryNote>) throws(SQLiteError) {
    try database.prepare("INSERT INTO note VALUES (?, ?, ?, ?, ?, ?, ?)").run(
      note.id.bytes, note.content.kind.rawValue, note.content.date.daysSinceEpoch, note.content.text,
      note.entered.wall, note.entered.offsetSeconds, note.way.rawValue)
  }

  func insert(_ score: DiaryEntry<Score>) throws(SQLiteError) {
    try database.prepare("INSERT INTO score VALUES (?, ?, ?, ?, ?, ?, ?)").run(
      score.id.bytes, score.content.instrument.rawValue, score.content.total, score.content.date.daysSinceEpoch,
      score.entered.wall, score.entered.offsetSeconds, score.way.rawValue)
  }

  func insert(_ check: DiaryEntry<DeskCheck>) throws(SQLiteError) {
    let add = try database.prepare("INSERT INTO desk_check VALUES (?, ?, ?, ?, ?, ?, ?)")
    for (question, answer) in check.content.answers.sorted(by: { $0.key < $1.key }) {
      try add.run(
        check.id.bytes, check.content.date.daysSinceEpoch, question, answer, check.entered.wall,
        check.entered.offsetSeconds, check.way.rawValue)
    }
  }

  func noteRows(_ which: NoteSelection) throws(SQLiteError) -> [DiaryEntry<DiaryNote>] {
    try rows("note", "kind, text", which) { (date, row) throws(SQLiteError) in
      // A word of a newer version is a note.
      DiaryNote(kind: DiaryNote.Kind(rawValue: try row.string(5)) ?? .note, date: date, text: try row.string(6))
    }
  }

  func scoreRows(_ which: NoteSelection) throws(SQLiteError) -> [DiaryEntry<Score>] {
    try rows("score", "instrument, total", which) { (date, row) throws(SQLiteError) in
      guard let instrument = Score.Instrument(rawValue: try row.string(5)) else { return nil }
      return Score(instrument: instrument, total: Int(clamping: try row.int64(6)), date: date)
    }
  }

  func deskCheckRows(_ which: NoteSelection) throws(SQLiteError) -> [DiaryEntry<DeskCheck>] {
    let answers = try rows("desk_check", "question, answer", which) { (date, row) throws(SQLiteError) in
      DeskCheck(date: date, answers: [try row.string(5): try row.string(6)])
    }
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

  /// By date, then as they were entered.
  ///
  /// - Parameter content: makes what it is of a row; `nil` for what a newer version has put there.
  private func rows<Content>(
    _ table: String, _ columns: String, _ which: NoteSelection,
    content: (LocalDate, Row) throws(SQLiteError) -> Content?
  ) throws(SQLiteError) -> [DiaryEntry<Content>] {
    let selection = "SELECT id, date, entered_utc_usec, entered_offset_s, way, \(columns) FROM \(table) WHERE"
    let order = "ORDER BY date, entered_utc_usec, id"
    func entry(_ row: Row) throws(SQLiteError) -> DiaryEntry<Content>? {
      let date = try Self.date(row, 1)
      guard let id = RecordID(bytes: try row.bytes(0)), let entered = try Self.stamp(row, 2),
        let content = try content(date, row)
      else { return nil }
      return DiaryEntry(
        id: id, content: content, entered: entered, way: EntryWay(rawValue: try row.string(4)) ?? .dbus)
    }
    let entries =
      switch which {
      case .id(let id): try database.prepare("\(selection) id = ? \(order)").query(id.bytes, row: entry)
      case .dates(let first, let last):
        try database.prepare("\(selection) date BETWEEN ? AND ? \(order)")
          .query(first?.daysSinceEpoch ?? .min, last?.daysSinceEpoch ?? .max, row: entry)
      }
    return entries.compactMap { $0 }
  }
}
