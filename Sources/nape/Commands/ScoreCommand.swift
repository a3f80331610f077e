import ArgumentParser
import JSON
import NapeCore
import NapeReport
import NapeStore

struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Keep the total of a questionnaire that your clinic gave you.",
    discussion: """
      The questionnaires themselves belong to others and are not part of nape. Totals: \(ranges).

      Examples:
        nape score hit-6 58
        nape score ndi 14 --date 2026-11-20
        nape score list
        nape score delete 0a1b2c
      """,
    subcommands: [Add.self, List.self, Delete.self], defaultSubcommand: Add.self)

  private static var ranges: String {
    Score.Instrument.allCases.map { "\($0.title) \($0.range.lowerBound) to \($0.range.upperBound)" }
      .joined(separator: ", ")
  }

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Enter a total.",
      discussion: """
        Examples:
          nape score hit-6 58
          nape score ndi 14 --date 2026-11-20
        """)

    @Argument(
      help: "One of: \(Score.Instrument.allCases.map(\.rawValue).joined(separator: ", ")).",
      completion: .words(of: Score.Instrument.self))
    var instrument: String

    @Argument(help: "The total, a whole number.")
    var total: Int

    @Option(name: .long, help: "The day on which it was filled in: YYYY-MM-DD, today, yesterday.", completion: .days)
    var date: String?

    @Flag(name: .long, help: "Print what was stored as a JSON object.")
    var json = false

    func run() throws {
      guard let instrument = Score.Instrument(rawValue: instrument.lowercased()) else {
        let names = Score.Instrument.allCases.map(\.rawValue).joined(separator: ", ")
        throw Failure("there is no score \(Failure.quoted(instrument)): one of \(names)", status: 64)
      }
      let book = try DiaryBook(writes: true)
      let score = Score(
        instrument: instrument, total: total, date: try DiaryDate.parse(date, today: book.now.today))
      let id = try book.write { (store) throws(DiaryError) in
        try store.add(score, at: book.now.stamp, way: .commandLine)
      }
      guard json else { return print("\(instrument.title) \(total) for \(score.date) (\(id.short)).") }
      let scores = try book.read { (store) throws(StoreError) in try store.scores() } ?? []
      for score in scores where score.id == id { print(DiaryDocument.json(score)) }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List all totals by date.",
      discussion: """
        Example:
          nape score list
        """)

    @Flag(name: .long, help: "Print a JSON array.")
    var json = false

    func run() throws {
      let scores = try DiaryBook(writes: false).read { (store) throws(StoreError) in try store.scores() } ?? []
      if json { return print(JSONText.array(scores.map(DiaryDocument.json))) }
      guard !scores.isEmpty else { return print("There are no scores.") }
      print(
        TextTable.text(
          scores.map { score in
            let content = score.content
            return [
              content.date.description, score.id.short, content.instrument.title,
              "\(content.total) of \(content.instrument.range.upperBound)",
            ]
          }))
    }
  }

  struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "delete", abstract: "Delete a total.",
      discussion: """
        Example:
          nape score delete 0a1b2c
        """)

    @Argument(help: "Its id, or the last digits of it, as the list shows them.")
    var id: String

    func run() throws { try DiaryBook.delete(id, from: .score) }
  }
}
