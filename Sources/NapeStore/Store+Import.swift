import NapeCore
import SQLite

/// Records of another diary, or of this one at another time.
extension Store {
  /// What became of a record that was to be taken.
  public enum Taken: Hashable, Sendable {
    case new
    /// It is here already.
    case known
    /// It is here already and says something else; what is here stays.
    case differs
    /// Another headache began at the same time; that one stays.
    case duplicate(String)
    case refused(String)
  }

  public enum TakeMode: Hashable, Sendable {
    case whatCanBe
    /// Nothing at all where one is refused.
    case allOrNothing
    /// Nothing; only what would become of them is told.
    case tryOut
  }

  /// Takes records with their ids and the times when they were entered, in one immediate transaction.
  ///
  /// Doing it again changes nothing. Contexts that headaches bring stay; others are read off the record that is here.
  ///
  /// - Parameter items: each as it would be stored.
  /// - Returns: what became of each, in their order.
  public func take(
    _ items: [DiaryItem], at now: Stamp, mode: TakeMode, rules: DiaryRules
  ) throws(DiaryError) -> [Taken] {
    var results: [Taken] = []
    do throws(TakeEnd) {
      try database.transaction(mapping: { .failed(.store(.database($0))) }) { () throws(TakeEnd) in
        do throws(DiaryError) {
          for item in items { results.append(try take(item, at: now, rules)) }
        } catch { throw .failed(error) }
        let isRefused = results.contains { if case .refused = $0 { true } else { false } }
        if mode == .tryOut || mode == .allOrNothing && isRefused { throw .undone }
      }
    } catch {
      if case .failed(let error) = error { throw error }
    }
    return results
  }

  private enum TakeEnd: Error {
    case failed(DiaryError)
    /// Everything is taken back.
    case undone
  }

  /// All that the diary holds: what ``take(_:at:mode:rules:)`` takes.
  public func diaryContents() throws(StoreError) -> DiaryContents {
    do throws(SQLiteError) {
      return try database.snapshot { () throws(SQLiteError) in
        DiaryContents(
          episodes: try records(.begun(from: .min, to: .max)),
          days: try dayRecordsWithFactors(from: LocalDate(daysSinceEpoch: .min), to: nil),
          notes: try notes(), scores: try scores(), deskChecks: try deskChecks())
      }
    } catch { throw .database(error) }
  }

  // MARK: Within a transaction

  private func take(_ item: DiaryItem, at now: Stamp, _ rules: DiaryRules) throws(DiaryError) -> Taken {
    switch item {
    case .episode(let record): return try take(record, at: now, rules)
    case .day(let record): return try take(record, at: now)
    case .note(let note):
      return try take(note, { id throws(SQLiteError) in try notes(id) }, insert)
    case .score(let score):
      guard score.content.instrument.range.contains(score.content.total) else {
        let range = score.content.instrument.range
        return .refused("the total is \(score.content.total): \(range.lowerBound) to \(range.upperBound)")
      }
      return try take(score, { id throws(SQLiteError) in try scores(id) }, insert)
    case .deskCheck(let check):
      return try take(check, { id throws(SQLiteError) in try deskChecks(id) }, insert)
    }
  }

  private func take(_ record: EpisodeRecord, at now: Stamp, _ rules: DiaryRules) throws(DiaryError) -> Taken {
    guard record.entered <= now else { return .refused("it was entered in the future: now or earlier") }
    let here: EpisodeRecord? = try stored { () throws(SQLiteError) in try episode(record.id) }
    if let here { return here.episode == record.episode ? .known : .differs }
    do throws(DiaryError) {
      _ = try check(record.episode, id: record.id, at: now, rules)
    } catch {
      switch error {
      case .refused(.duplicate): return .duplicate(error.description)
      case .refused: return .refused(error.description)
      case .store: throw error
      }
    }
    let onset = record.episode.onset
    return try stored { () throws(SQLiteError) in
      // Of two whose hour is not known, only what else is said of them can tell that they are one.
      if !onset.precision.isTimed, try isThere(record) { return .known }
      try insert(record, at: now, rules)
      return .new
    }
  }

  private func isThere(_ record: EpisodeRecord) throws(SQLiteError) -> Bool {
    let wall = record.episode.onset.at.wall
    return try records(.begun(from: wall, to: wall + 1)).contains { here in
      here.episode.onset == record.episode.onset
        && (here.episode == record.episode || here.way == .imported && here.edited != nil)
    }
  }

  private func take(_ record: DayRecord, at now: Stamp) throws(DiaryError) -> Taken {
    guard record.date <= now.date, record.entered <= now else {
      return .refused(EntryRules.Refusal.dayNotBegun(record.date).description)
    }
    return try stored { () throws(SQLiteError) in
      let here = try dayRecordsWithFactors(from: record.date, to: record.date).first
      let hasState = record.state != .unknown && record.state != here?.state
      let hasFactors = record.factors != nil && record.factors != here?.factors
      guard hasState || hasFactors else { return .known }
      if hasState, try hasHeadache(record.date) {
        return .refused(EntryRules.Refusal.dayHasHeadache(record.date).description)
      }
      if hasState, here.map({ $0.state != .unknown }) ?? false { return .differs }
      if hasFactors, here?.factors != nil { return .differs }
      if hasState { try declare(record.date, record.state, at: record.entered, record.way) }
      if hasFactors, let factors = record.factors {
        try write(factors, of: record.date, entered: record.entered, record.way)
      }
      return .new
    }
  }

  /// What has nothing to collide with but itself.
  private func take<Content>(
    _ entry: DiaryEntry<Content>, _ stored: (RecordID) throws(SQLiteError) -> [DiaryEntry<Content>],
    _ insert: (DiaryEntry<Content>) throws(SQLiteError) -> Void
  ) throws(DiaryError) -> Taken {
    try self.stored { () throws(SQLiteError) in
      if let here = try stored(entry.id).first { return here == entry ? .known : .differs }
      try insert(entry)
      return .new
    }
  }

  // MARK: Rows

  private func insert(_ note: DiaryEntry<DiaryNote>) throws(SQLiteError) {
    try database.prepare("INSERT INTO note VALUES (?, ?, ?, ?, ?, ?, ?)").run(
      note.id.bytes, note.content.kind.rawValue, note.content.date.daysSinceEpoch, note.content.text,
      note.entered.wall, note.entered.offsetSeconds, note.way.rawValue)
  }

  private func insert(_ score: DiaryEntry<Score>) throws(SQLiteError) {
    try database.prepare("INSERT INTO score VALUES (?, ?, ?, ?, ?, ?, ?)").run(
      score.id.bytes, score.content.instrument.rawValue, score.content.total, score.content.date.daysSinceEpoch,
      score.entered.wall, score.entered.offsetSeconds, score.way.rawValue)
  }

  private func insert(_ check: DiaryEntry<DeskCheck>) throws(SQLiteError) {
    let add = try database.prepare("INSERT INTO desk_check VALUES (?, ?, ?, ?, ?, ?, ?)")
    for (question, answer) in check.content.answers.sorted(by: { $0.key < $1.key }) {
      try add.run(
        check.id.bytes, check.content.date.daysSinceEpoch, question, answer, check.entered.wall,
        check.entered.offsetSeconds, check.way.rawValue)
    }
  }

  /// - Parameter id: `nil` for all.
  private func notes(_ id: RecordID? = nil) throws(SQLiteError) -> [DiaryEntry<DiaryNote>] {
    try rows("note", "kind, text", id) { (row, date) throws(SQLiteError) in
      guard let kind = DiaryNote.Kind(rawValue: try row.string(5)) else { return nil }
      return DiaryNote(kind: kind, date: date, text: try row.string(6))
    }
  }

  /// - Parameter id: `nil` for all.
  private func scores(_ id: RecordID? = nil) throws(SQLiteError) -> [DiaryEntry<Score>] {
    try rows("score", "instrument, total", id) { (row, date) throws(SQLiteError) in
      guard let instrument = Score.Instrument(rawValue: try row.string(5)) else { return nil }
      return Score(instrument: instrument, total: Int(clamping: try row.int64(6)), date: date)
    }
  }

  /// - Parameter id: `nil` for all.
  private func deskChecks(_ id: RecordID? = nil) throws(SQLiteError) -> [DiaryEntry<DeskCheck>] {
    let answers = try rows("desk_check", "question, answer", id) { (row, date) throws(SQLiteError) in
      DeskCheck(date: date, answers: [try row.string(5): try row.string(6)])
    }
    var checks: [DiaryEntry<DeskCheck>] = []
    for answer in answers {
      guard checks.last?.id == answer.id else {
        checks.append(answer)
        continue
      }
      checks[checks.count - 1].content.answers.merge(answer.content.answers) { first, _ in first }
    }
    return checks
  }

  /// Reads a table of dated entries; rows with a word of a newer version are passed over.
  private func rows<Content>(
    _ table: String, _ columns: String, _ id: RecordID?,
    content: (Row, LocalDate) throws(SQLiteError) -> Content?
  ) throws(SQLiteError) -> [DiaryEntry<Content>] {
    let all = [UInt8](repeating: 0xff, count: 16)
    return try database.prepare(
      """
      SELECT id, date, entered_utc_usec, entered_offset_s, way, \(columns) FROM \(table) WHERE id BETWEEN ? AND ?
      ORDER BY date, id
      """
    ).query(id?.bytes ?? [], id?.bytes ?? all) { row throws(SQLiteError) -> DiaryEntry<Content>? in
      guard let id = RecordID(bytes: try row.bytes(0)), let entered = try Self.stamp(row, 2),
        let content = try content(row, try Self.date(row, 1))
      else { return nil }
      return DiaryEntry(
        id: id, content: content, entered: entered, way: EntryWay(rawValue: try row.string(4)) ?? .dbus)
    }.compactMap { $0 }
  }
}
