import ArgumentParser
import NapeCore
import NapeStore

struct HeadacheDelete: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Delete a headache that was noted by mistake.",
    discussion: """
      What was noted is gone; that there was an entry, and when it was deleted, is kept. Without an id it is the one that \
      began last.

      Examples:
        nape headache delete a1b2c3
        nape headache delete a1b2c3 --yes
      """)

  @Argument(help: ArgumentHelp("Which, as nape headache list names it.", valueName: "id"))
  var id: String?

  @Flag(name: .long, help: "Do not ask.")
  var yes = false

  func run() throws {
    if let id { try DiaryBook.checkNameToDelete(id) }
    let book = try DiaryBook(writes: false)
    let record = try book.headache(id)
    let title = EpisodeText.title(record, today: book.now.today)
    if !yes {
      guard Terminal.isThere else {
        throw Failure(
          "nobody can be asked here, since this is no terminal: --yes deletes \(record.id.short)", status: 64)
      }
      guard YesOrNo.ask("\(title)\nDelete it?") else { throw Failure("nothing was deleted", status: 1) }
    }
    try book.write { (store) throws(DiaryError) in
      try store.delete(record.id, at: book.now.stamp, way: .commandLine)
    }
    print("Deleted. \(title).")
  }
}
