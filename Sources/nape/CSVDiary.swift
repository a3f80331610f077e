import NapeCore
import NapeReport
import NapeSettings

/// Past headaches in a plain CSV: which column is which, and how its cells are read.
struct CSVDiary {
  private let map: [(name: String, columns: [String])]?
  private let patterns: [DatePattern]
  private let zone: Zone
  private let now: Stamp
  private let table = MedicineTable.builtIn()

  /// What a column may be, besides the fields of a headache.
  private static let ownNames = [
    "onset", "date", "time", "onset_precision", "end", "end_known", "duration_min", "medicine", "medicine_class",
    "medicine_dose", "medicine_helped",
  ]
  private static let names = ownNames + EpisodeField.allCases.map(\.rawValue)

  /// - Parameters:
  ///   - map: `name=column+column,name=column`; a column by its name, or by its number as in `#3`.
  ///   - dateFormat: `nil` for ISO 8601.
  ///   - now: when it is entered.
  init(map: String?, dateFormat: String?, zone: Zone, now: Stamp) throws(ImportRow.Wrong) {
    self.zone = zone
    self.now = now
    var pairs: [(name: String, columns: [String])] = []
    for pair in map?.split(separator: ",", omittingEmptySubsequences: false) ?? [] {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard sides.count == 2, Self.names.contains(sides[0]) else {
        throw .init(
          ofOption: "--map \(Failure.quoted(String(pair))): name=column, with a name of: "
            + Self.names.joined(separator: ", "))
      }
      guard !pairs.contains(where: { $0.name == sides[0] }) else {
        throw .init(ofOption: "--map: \(sides[0]) is there twice: + joins two columns")
      }
      pairs.append((sides[0], sides[1].split(separator: "+", omittingEmptySubsequences: false).map(String.init)))
    }
    self.map = map == nil ? nil : pairs
    let formats = dateFormat.map { [$0] } ?? Self.isoFormats
    var patterns: [DatePattern] = []
    for format in formats { patterns.append(try DatePattern(format)) }
    self.patterns = patterns
  }

  private static let isoFormats = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"]

  func rows(_ bytes: [UInt8]) throws(ImportRow.Wrong) -> [ImportRow] {
    let table = try CSVTable(bytes)
    let places = try places(in: table.names)
    guard places["onset"] != nil || places["date"] != nil else {
      throw .init("no column is the onset: onset, or date and time; or say which with --map onset=COLUMN")
    }
    return table.rows.map { row in
      ImportRow("line \(row.line)") { () throws(ImportRow.Wrong) in
        guard row.cells.count == table.names.count else {
          throw .init("it has \(row.cells.count) cells: \(table.names.count), as the first line")
        }
        return .episode(try record(Cells(row: row.cells, places: places)))
      }
    }
  }

  private func places(in names: [String]) throws(ImportRow.Wrong) -> [String: [Int]] {
    var places: [String: [Int]] = [:]
    guard let map else {
      for (place, name) in names.enumerated() where Self.names.contains(name) && places[name] == nil {
        places[name] = [place]
      }
      return places
    }
    for (name, columns) in map {
      for column in columns {
        guard let place = names.firstIndex(of: column) ?? Self.place(column), names.indices.contains(place) else {
          throw .init(
            ofOption: "--map: there is no column \(Failure.quoted(column)): \(names.joined(separator: ", "))")
        }
        places[name, default: []].append(place)
      }
    }
    return places
  }

  /// - Parameter column: by its number, `#1` for the first.
  private static func place(_ column: String) -> Int? {
    guard column.hasPrefix("#"), let number = UInt(column.dropFirst()) else { return nil }
    return Int(exactly: number).map { $0 - 1 }
  }

  /// The cells of a line by what they are.
  private struct Cells {
    let row: [String]
    let places: [String: [Int]]

    /// `nil` where nothing is written.
    subscript(name: String) -> String? {
      let text = (places[name] ?? []).map { row[$0] }.filter { !$0.isEmpty }.joined(separator: " ")
      return text.isEmpty ? nil : text
    }
  }

  // MARK: A line

  private func record(_ cells: Cells) throws(ImportRow.Wrong) -> EpisodeRecord {
    var episode = Episode(onset: try onset(cells))
    episode.end = try end(cells, of: episode.onset)
    for field in EpisodeField.allCases {
      guard let text = cells[field.rawValue] else { continue }
      guard let value = FieldValue(Self.plain(text, field.kind), field.kind) else {
        throw Self.wrong(field.rawValue, text, field.kind.allowed)
      }
      episode.fields[field] = value
    }
    if let medicine = try medicine(cells, episode.onset.at) { episode.medicines = [medicine] }
    return EpisodeRecord(id: .make(utcMicroseconds: now.wall), episode: episode, entered: now, way: .imported)
  }

  /// Dose and class where they are not in columns of their own: as when it is typed.
  private func medicine(_ cells: Cells, _ taken: Stamp) throws(ImportRow.Wrong) -> Medicine? {
    guard let text = cells["medicine"] else { return nil }
    guard let written = Medicine.Written(text) else { throw Self.wrong("medicine", text, Medicine.Written.allowed) }
    let dose = cells["medicine_dose"]
    if let dose, Medicine.Written(dose) == nil {
      throw Self.wrong("medicine_dose", dose, "text of at most 100 characters")
    }
    return Medicine(
      taken: taken, name: dose == nil ? written.name : text,
      medicineClass: try word(cells, "medicine_class") ?? table.class(of: text), dose: dose ?? written.dose,
      helped: try word(cells, "medicine_helped"))
  }

  private func onset(_ cells: Cells) throws(ImportRow.Wrong) -> Onset {
    let name = cells["onset"] == nil ? "date" : "onset"
    guard let text = cells["onset"] ?? cells["date"].map({ date in date + (cells["time"].map { " " + $0 } ?? "") })
    else { throw .init("the onset is empty: a date, with or without a time") }
    let (stamp, hasTime) = try stamp(text, name)
    let precision: Onset.Precision? = try word(cells, "onset_precision")
    guard hasTime || precision.map({ $0 == .day }) ?? true else {
      throw Self.wrong("onset_precision", cells["onset_precision"] ?? "", "day, where there is no time")
    }
    return Onset(at: stamp, precision: hasTime ? precision ?? .exact : .day)
  }

  private func end(_ cells: Cells, of onset: Onset) throws(ImportRow.Wrong) -> EpisodeEnd? {
    var at: Stamp?
    if let text = cells["end"] {
      let (stamp, hasTime) = try stamp(text, "end")
      guard hasTime else { throw Self.wrong("end", text, "a date with a time") }
      at = stamp
    } else if let text = cells["duration_min"] {
      guard let minutes = Int64(text), (0...44_640).contains(minutes) else {
        throw Self.wrong("duration_min", text, "whole minutes, at most 44640 (31 days)")
      }
      guard onset.precision.isTimed else { throw Self.wrong("duration_min", text, "only with the time of the onset") }
      at = Stamp(wall: onset.at.wall + .minutes(minutes), in: zone)
    }
    let word: EpisodeEnd.Word? = try word(cells, "end_known")
    guard let word = word ?? at.map({ _ in .ended }) else { return nil }
    guard let end = EpisodeEnd(word, at: at) else {
      throw Self.wrong("end_known", word.rawValue, "with \"end\", or empty")
    }
    return end
  }

  private func stamp(_ text: String, _ name: String) throws(ImportRow.Wrong) -> (Stamp, hasTime: Bool) {
    if let stamp = Stamp(iso8601: text) { return (stamp, true) }
    guard let found = patterns.lazy.compactMap({ $0.read(text) }).first else {
      throw Self.wrong(name, text, "a date such as 2026-03-02 14:30, or --date-format says how it is written")
    }
    guard let second = found.second else {
      return (Stamp(wall: .seconds(zone.startOfDay(found.date)), in: zone), false)
    }
    let local = Int64(found.date.daysSinceEpoch) * 86_400 + Int64(second)
    return (Stamp(wall: .seconds(zone.utc(local: local)), in: zone), true)
  }

  private func word<Word: RawRepresentable & CaseIterable>(
    _ cells: Cells, _ name: String
  ) throws(ImportRow.Wrong) -> Word? where Word.RawValue == String {
    guard let text = cells[name] else { return nil }
    guard let word = Word(rawValue: text.lowercased()) else {
      throw Self.wrong(name, text, "one of: \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return word
  }

  /// Words in small letters, and the two numbers that stand for yes and no.
  private static func plain(_ text: String, _ kind: FieldKind) -> String {
    switch kind {
    case .text: text
    case .flag: ["1": "yes", "0": "no"][text] ?? text.lowercased()
    case .range, .word, .words: text.lowercased()
    }
  }

  private static func wrong(_ name: String, _ text: String, _ allowed: String) -> ImportRow.Wrong {
    .init("\(name): \(Failure.quoted(text)): \(allowed)")
  }
}
