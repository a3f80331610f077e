import ArgumentParser
import NapeCore
import NapeReport
import NapeSettings
import NapeStore

struct HeadacheAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Note a headache (what nape headache does by itself).",
    discussion: """
      What is not said stays unknown, and never counts as "no". Without anything said, a terminal asks.

      Examples:
        nape headache 6 --side left --neck --ago 30min
        nape headache 4-6 --at "yesterday 16:20" --end "yesterday 19:00"
        nape headache 5 --medicine "ibuprofen 400 mg" --medicine-at 15:10
        nape headache --at "yesterday morning" --field light=yes
      """)

  @Argument(help: ArgumentHelp("How strong it is, 0 to 10, or a range such as 4-6.", valueName: "n"))
  var intensity: String?

  @OptionGroup var options: EpisodeOptions

  @Flag(name: .long, help: "Print what was stored as a JSON object.")
  var json = false

  func run() throws {
    guard intensity == nil && options.isEmpty else { return try enter(try said()) }
    guard Terminal.isThere else {
      throw Failure(
        "nobody can be asked here, since this is no terminal; in one line: nape headache 6 --side left --neck --ago 30min",
        status: 64)
    }
    try enter(try QuickEntryDialogue.ask())
  }

  /// What the options say.
  private func said() throws -> EpisodeChange {
    let now = Now()
    let diary = LoadedSettings.load(environment: Environment.value).settings.diary
    let time = EntryTime(now: now.second, zone: now.zone, afternoon: (diary.afternoonFrom, diary.afternoonTo))
    let begun = Episode(onset: Onset(at: now.second))
    var change = try options.change(intensity, of: begun, time)
    if let onset = change.onset, onset.at > now.stamp, options.at?.utf8.count == 5 {
      throw Failure(
        "the onset is in the future: --at takes a time up to now; for the day before: --at \"yesterday \(options.at ?? "")\"",
        status: 1)
    }
    change.onset = change.onset ?? begun.onset
    return change
  }

  private func enter(_ change: EpisodeChange) throws {
    do { try store(change) } catch {
      EntryNotices.tellUnstored(change.applied(to: Episode(onset: Onset(at: Now().second))))
      throw error
    }
  }

  private func store(_ change: EpisodeChange) throws {
    let intensity = change.fields[.intensity].flatMap { $0?.text }
    let line = (["nape headache"] + [intensity].compactMap { $0 } + EpisodeText.options(change.without(.intensity)))
      .joined(separator: " ")
    let (book, entered) = try DiaryBook.keeping(line) {
      let book = try DiaryBook(writes: true)
      let episode = change.applied(to: Episode(onset: Onset(at: book.now.second)))
      let entered = try book.write { (store) throws(DiaryError) in
        try store.add(episode, at: book.now.stamp, way: .commandLine, rules: book.rules)
      }
      return (book, entered)
    }
    let record = try book.headache(entered.id.description)
    if json {
      print(DiaryDocument.json(record))
    } else {
      let title = [EpisodeText.title(record, today: book.now.today), EpisodeText.ending(record.episode, book)]
      print(
        "Stored. \(title.compactMap { $0 }.joined(separator: "; ")).\nUndo: nape headache delete \(record.id.short)")
    }
    try EntryNotices.tell(of: record, before: nil, flags: entered.flags, json: json, book)
  }
}

extension EpisodeChange {
  /// The same without one of its fields.
  fileprivate func without(_ field: EpisodeField) -> EpisodeChange {
    var change = self
    change.fields[field] = nil
    return change
  }
}
