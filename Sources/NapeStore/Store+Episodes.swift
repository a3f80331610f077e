import NapeCore
import SQLite

/// The headaches of the diary: the one place in which they are written, whoever asks for it (§9 of the design).
extension Store {
  // MARK: Writing; each one immediate transaction

  /// What became of an entry.
  public struct Entered: Hashable, Sendable {
    public let id: RecordID
    public let flags: [EntryRules.Flag]
  }

  /// Enters a headache, with the desk context as far as the record goes.
  ///
  /// - Throws: ``DiaryError/refused(_:)`` by ``EntryRules/check(_:at:others:openFor:)``.
  public func add(
    _ episode: Episode, id: RecordID? = nil, at now: Stamp, way: EntryWay, rules: DiaryRules
  ) throws(DiaryError) -> Entered {
    try changing { () throws(DiaryError) in
      let flags = try check(episode, id: nil, at: now, rules)
      let record = EpisodeRecord(
        id: id ?? .make(utcMicroseconds: now.wall), episode: episode, entered: now, way: way)
      try stored { () throws(SQLiteError) in try insert(record, at: now, rules) }
      return Entered(id: record.id, flags: flags)
    }
  }

  /// Changes a headache; what changed is kept in the audit.
  public func change(
    _ id: RecordID, by change: EpisodeChange, at now: Stamp, way: EntryWay, rules: DiaryRules
  ) throws(DiaryError) -> Entered {
    try changing { () throws(DiaryError) in
      let before: EpisodeRecord? = try stored { () throws(SQLiteError) in try self.episode(id) }
      guard let record = before else { throw .refused(.noSuchEpisode(id.description)) }
      let episode = change.applied(to: record.episode)
      let flags = try check(episode, id: id, at: now, rules)
      try stored { () throws(SQLiteError) in try replace(record, by: episode, at: now, way, rules) }
      return Entered(id: id, flags: flags)
    }
  }

  /// Deletes a headache. That there was one, and when it was deleted, stays in the audit; what it was does not, nor in the
  /// log unless another program is reading just then.
  public func delete(_ id: RecordID, at now: Stamp, way: EntryWay) throws(DiaryError) {
    try changing { () throws(DiaryError) in
      let before: EpisodeRecord? = try stored { () throws(SQLiteError) in try self.episode(id) }
      guard before != nil else { throw .refused(.noSuchEpisode(id.description)) }
      try stored { () throws(SQLiteError) in
        try database.prepare("DELETE FROM episode WHERE id = ?").run(id.bytes)
        try database.prepare("DELETE FROM diary_change WHERE record = ?").run(id.bytes)
        try audit(id, AuditedChange(field: "deleted", old: nil, new: nil), at: now, way)
      }
    }
    _ = try? emptyLog()
  }

  // MARK: Reading

  /// The headaches whose onset lies in a stretch of wall time, in order.
  public func episodes(from: Microseconds = .min, to: Microseconds = .max) throws(StoreError) -> [EpisodeRecord] {
    do throws(SQLiteError) { return try records(.begun(from: from, to: to)) } catch { throw .database(error) }
  }

  /// The headache that a person means by its id, by the last digits of it, or by nothing: the last one.
  public func episode(named name: String?) throws(DiaryError) -> EpisodeRecord {
    let records = try stored { () throws(SQLiteError) in
      let name = name.map { $0.lowercased() }
      let ids = try database.prepare("SELECT id FROM episode ORDER BY onset_utc_usec DESC, id DESC").query {
        row throws(SQLiteError) in RecordID(bytes: try row.bytes(0))
      }.compactMap { $0 }
      let named = name.map { name in ids.filter { !name.isEmpty && $0.description.hasSuffix(name) } } ?? ids
      // A second one is needed only to tell that there is one.
      var records: [EpisodeRecord] = []
      for id in named.prefix(name == nil ? 1 : 2) { if let record = try episode(id) { records.append(record) } }
      return records
    }
    guard let record = records.first else { throw .refused(.noSuchEpisode(name ?? "")) }
    guard records.count == 1 else { throw .refused(.ambiguous(name ?? "")) }
    return record
  }

  /// The headache of a full id.
  public func headache(_ id: RecordID) throws(DiaryError) -> EpisodeRecord {
    let record = try stored { () throws(SQLiteError) in try episode(id) }
    guard let record else { throw .refused(.noSuchEpisode(id.description)) }
    return record
  }

  /// One row of the audit.
  public struct AuditedChange: Hashable, Sendable {
    /// A field's name, or `deleted`.
    public var field: String
    public var old: String?
    public var new: String?
  }

  /// What was changed of a record, in order.
  public func changes(of id: RecordID) throws(StoreError) -> [AuditedChange] {
    do throws(SQLiteError) {
      return try database.prepare("SELECT field, old, new FROM diary_change WHERE record = ? ORDER BY number")
        .query(id.bytes) { row throws(SQLiteError) in
          AuditedChange(field: try row.string(0), old: try row.stringOrNil(1), new: try row.stringOrNil(2))
        }
    } catch { throw .database(error) }
  }

  /// How many headaches were deleted by the person.
  public func deletedCount() throws(StoreError) -> Int {
    do throws(SQLiteError) {
      return try database.prepare("SELECT count(*) FROM diary_change WHERE field = 'deleted'").first {
        row throws(SQLiteError) in Int(clamping: try row.int64(0))
      } ?? 0
    } catch { throw .database(error) }
  }

  // MARK: Within a transaction

  /// Those that touch what a headache may collide with.
  func check(
    _ episode: Episode, id: RecordID?, at now: Stamp, _ rules: DiaryRules
  ) throws(DiaryError) -> [EntryRules.Flag] {
    // What no other headache bears on is judged first: the times below are within bounds then.
    do throws(EntryRules.Refusal) {
      _ = try EntryRules.check(episode, at: now, others: [], openFor: rules.openFor)
    } catch { throw .refused(error) }
    let onset = episode.onset.at.wall
    let others = try stored { () throws(SQLiteError) in
      try bareEpisodes(from: onset - EntryRules.longestEpisode, to: onset + EntryRules.duplicateWithin + 1)
        .filter { $0.id != id }.map { (id: RecordID?.some($0.id), episode: $0.episode) }
    }
    do throws(EntryRules.Refusal) {
      return try EntryRules.check(episode, at: now, others: others, openFor: rules.openFor)
    } catch { throw .refused(error) }
  }

  /// Writes a headache as it is, with the context that it brings, or else the one that the record gives.
  func insert(_ record: EpisodeRecord, at now: Stamp, _ rules: DiaryRules) throws(SQLiteError) {
    let episode = record.episode
    try database.prepare("INSERT INTO episode VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)").run(
      record.id.bytes, episode.onset.at.wall, episode.onset.at.offsetSeconds, episode.onset.precision.rawValue,
      episode.end?.word.rawValue, episode.end?.stamp?.wall, episode.end?.stamp?.offsetSeconds, record.entered.wall,
      record.entered.offsetSeconds, record.way.rawValue, record.edited?.wall, record.edited?.offsetSeconds)
    for field in EpisodeField.allCases { try write(field, of: episode, record.id) }
    try writeMedicines(of: episode, record.id)
    if let context = record.context {
      try write(context, of: record.id)
    } else {
      try writeContext(of: episode, record.id, rules)
    }
    try forgetDeclarations(episode, at: now, record.way)
  }

  /// Puts what has become of a headache in place of what it was; what changed is kept in the audit.
  private func replace(
    _ record: EpisodeRecord, by episode: Episode, at now: Stamp, _ way: EntryWay, _ rules: DiaryRules
  ) throws(SQLiteError) {
    let changes = Self.differences(record.episode, episode)
    guard !changes.isEmpty else { return }
    let id = record.id
    try database.prepare(
      """
      UPDATE episode SET onset_utc_usec = ?, onset_offset_s = ?, onset_precision = ?, end_word = ?, end_utc_usec = ?,
        end_offset_s = ?, edited_utc_usec = ?, edited_offset_s = ? WHERE id = ?
      """
    ).run(
      episode.onset.at.wall, episode.onset.at.offsetSeconds, episode.onset.precision.rawValue,
      episode.end?.word.rawValue, episode.end?.stamp?.wall, episode.end?.stamp?.offsetSeconds, now.wall,
      now.offsetSeconds, id.bytes)
    // What a newer version has put beside them stays.
    for field in EpisodeField.allCases where record.episode.fields[field] != episode.fields[field] {
      try database.prepare("DELETE FROM episode_field WHERE episode = ? AND name = ?").run(id.bytes, field.rawValue)
      try write(field, of: episode, id)
    }
    if record.episode.medicines != episode.medicines {
      try database.prepare("DELETE FROM medicine WHERE episode = ?").run(id.bytes)
      try writeMedicines(of: episode, id)
    }
    if episode.onset != record.episode.onset { try writeContext(of: episode, id, rules) }
    try forgetDeclarations(episode, at: now, way)
    for each in changes { try audit(id, each, at: now, way) }
  }

  /// Writes what a notification has told. It is judged by nobody: what a person answered stands.
  func record(_ write: DiaryWrite) throws(SQLiteError) {
    switch write {
    case .add(let record, let rules): try insert(record, at: record.entered, rules)
    case .change(let id, let change, let at, let rules):
      guard let record = try episode(id) else { return }
      try replace(record, by: change.applied(to: record.episode), at: at, .notification, rules)
    case .cardShown(let id): try database.prepare("UPDATE episode SET card_shown = 1 WHERE id = ?").run(id.bytes)
    }
  }

  /// What was said of the days of a headache before it was entered does not hold any more.
  private func forgetDeclarations(_ episode: Episode, at now: Stamp, _ way: EntryWay) throws(SQLiteError) {
    for day in try declared(from: episode.onset.at.date, to: episode.lastDate) {
      try declare(day.date, .unknown, at: now, way)
    }
  }

  // MARK: Audit

  func audit(_ id: RecordID, _ change: AuditedChange, at now: Stamp, _ way: EntryWay) throws(SQLiteError) {
    try database.prepare("INSERT INTO diary_change VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)").run(
      id.bytes, change.field, change.old, change.new, now.wall, now.offsetSeconds, way.rawValue)
  }

  private static func differences(_ old: Episode, _ new: Episode) -> [AuditedChange] {
    var changes: [AuditedChange] = []
    func compare(_ field: String, _ before: String?, _ after: String?) {
      if before != after { changes.append(AuditedChange(field: field, old: before, new: after)) }
    }
    compare("onset", old.onset.at.iso8601, new.onset.at.iso8601)
    compare("onset_precision", old.onset.precision.rawValue, new.onset.precision.rawValue)
    compare("end_known", old.end?.word.rawValue, new.end?.word.rawValue)
    compare("end", old.end?.stamp?.iso8601, new.end?.stamp?.iso8601)
    for field in EpisodeField.allCases { compare(field.rawValue, old.fields[field]?.text, new.fields[field]?.text) }
    for place in 0..<max(old.medicines.count, new.medicines.count) {
      func text(_ list: [Medicine]) -> String? {
        guard place < list.count else { return nil }
        let medicine = list[place]
        return [
          medicine.taken.iso8601, medicine.name, medicine.medicineClass.rawValue, medicine.dose,
          medicine.helped?.rawValue,
        ].compactMap { $0 }.joined(separator: " | ")
      }
      compare("medicine", text(old.medicines), text(new.medicines))
    }
    return changes
  }

  // MARK: Errors

  func changing<Result>(_ body: () throws(DiaryError) -> Result) throws(DiaryError) -> Result {
    try database.transaction(mapping: { .store(.database($0)) }, body)
  }

  func stored<Result>(_ body: () throws(SQLiteError) -> Result) throws(DiaryError) -> Result {
    do throws(SQLiteError) { return try body() } catch { throw .store(.database(error)) }
  }
}
