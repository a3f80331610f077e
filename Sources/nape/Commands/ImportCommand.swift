import ArgumentParser
import Glibc
import JSON
import NapeBus
import NapeCore
import NapeReport
import NapeStore

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take headaches from a file: nape's own JSON, or a plain CSV.",
    discussion: """
      A JSON document (nape headache list --json) is taken as it is, with its ids and the times when things were entered.

      A CSV has a line of names first, and a headache a line; , ; and tabs are told apart by that line. Columns with \
      nape's own names are taken: onset (or date and time), end, onset_nrs, peak_nrs, side, neck_with, nausea, medicine, \
      note … For others, --map says which is which, and + joins two columns with a space:

        --map onset=Date+Time,onset_nrs=Pain,side=Side

      Dates other than 2026-03-02 14:30 need --date-format: %d day, %m month, %Y year, %y year of two digits, %H hour, \
      %I hour up to 12 with %p am or pm, %M minute, %S second, and the signs between them. A date without a time makes a \
      headache of which the day is known. An empty cell is unknown, never "no". Names of columns and all values are in \
      docs/import.md.

      What is here already is passed over, so a file can be imported again. Lines that are not right are told and left \
      out.

      Examples:
        nape import diary.json
        nape import past.csv --map onset=When --date-format %d.%m.%Y --dry-run
      """)

  @Argument(help: "The file; - for standard input.", completion: .file())
  var file: String

  @Option(name: .long, help: ArgumentHelp("Which column is which, for a CSV.", valueName: "name=column,…"))
  var map: String?

  @Option(name: .long, help: ArgumentHelp("How a CSV writes dates.", valueName: "format"))
  var dateFormat: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The zone of a CSV's times, such as Europe/Berlin; this machine's without.",
      valueName: "name"))
  var zone: String?

  @Flag(name: .long, help: "Take nothing if one record is refused.")
  var strict = false

  @Flag(name: .long, help: "Take nothing; tell what would be taken.")
  var dryRun = false

  @Flag(name: .long, help: "Print what became of the records as a JSON object.")
  var json = false

  /// How many lines tell what is wrong.
  private static let mostTold = 100

  func run() throws {
    let now = Now()
    let bytes = try Files.read(file, most: DiaryDocument.most)
    let rows: [ImportRow]
    do throws(ImportRow.Wrong) {
      rows = try read(bytes, now)
    } catch {
      throw Failure("\(file): \(error.what)", status: error.isOfOption ? 64 : 1)
    }
    var results = rows.map { row -> Store.Taken in
      if case .failure(let wrong) = row.item { .refused(wrong.what) } else { .new }
    }
    let isRefused = results.contains { $0 != .new }
    let items = rows.enumerated().compactMap { place, row in (try? row.item.get()).map { (place, $0) } }
    let mode: Store.TakeMode = dryRun || strict && isRefused ? .tryOut : strict ? .allOrNothing : .whatCanBe
    for (item, result) in zip(items, try take(items.map(\.1), mode)) { results[item.0] = result }
    try tell(rows, results)
  }

  private func read(_ bytes: [UInt8], _ now: Now) throws(ImportRow.Wrong) -> [ImportRow] {
    let text = bytes.drop { [0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf].contains($0) }
    guard text.first != UInt8(ascii: "{") else {
      guard map == nil, dateFormat == nil, zone == nil else {
        throw .init(ofOption: "this is a JSON document: --map, --date-format and --zone are for a CSV")
      }
      return try DiaryDocument.rows(Array(text))
    }
    var there = now.zone
    if let zone {
      guard let bytes = Zones.file(named: zone), let found = try? Zone(tzif: bytes) else {
        throw .init(ofOption: "--zone \(Failure.quoted(zone)): a name such as Europe/Berlin")
      }
      there = found
    }
    return try CSVDiary(map: map, dateFormat: dateFormat, zone: there, now: now.stamp).rows(bytes)
  }

  private func take(_ items: [DiaryItem], _ mode: Store.TakeMode) throws -> [Store.Taken] {
    let now = Now().stamp
    let isThere = access(try Ledger.storePath(), F_OK) == 0
    guard mode == .tryOut, !isThere else {
      let book = try DiaryBook(writes: true)
      guard mode != .tryOut else {
        return try book.read { (store) throws(DiaryError) in
          try store.take(items, at: now, mode: mode, rules: book.rules)
        } ?? []
      }
      return try book.write { (store) throws(DiaryError) in
        try store.take(items, at: now, mode: mode, rules: book.rules)
      }
    }
    // Nothing is made where nothing is to be taken.
    let rules = try DiaryBook(writes: false).rules
    do {
      let store = try Store(path: ":memory:", patience: .command)
      return try store.take(items, at: now, mode: mode, rules: rules)
    } catch { throw Failure("\(error)", status: 1) }
  }

  private func tell(_ rows: [ImportRow], _ results: [Store.Taken]) throws {
    var counts = (new: 0, known: 0, differs: 0, duplicates: 0, refused: 0)
    var told: [String] = []
    for (row, result) in zip(rows, results) {
      switch result {
      case .new: counts.new += 1
      case .known: counts.known += 1
      case .differs:
        counts.differs += 1
        told.append("\(file): \(row.place): it says something else than what is here, which stays")
      case .duplicate(let why):
        counts.duplicates += 1
        told.append("\(file): \(row.place): passed over: \(why)")
      case .refused(let why):
        counts.refused += 1
        told.append("\(file): \(row.place): \(why)")
      }
    }
    for line in told.prefix(Self.mostTold) { StandardError.write(line + "\n") }
    if told.count > Self.mostTold { StandardError.write("and \(told.count - Self.mostTold) more\n") }
    let isNothing = dryRun || strict && counts.refused > 0
    if json {
      print(
        JSONText.object([
          ("taken", "\(!isNothing)"), ("new", "\(counts.new)"), ("known", "\(counts.known)"),
          ("different", "\(counts.differs)"), ("duplicates", "\(counts.duplicates)"), ("refused", "\(counts.refused)"),
        ]))
    } else {
      print(
        "\(isNothing ? "Nothing was taken; " : "")\(counts.new) new, \(counts.known) known, \(counts.differs) different here, "
          + "\(counts.duplicates) duplicates, \(counts.refused) refused")
    }
    if counts.refused > 0 { throw ExitCode(1) }
  }
}
