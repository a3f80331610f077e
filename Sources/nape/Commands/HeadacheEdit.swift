import ArgumentParser
import NapeCore
import NapeReport

struct HeadacheEdit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Correct a headache, or add to it.",
    discussion: """
      What is not named stays. What changed is kept in the record of changes. Without an id it is the one that began last.

      Examples:
        nape headache edit --worst 8 --medicine "ibuprofen 400 mg"
        nape headache edit a1b2c3 --at "yesterday 16:20"
        nape headache edit a1b2c3 --unknown side --no-end
      """)

  @Argument(help: ArgumentHelp("Which, as nape headache list names it.", valueName: "id"))
  var id: String?

  @Option(name: .long, help: ArgumentHelp("How strong it was at first, 0 to 10, or a range.", valueName: "n"))
  var intensity: String?

  @OptionGroup var options: EpisodeOptions

  @Option(
    name: .long, help: ArgumentHelp("A field that is not known after all; may be repeated.", valueName: "name"),
    completion: .words(of: EpisodeField.self))
  var unknown: [String] = []

  @Flag(name: .long, help: "Its end is not known, or it is not over.")
  var noEnd = false

  @Flag(name: .long, help: "Take the medicines back that are noted.")
  var noMedicine = false

  @Flag(name: .long, help: "Print what is stored as a JSON object.")
  var json = false

  func validate() throws {
    if noEnd && options.end != nil { throw ValidationError("either --end or --no-end") }
    if intensity == nil && options.isEmpty && unknown.isEmpty && !noEnd && !noMedicine {
      throw ValidationError("something to change is needed, for instance --worst 8; on a terminal nape detail asks")
    }
  }

  func run() throws {
    let (book, record) = try named()
    var change = try options.change(intensity, of: record.episode, book.time)
    for name in unknown { change.fields[try EpisodeOptions.field(name, "--unknown")] = .some(nil) }
    if noEnd { change.end = .some(nil) }
    if noMedicine { change.medicines = [] }
    let stored = try book.change(record, by: change)
    print(json ? DiaryDocument.json(stored) : EpisodeText.changed(stored, book))
    try EntryNotices.tell(of: stored, before: record.episode, json: json, book)
  }

  /// Which headache is meant. Where that cannot be told, what is urgent of the change is told none the less.
  private func named() throws -> (DiaryBook, EpisodeRecord) {
    do {
      let book = try DiaryBook(writes: false)
      return (book, try book.headache(id))
    } catch {
      let book = DiaryBook.evenIfDamaged()
      let begun = Episode(onset: Onset(at: book.now.second))
      if let change = try? options.change(intensity, of: begun, book.time) {
        EntryNotices.tellUnstored(change.applied(to: begun))
      }
      throw error
    }
  }
}
