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
      let id = id ?? .make(utcMicroseconds: now.wall)
      try stored { () throws(SQLiteError) in
        try database.prepare("INSERT INTO episode VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, 0)").run(
          id.bytes, episode.onset.at.wall, episode.onset.at.offsetSeconds, episode.onset.precision.rawValue,
          episode.end?.word.rawValue, episode.end?.stamp?.wall, episode.end?.stamp?.offsetSeconds, now.wall,
          now.offsetSeconds, way.rawValue)
        try writeParts(of: episode, id)
        try writeContext(of: episode, id, rules)
        try forgetDeclarations(episode, at: now, way)
      }
      return Entered(id: id, flags: flags)
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
      let changes = Self.differences(record.episode, episode)
      guard !changes.isEmpty else { return Entered(id: id, flags: flags) }
      try stored { () throws(SQLiteError) in
        try database.prepare(
          """
          UPDATE episode SET onset_utc_usec = ?, onset_offset_s = ?, onset_precision = ?, end_word = ?, end_utc_usec = ?,
            end_offset_s = ?, edited_utc_usec = ?, edited_offset_s = ? WHERE id = ?
          """
        ).run(
          episode.onset.at.wall, episode.onset.at.offsetSeconds, episode.onset.precision.rawValue,
          episode.end?.word.rawValue, episode.end?.stamp?.wall, episode.end?.stamp?.offsetSeconds, now.wall,
          now.offsetSeconds, id.bytes)
        try database.prepare("DELETE FROM episode_field WHERE episode = ?").run(id.bytes)
        try database.prepare("DELETE FROM medicine WHERE episode = ?").run(id.bytes)
        try writeParts(of: episode, id)
        if episode.onset != record.episode.onset { try writeContext(of: episode, id, rules) }
        try forgetDeclarations(episode, at: now, way)
        for each in changes { try audit(id, each, at: now, way) }
      }
      return Entered(id: id, flags: flags)
    }
  }

  /// Deletes a headache. That there was one, and when it was deleted, stays in the audit; what it was does not.
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
  }

  /// The one card of a headache has been shown.
  public func noteCardShown(_ id: RecordID) throws(StoreError) {
    do throws(SQLiteError) {
      try database.transaction { () throws(SQLiteError) in
        try database.prepare("UPDATE episode SET card_shown = 1 WHERE id = ?").run(id.bytes)
      }
    } catch { throw .database(error) }
  }

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

  // MARK: Reading

  /// The headaches whose onset lies in a stretch of wall time, in order.
  public func episodes(from: Microseconds = .min, to: Microseconds = .max) throws(StoreError) -> [EpisodeRecord] {
    do throws(SQLiteError) { return try episodeRecords(from: from, to: to) } catch { throw .database(error) }
  }

  func episodeRecords(from: Microseconds, to: Microseconds) throws(SQLiteError) -> [EpisodeRecord] {
    let ids = try database.prepare(
      "SELECT id FROM episode WHERE onset_utc_usec >= ? AND onset_utc_usec < ? ORDER BY onset_utc_usec, id"
    ).query(from, to) { row throws(SQLiteError) in RecordID(bytes: try row.bytes(0)) }
    var records: [EpisodeRecord] = []
    for id in ids.compactMap({ $0 }) { if let record = try episode(id) { records.append(record) } }
    return records
  }

  /// The headache that a person means by its id, by the last digits of it, or by nothing: the last one.
  public func episode(named name: String?) throws(DiaryError) -> EpisodeRecord {
    let records = try stored { () throws(SQLiteError) in
      let name = name.map { $0.lowercased() }
      let ids = try database.prepare("SELECT id FROM episode ORDER BY onset_utc_usec DESC, id DESC").query {
        row throws(SQLiteError) in RecordID(bytes: try row.bytes(0))
      }.compactMap { $0 }
      let named = name.map { name in ids.filter { $0.description.hasSuffix(name) } } ?? Array(ids.prefix(1))
      var records: [EpisodeRecord] = []
      for id in named { if let record = try episode(id) { records.append(record) } }
      return records
    }
    guard let record = records.first else { throw .refused(.noSuchEpisode(name ?? "yet")) }
    guard records.count == 1 else { throw .refused(.ambiguous(name ?? "")) }
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
  private func check(
    _ episode: Episode, id: RecordID?, at now: Stamp, _ rules: DiaryRules
  ) throws(DiaryError) -> [EntryRules.Flag] {
    let others = try stored { () throws(SQLiteError) in
      let ids = try database.prepare(
        "SELECT id FROM episode WHERE onset_utc_usec BETWEEN ? AND ? ORDER BY onset_utc_usec"
      ).query(
        episode.onset.at.wall - EntryRules.longestEpisode, episode.onset.at.wall + EntryRules.duplicateWithin
      ) { row throws(SQLiteError) in RecordID(bytes: try row.bytes(0)) }
      var others: [(id: RecordID?, episode: Episode)] = []
      for other in ids.compactMap({ $0 }) where other != id {
        if let record = try self.episode(other) { others.append((other, record.episode)) }
      }
      return others
    }
    do throws(EntryRules.Refusal) {
      return try EntryRules.check(episode, at: now, others: others, openFor: rules.openFor)
    } catch { throw .refused(error) }
  }

  func episode(_ id: RecordID) throws(SQLiteError) -> EpisodeRecord? {
    let row = try database.prepare(
      """
      SELECT onset_utc_usec, onset_offset_s, onset_precision, end_word, end_utc_usec, end_offset_s, entered_utc_usec,
        entered_offset_s, way, edited_utc_usec, edited_offset_s FROM episode WHERE id = ?
      """
    ).first(id.bytes) { row throws(SQLiteError) in
      let end = try Self.stamp(row, 4)
      let episode = Episode(
        onset: Onset(
          at: try Self.stamp(row, 0) ?? Stamp(wall: 0, offsetSeconds: 0),
          // A word of a newer version is nothing that this one knows.
          precision: Onset.Precision(rawValue: try row.string(2)) ?? .day),
        end: try row.stringOrNil(3).flatMap(EpisodeEnd.Word.init).flatMap { EpisodeEnd($0, at: end) })
      return EpisodeRecord(
        id: id, episode: episode, entered: try Self.stamp(row, 6) ?? episode.onset.at,
        way: EntryWay(rawValue: try row.string(8)) ?? .dbus, edited: try Self.stamp(row, 9))
    }
    guard var record = row else { return nil }
    let fields = try database.prepare("SELECT name, value FROM episode_field WHERE episode = ?").query(id.bytes) {
      row throws(SQLiteError) in (try row.string(0), try row.string(1))
    }
    for (name, text) in fields {
      guard let field = EpisodeField(rawValue: name) else { continue }
      record.episode.fields[field] = FieldValue(text, field.kind)
    }
    record.episode.medicines = try database.prepare(
      "SELECT taken_utc_usec, offset_s, name, class, dose, helped FROM medicine WHERE episode = ? ORDER BY number"
    ).query(id.bytes) { row throws(SQLiteError) in
      Medicine(
        taken: try Self.stamp(row, 0) ?? record.episode.onset.at, name: try row.string(2),
        medicineClass: Medicine.Class(rawValue: try row.string(3)) ?? .unsure, dose: try row.stringOrNil(4),
        helped: try row.stringOrNil(5).flatMap(Medicine.Help.init))
    }
    record.context = try context(of: id)
    return record
  }

  private func context(of id: RecordID) throws(SQLiteError) -> DeskContext? {
    try database.prepare("SELECT * FROM desk_context WHERE episode = ?").first(id.bytes) { row throws(SQLiteError) in
      DeskContext(
        windows: [
          .init(sitting: try row.int64(1), known: try row.int64(2)),
          .init(sitting: try row.int64(3), known: try row.int64(4)),
          .init(sitting: try row.int64(5), known: try row.int64(6)),
        ],
        bout: try row.int64OrNil(7), sinceBreak: try row.int64OrNil(8), longestBout: try row.int64(9),
        ignoredPrompts: Int(clamping: try row.int64(10)),
        partOfDay: PartOfDay(rawValue: try row.string(11)) ?? .night, isComplete: try row.bool(12))
    } ?? nil
  }

  static func stamp(_ row: Row, _ column: Int) throws(SQLiteError) -> Stamp? {
    guard let wall = try row.int64OrNil(column), let offset = try row.int64OrNil(column + 1) else { return nil }
    return Stamp(wall: wall, offsetSeconds: Int(clamping: offset))
  }

  private func writeParts(of episode: Episode, _ id: RecordID) throws(SQLiteError) {
    let addField = try database.prepare("INSERT INTO episode_field VALUES (?, ?, ?)")
    for field in EpisodeField.allCases {
      if let value = episode.fields[field] { try addField.run(id.bytes, field.rawValue, value.text) }
    }
    guard !episode.medicines.isEmpty else { return }
    let addMedicine = try database.prepare("INSERT INTO medicine VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    for (number, medicine) in episode.medicines.enumerated() {
      try addMedicine.run(
        id.bytes, number, medicine.taken.wall, medicine.taken.offsetSeconds, medicine.name,
        medicine.medicineClass.rawValue, medicine.dose, medicine.helped?.rawValue)
    }
  }

  /// Where the hour of the onset is not known there is no context.
  private func writeContext(
    of episode: Episode, _ id: RecordID, _ rules: DiaryRules, open: [Span]? = nil
  ) throws(SQLiteError) {
    try database.prepare("DELETE FROM desk_context WHERE episode = ?").run(id.bytes)
    guard episode.onset.precision.isTimed else { return }
    let onset = episode.onset.at
    let context = DeskContext(
      of: onset, in: try record(before: onset.wall, open: open), ignoredPrompts: try ignoredPrompts(before: onset.wall),
      breakAfter: rules.breakAfter, afternoon: (rules.afternoonFrom, rules.afternoonTo))
    try database.prepare("INSERT INTO desk_context VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").run(
      id.bytes, context.windows[0].sitting, context.windows[0].known, context.windows[1].sitting,
      context.windows[1].known, context.windows[2].sitting, context.windows[2].known, context.bout, context.sinceBreak,
      context.longestBout, context.ignoredPrompts, context.partOfDay.rawValue, context.isComplete)
  }

  /// The record around a moment, up to what is known: with the span that is open, as the daemon or its last checkpoint
  /// has it.
  private func record(before wall: Microseconds, open: [Span]?) throws(SQLiteError) -> [Span] {
    var spans = try storedSpans(from: wall - 36 * .hour, to: .max)
    if let open {
      spans += open
    } else if let checkpoint = try lastCheckpoint() {
      spans += checkpoint.open
    }
    return spans
  }

  private func ignoredPrompts(before wall: Microseconds) throws(SQLiteError) -> Int {
    try database.prepare(
      """
      SELECT count(*) FROM prompt WHERE posted_utc_usec >= ? AND posted_utc_usec < ?
        AND outcome IN ('expired', 'skipped', 'dismissed')
      """
    ).first(wall - 4 * .hour, wall) { row throws(SQLiteError) in Int(clamping: try row.int64(0)) } ?? 0
  }

  /// What was said of the days of a headache before it was entered does not hold any more.
  private func forgetDeclarations(_ episode: Episode, at now: Stamp, _ way: EntryWay) throws(SQLiteError) {
    try database.prepare("DELETE FROM day WHERE date BETWEEN ? AND ?").run(
      episode.onset.at.date.daysSinceEpoch, episode.lastDate.daysSinceEpoch)
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
