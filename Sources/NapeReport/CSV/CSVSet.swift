import JSON
import NapeCore

/// The review as tables (`clinical.md` §6.3): six of records, their dictionary, and what was in force.
///
/// The same review gives the same bytes.
public struct CSVSet {
  /// Of records, in the order in which `meta.json` adds them up.
  public let tables: [CSVSheet]
  private let review: Review

  public init(_ review: Review) {
    self.review = review
    let medicines = review.episodes.flatMap { episode in
      episode.episode.medicines.map { (id: episode.record.id, medicine: $0) }
    }
    tables = [
      CSVSheet("days", Self.days, of: review.days),
      CSVSheet("headaches", Self.headaches, of: review.episodes),
      CSVSheet("medicines", Self.medicines, of: medicines),
      CSVSheet("bouts", Self.bouts, of: DeskStretch.all(of: review)),
      CSVSheet("exercises", Self.exercises, of: review.movements),
      CSVSheet("scores", Self.scores, of: review.scores),
    ]
  }

  /// A line for each column of each table, itself among them.
  public var dictionary: CSVSheet {
    let columns = Self.dictionary
    let own = columns.map { (table: "dictionary", column: $0.about) }
    return CSVSheet(
      "dictionary", columns, of: tables.flatMap { table in table.columns.map { (table: table.name, column: $0) } } + own
    )
  }

  public static let fileNames =
    ["days", "headaches", "medicines", "bouts", "exercises", "scores", "dictionary"].map { $0 + ".csv" } + ["meta.json"]

  /// All files with their texts, named as ``fileNames``.
  public var files: [(name: String, text: String)] {
    (tables + [dictionary]).map { ($0.fileName, $0.text) } + [("meta.json", meta)]
  }

  private static let dictionary: [CSVColumn<(table: String, column: CSVDescription)>] = [
    CSVColumn("table", .text, "Name of the file, without .csv") { .text($0.table) },
    CSVColumn("column", .text, "Name of the column") { .text($0.column.name) },
    CSVColumn(
      "type", .word, "What stands in the column; an empty cell is unknown",
      allowed: "text, word, date, time, integer, number, flag, pain"
    ) { .text($0.column.type.rawValue) },
    CSVColumn("unit", .text, "Unit of the numbers") { .text($0.column.unit.isEmpty ? nil : $0.column.unit) },
    CSVColumn("meaning", .text, "What the column says") { .text($0.column.meaning) },
    CSVColumn("allowed", .text, "Values that there are") { .text($0.column.allowed.isEmpty ? nil : $0.column.allowed) },
  ]

  // MARK: What was in force

  /// What the tables were made from and by, as JSON.
  var meta: String {
    let terms = review.terms
    func quoted(_ text: String) -> String { JSONText.quoted(text) }
    let start = review.settings.atStart.sorted { $0.key < $1.key }.map { ($0.key, quoted($0.value)) }
    let changes = review.settings.changes.map { change in
      JSONText.object([
        ("at", quoted(change.at.iso8601)), ("key", quoted(change.key)), ("before", JSONText.optional(change.before)),
        ("after", quoted(change.after)),
      ])
    }
    let members: [(String, String)] = [
      ("nape", quoted(NapeVersion.string)),
      ("intended_use", quoted(IntendedUse.text)),
      ("made", quoted(terms.made.iso8601)),
      ("pseudonym", JSONText.optional(terms.pseudonym)),
      (
        "period",
        JSONText.object([("from", quoted("\(terms.period.lowerBound)")), ("to", quoted("\(terms.period.upperBound)"))])
      ),
      ("tz", quoted(Self.offset(terms.made))),
      ("device_assumption", quoted("seated: time at the computer counts as sitting unless standing was declared")),
      (
        "thresholds",
        JSONText.object([
          ("since", JSONText.optional(review.settings.startedSince?.iso8601)), ("at_start", JSONText.object(start)),
          ("changes", JSONText.array(changes)),
        ])
      ),
      ("hash_of", JSONText.strings(tables.map(\.fileName))),
      ("sha256", quoted(hash)),
    ]
    return "{\n" + members.map { "  \(quoted($0.0)): \($0.1)" }.joined(separator: ",\n") + "\n}\n"
  }

  /// Of the tables one after the other: `cat days.csv headaches.csv … | sha256sum`.
  private var hash: String {
    var bytes: [UInt8] = []
    for table in tables { bytes += table.text.utf8 }
    return SHA256.hash(bytes).map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
  }

  /// `+02:00`, as the times of that moment are written.
  private static func offset(_ stamp: Stamp) -> String { String(stamp.iso8601.dropFirst(19)) }
}
