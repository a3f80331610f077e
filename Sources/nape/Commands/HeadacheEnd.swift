import ArgumentParser
import NapeCore
import NapeReport

struct HeadacheEnd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "end",
    abstract: "Say that a headache is over, or is not.",
    discussion: """
      Without an id it is the last one that is open. With --asleep, --at is when you woke without it.

      Examples:
        nape headache end
        nape headache end --ago 30min
        nape headache end a1b2c3 --asleep --at 06:40
      """)

  @Argument(help: ArgumentHelp("Which, as nape headache list names it.", valueName: "id"))
  var id: String?

  @Option(name: .long, help: ArgumentHelp("When: HH:MM, \"yesterday HH:MM\", \"YYYY-MM-DD HH:MM\".", valueName: "time"))
  var at: String?

  @Option(name: .long, help: ArgumentHelp("How long ago, for instance 30min.", valueName: "duration"))
  var ago: Length?

  @Flag(name: .long, help: "You fell asleep with it.")
  var asleep = false

  @Flag(name: .long, help: "It is still there.")
  var stillThere = false

  @Flag(name: .long, help: "Print what is stored as a JSON object.")
  var json = false

  func validate() throws {
    if at != nil && ago != nil { throw ValidationError("either --at or --ago") }
    if asleep && stillThere { throw ValidationError("either --asleep or --still-there") }
  }

  func run() throws {
    let book = try DiaryBook(writes: false)
    let record = try id.map { try book.headache($0) } ?? book.openHeadache()
    let stamp =
      try ago.map { Stamp(wall: book.now.utc - $0.microseconds, in: book.now.zone) }
      ?? at.map { try EpisodeOptions.stamp($0, "--at", book.time) }
    let end: EpisodeEnd =
      asleep
      ? .asleep(woke: stamp)
      : stillThere ? .stillThere(stamp ?? book.now.second) : .ended(stamp ?? book.now.second)
    guard record.episode.takes(end) else {
      throw Failure("the end of \(record.id.short) is noted already: nape headache edit \(record.id.short)", status: 1)
    }
    let stored = try book.change(record, by: EpisodeChange(end: .some(end)))
    if json { return print(DiaryDocument.json(stored)) }
    let title = [EpisodeText.title(stored, today: book.now.today), EpisodeText.ending(stored.episode, book)]
    print("Stored. \(title.compactMap { $0 }.joined(separator: "; ")).")
    try EntryNotices.tell(of: stored, before: record.episode, book)
  }
}
