import ArgumentParser
import JSON
import NapeCore
import NapeReport
import NapeStore

struct NoteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note",
    abstract: "Note a visit, advice, or what you want to ask.",
    discussion: """
      Visits need no text. Everything stays on this machine, and is on the report unless you leave notes out.

      Examples:
        nape note "New chair"
        nape note --kind physiotherapy --date 2026-11-20 "First visit"
        nape note --kind question "May I swim?"
        nape note list
        nape note delete 0a1b2c
      """,
    subcommands: [Add.self, List.self, Delete.self], defaultSubcommand: Add.self)

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Note something.",
      discussion: """
        Examples:
          nape note "New chair"
          nape note --kind doctor --date yesterday
        """)

    @Option(
      name: .long, help: "One of: \(DiaryNote.Kind.allCases.map(\.rawValue).joined(separator: ", ")).",
      completion: .words(of: DiaryNote.Kind.self))
    var kind = "note"

    @Option(name: .long, help: "The day it is about: YYYY-MM-DD, today, yesterday.", completion: .days)
    var date: String?

    @Argument(help: "What to note, at most \(DiaryNote.longestText) characters.")
    var text: [String] = []

    @Flag(name: .long, help: "Print what was stored as a JSON object.")
    var json = false

    func run() throws {
      guard let kind = DiaryNote.Kind(rawValue: kind) else {
        let kinds = DiaryNote.Kind.allCases.map(\.rawValue).joined(separator: ", ")
        throw Failure("--kind \(Failure.quoted(kind)): one of \(kinds)", status: 64)
      }
      let text = text.joined(separator: " ")
      guard !text.isEmpty || kind.isVisit else { throw Failure(EntryRules.Refusal.noText.description, status: 64) }
      let book = try DiaryBook(writes: true)
      let note = DiaryNote(kind: kind, date: try DiaryDate.parse(date, today: book.now.today), text: text)
      let id = try book.write { (store) throws(DiaryError) in
        try store.add(note, at: book.now.stamp, way: .commandLine)
      }
      guard json else { return print("Noted for \(note.date) (\(id.short)).") }
      let notes = try book.read { (store) throws(StoreError) in try store.notes() } ?? []
      for note in notes where note.id == id { print(DiaryDocument.json(note)) }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List all notes by date.",
      discussion: """
        Examples:
          nape note list
          nape note list --json
        """)

    @Flag(name: .long, help: "Print a JSON array.")
    var json = false

    func run() throws {
      let notes = try DiaryBook(writes: false).read { (store) throws(StoreError) in try store.notes() } ?? []
      if json { return print(JSONText.array(notes.map(DiaryDocument.json))) }
      guard !notes.isEmpty else { return print("There are no notes.") }
      print(
        TextTable.text(
          notes.map { note in
            [note.content.date.description, note.id.short, note.content.kind.rawValue, Self.oneLine(note.content.text)]
          }))
    }

    private static func oneLine(_ text: String) -> String {
      String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    }
  }

  struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "delete", abstract: "Delete a note.",
      discussion: """
        Example:
          nape note delete 0a1b2c
        """)

    @Argument(help: "Its id, or the last digits of it, as the list shows them.")
    var id: String

    func run() throws { try DiaryBook.delete(id, from: .note) }
  }
}
