import ArgumentParser
import NapeCore
import NapeSettings

struct Detail: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Add details to a headache, question by question; each can be passed over.",
    discussion: """
      For the evening or the next morning. Escape stops and keeps what was answered; Ctrl-C keeps nothing. Without an id it \
      is the headache that began last. In one line: nape headache edit

      Examples:
        nape detail
        nape detail a1b2c3
      """)

  @Argument(help: ArgumentHelp("Which, as nape headache list names it.", valueName: "id"))
  var id: String?

  func run() throws {
    guard Terminal.isThere else {
      throw Failure(
        "nobody can be asked here, since this is no terminal; in one line: nape headache edit --worst 8", status: 64)
    }
    let book = try DiaryBook(writes: false)
    let record = try book.headache(id)
    try WarningSignsDialogue.acknowledgeIfNew(book)
    var entry = DetailEntry(episode: record.episode, time: book.time, usualMedicine: book.settings.diary.usualMedicine)
    let outcome = try ask(&entry, title: EpisodeText.title(record, today: book.now.today))
    guard outcome != .interrupted else { throw Failure("interrupted; nothing was stored", status: 130) }
    let table = MedicineTable.builtIn()
    let change = entry.change { table.class(of: $0) }
    guard change.applied(to: record.episode) != record.episode else { return print("Nothing was changed.") }
    let stored = try book.change(record, by: change)
    print(EpisodeText.changed(stored, book))
    try EntryNotices.tell(of: stored, before: record.episode, book)
  }

  private func ask(_ entry: inout DetailEntry, title: String) throws -> DetailEntry.Outcome {
    if Terminal.takesKeys {
      return try Terminal.ask(
        screen: { entry.screen(width: $0, height: $1, title: title) }, key: { entry.handle($0) })
    }
    return LineTerminal.ask(
      intro: "\(title). Enter: pass over; < back; q stop, answers are kept; Ctrl-C keep nothing.",
      screen: { entry.question(width: $0) }, line: { entry.handle(line: $0) }, end: .interrupted)
  }
}
