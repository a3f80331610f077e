import ArgumentParser
import NapeCore
import NapeReport
import NapeStore

struct HeadacheList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the headaches that are noted.",
    discussion: """
      The first column is the id for end, edit, delete and nape detail. "recalled" was entered more than 48 h late.

      Examples:
        nape headache list
        nape headache list --weeks 12
        nape headache list --json > diary.json
      """)

  @Option(name: .long, help: ArgumentHelp("How many weeks back; 4 unless you say.", valueName: "n"))
  var weeks: Int?

  @Flag(name: .long, help: "All that are noted.")
  var all = false

  @Flag(
    name: .long,
    help: "Print the whole diary as a JSON document, which nape import reads; with --weeks, headaches only.")
  var json = false

  func validate() throws {
    if all, weeks != nil { throw ValidationError("either --all or --weeks") }
    if let weeks, !(1...5000).contains(weeks) { throw ValidationError("--weeks is \(weeks): 1 to 5000") }
  }

  func run() throws {
    let book = try DiaryBook(writes: false)
    if json, weeks == nil {
      let contents = try book.read { (store) throws(StoreError) in try store.diaryContents() } ?? DiaryContents()
      return print(DiaryDocument.json(contents))
    }
    let weeks = weeks ?? 4
    let from = all ? .min : book.now.utc - Microseconds(weeks) * 7 * 24 * .hour
    let records = try book.read { (store) throws(StoreError) in try store.episodes(from: from) } ?? []
    if json { return print(DiaryDocument.json(DiaryContents(episodes: records))) }
    let period = all ? "" : " in the last \(weeks) week\(weeks == 1 ? "" : "s")"
    if records.isEmpty { print("No headache is noted\(period).") }
    for record in records { print(EpisodeText.entry(record, book)) }
    let deleted = try book.read { (store) throws(StoreError) in try store.deletedCount() } ?? 0
    if !records.isEmpty { print("\n\(records.count) headache\(records.count == 1 ? "" : "s") noted\(period).") }
    if deleted > 0 { print("\(deleted) entr\(deleted == 1 ? "y was" : "ies were") deleted, over the whole time.") }
  }
}
