import ArgumentParser
import NapeCore
import NapeSettings
import NapeSimulation
import NapeStore

struct WarningSignsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "warning-signs",
    abstract: "Show the signs that need medical help, and whom to call.",
    discussion: """
      On a terminal you can say which signs you have. While one of the first two lists is open, exercise and posture
      prompts rest, until you say that they may go on. Which signs you have is kept only if you want it on your report.

      Examples:
        nape warning-signs
        nape warning-signs | less
        nape warning-signs --tick sudden --on-report
        nape warning-signs --resume
      """)

  @Option(
    name: [.long, .customLong("report")], parsing: .upToNextOption,
    help: ArgumentHelp("Say that you have these signs, by their ids (--json lists them).", valueName: "id"))
  var tick: [String] = []

  @Flag(name: .long, help: "With --tick: keep which signs they are, for your report.")
  var onReport = false

  @Flag(
    name: [.long, .customLong("go-on")], help: "Exercise and posture prompts may go on.")
  var resume = false

  @Flag(name: .long, help: "List the regions that diary.region may name, with their numbers.")
  var regions = false

  @Flag(name: .long, help: "Print the page, and what is open, as one JSON object.")
  var json = false

  func validate() throws {
    if onReport, tick.isEmpty { throw ValidationError("--on-report goes with --tick.") }
    let forms = [!tick.isEmpty, resume, regions].count { $0 }
    if forms > 1 { throw ValidationError("--tick, --resume and --regions do not go together.") }
  }

  func run() throws {
    let signs = try ticked()
    let book = try DiaryBook(writes: !signs.isEmpty)
    let text = WarningSignsText(region: book.settings.diary.region)
    text.warnOfRegion()
    if resume { return try letPromptsGoOn(book) }
    if regions { return print(json ? text.regionsAsJSON : text.regions) }
    if !signs.isEmpty {
      let opened = try WarningSignsDialogue.open(signs, text, book)
      return onReport ? try WarningSignsDialogue.keep(signs, opened, book) : ()
    }
    let open = try book.read { (store) throws(StoreError) in try store.openWarning() } ?? nil
    if json { return print(text.json(open: open)) }
    if FirstUseDialogue.isOnTerminal {
      try WarningSignsDialogue.run(book)
    } else {
      print(text.all)
    }
    if let open { print("\n" + WarningSignsText.paused(since: open)) }
  }

  private func ticked() throws -> [WarningSigns.Sign] {
    let page = WarningSigns.builtIn()
    return try tick.map { id in
      if let sign = page[id] { return sign }
      let known = page.signs.map(\.id).joined(separator: ", ")
      throw Failure("there is no warning sign \(ExerciseText.quoted(id)): one of \(known)", status: 64)
    }
  }

  private func letPromptsGoOn(_ book: DiaryBook) throws {
    let count =
      book.store == nil
      ? 0 : try book.write { (store) throws(DiaryError) in try store.closeWarnings(at: book.now.stamp) }
    print(count > 0 ? "Exercise and posture prompts go on." : "No warning sign was open.")
  }
}
