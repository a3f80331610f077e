import NapeCore
import SQLite

/// The rows that headaches are.
extension Store {
  /// Which headaches are meant.
  enum Selection {
    case one(RecordID)
    case begun(from: Microseconds, to: Microseconds)

    /// Of the table `episode`, with ``values`` bound.
    var condition: String {
      switch self {
      case .one: "id BETWEEN ? AND ?"
      case .begun: "onset_utc_usec >= ? AND onset_utc_usec < ?"
      }
    }

    var values: (any ValueConvertible, any ValueConvertible) {
      switch self {
      case .one(let id): (id.bytes, id.bytes)
      case .begun(let from, let to): (from, to)
      }
    }
  }

  func episode(_ id: RecordID) throws(SQLiteError) -> EpisodeRecord? { try records(.one(id)).first }

  /// One query for each table, however many there are.
  ///
  /// - Parameter whole: with fields, medicines and contexts.
  func records(_ selection: Selection, whole: Bool = true) throws(SQLiteError) -> [EpisodeRecord] {
    try database.snapshot { () throws(SQLiteError) in try readRecords(selection, whole: whole) }
  }

  private func readRecords(_ selection: Selection, whole: Bool) throws(SQLiteError) -> [EpisodeRecord] {
    let (first, second) = selection.values
    let rows = try database.prepare(
      """
      SELECT onset_utc_usec, onset_offset_s, onset_precision, end_word, end_utc_usec, end_offset_s, entered_utc_usec,
        entered_offset_s, way, edited_utc_usec, edited_offset_s, id FROM episode WHERE \(selection.condition)
      ORDER BY onset_utc_usec, id
      """
    ).query(first, second) { row throws(SQLiteError) in try Self.bareRecord(row) }
    var records = rows.compactMap { $0 }
    guard whole, !records.isEmpty else { return records }
    let places = Dictionary(records.enumerated().map { ($1.id.bytes, $0) }, uniquingKeysWith: { first, _ in first })
    let those = "WHERE episode IN (SELECT id FROM episode WHERE \(selection.condition))"
    let fields = try database.prepare("SELECT episode, name, value FROM episode_field \(those)").query(first, second) {
      row throws(SQLiteError) in (try row.bytes(0), try row.string(1), try row.string(2))
    }
    for (id, name, text) in fields {
      // A name or a word of a newer version is nothing that this one knows.
      guard let place = places[id], let field = EpisodeField(rawValue: name) else { continue }
      records[place].episode.fields[field] = FieldValue(text, field.kind)
    }
    let medicines = try database.prepare(
      """
      SELECT taken_utc_usec, offset_s, name, class, dose, helped, episode FROM medicine \(those) ORDER BY episode, number
      """
    ).query(first, second) { row throws(SQLiteError) in (try row.bytes(6), try Self.medicine(row)) }
    for (id, medicine) in medicines {
      if let place = places[id] { records[place].episode.medicines.append(medicine) }
    }
    let contexts = try database.prepare("SELECT * FROM desk_context \(those)").query(first, second) {
      row throws(SQLiteError) in (try row.bytes(0), try Self.context(row))
    }
    for (id, context) in contexts { if let place = places[id] { records[place].context = context } }
    return records
  }

  private static func bareRecord(_ row: Row) throws(SQLiteError) -> EpisodeRecord? {
    let end = try stamp(row, 4)
    guard let id = RecordID(bytes: try row.bytes(11)), let onset = try stamp(row, 0), let entered = try stamp(row, 6)
    else { return nil }
    let episode = Episode(
      // A word of a newer version is nothing that this one knows.
      onset: Onset(at: onset, precision: Onset.Precision(rawValue: try row.string(2)) ?? .day),
      end: try row.stringOrNil(3).flatMap(EpisodeEnd.Word.init).flatMap { EpisodeEnd($0, at: end) })
    return EpisodeRecord(
      id: id, episode: episode, entered: entered, way: EntryWay(rawValue: try row.string(8)) ?? .dbus,
      edited: try stamp(row, 9))
  }

  private static func medicine(_ row: Row) throws(SQLiteError) -> Medicine {
    Medicine(
      taken: Stamp(wall: try row.microseconds(0), offsetSeconds: try row.offset(1)), name: try row.string(2),
      medicineClass: Medicine.Class(rawValue: try row.string(3)) ?? .unsure, dose: try row.stringOrNil(4),
      helped: try row.stringOrNil(5).flatMap(Medicine.Help.init))
  }

  /// The headaches of a stretch without what was noted of them: when they began and ended.
  func bareEpisodes(
    from: Microseconds, to: Microseconds
  ) throws(SQLiteError) -> [(id: RecordID, episode: Episode)] {
    try records(.begun(from: from, to: to), whole: false).map { ($0.id, $0.episode) }
  }

  static func stamp(_ row: Row, _ column: Int) throws(SQLiteError) -> Stamp? {
    try row.stampOrNil(column)
  }

  /// Writes a field of which there is no row, if it has a value.
  func write(_ field: EpisodeField, of episode: Episode, _ id: RecordID) throws(SQLiteError) {
    guard let value = episode.fields[field] else { return }
    try database.prepare("INSERT INTO episode_field VALUES (?, ?, ?)").run(id.bytes, field.rawValue, value.text)
  }

  /// Writes medicines of which there are no rows.
  func writeMedicines(of episode: Episode, _ id: RecordID) throws(SQLiteError) {
    guard !episode.medicines.isEmpty else { return }
    let addMedicine = try database.prepare("INSERT INTO medicine VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    for (number, medicine) in episode.medicines.enumerated() {
      try addMedicine.run(
        id.bytes, number, medicine.taken.wall, medicine.taken.offsetSeconds, medicine.name,
        medicine.medicineClass.rawValue, medicine.dose, medicine.helped?.rawValue)
    }
  }
}
