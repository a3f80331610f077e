import ArgumentParser
import NapeCore
import NapeSettings
import NapeStore

struct WarningSignsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "warning-signs",
    abstract: "Show the signs that need medical help, and whom to call.",
    discussion: """
      On a terminal you can say which signs you have. While one of the first two lists is open, exercise and posture \
      prompts rest, until you say that they may go on. Which signs you have is kept only if you want it on your report.

      Examples:
        nape warning-signs
        nape warning-signs | less
        nape warning-signs --tick sudden --on-report
        nape warning-signs --resume
        nape warning-signs --forget
      """)

  @Option(
    name: .long, parsing: .upToNextOption,
    help: ArgumentHelp("Say that you have these signs, by their ids (--json lists them).", valueName: "id"),
    completion: .warningSigns)
  var tick: [String] = []

  @Flag(name: .long, help: "With --tick: keep which signs they are, for your report.")
  var onReport = false

  @Flag(name: .long, help: "Exercise and posture prompts may go on.")
  var resume = false

  @Flag(name: .long, help: "Take the signs that you have had noted off your report; goes with --resume, too.")
  var forget = false

  @Flag(name: .long, help: "List the regions that diary.region may name, with their numbers.")
  var regions = false

  @Flag(name: .long, help: "Print the page, and what is open, as one JSON object.")
  var json = false

  func validate() throws {
    if onReport, tick.isEmpty { throw ValidationError("--on-report goes with --tick.") }
    let forms = [!tick.isEmpty, resume || forget, regions].count { $0 }
    if forms > 1 { throw ValidationError("--tick, --resume or --forget, and --regions do not go together.") }
    if json, !tick.isEmpty || resume || forget {
      throw ValidationError("--json prints the page; it does not go with --tick, --resume or --forget.")
    }
  }

  func run() throws {
    let signs = try ticked()
    // The page is shown whatever the record is like.
    let book = DiaryBook.evenIfDamaged()
    let text = WarningSignsText(region: book.settings.diary.region)
    text.warnOfRegion()
    if regions { return print(json ? text.regionsAsJSON : text.regions) }
    if resume { try letPromptsGoOn(book) }
    if resume || forget { return try forgetSigns(book) }
    if !signs.isEmpty {
      let opened = try WarningSignsDialogue.open(WarningSignsDialogue.levels(of: signs), text, book)
      return onReport ? try WarningSignsDialogue.keep(signs, opened, book) : ()
    }
    let open = Result { try book.read { (store) throws(StoreError) in try store.openWarning() } ?? nil }
    if json {
      print(text.json(open: try? open.get()))
    } else if Terminal.isThere {
      try WarningSignsDialogue.run(book)
    } else {
      print(text.all)
    }
    if let open = try open.get(), !json { print("\n" + WarningSignsText.paused(since: open)) }
  }

  private func ticked() throws -> [WarningSigns.Sign] {
    let page = WarningSigns.builtIn()
    return try tick.map { id in
      if let sign = page[id] { return sign }
      let known = page.signs.map(\.id).joined(separator: ", ")
      throw Failure("there is no warning sign \(Failure.quoted(id)): one of \(known)", status: 64)
    }
  }

  private func letPromptsGoOn(_ book: DiaryBook) throws {
    let isOpen = try book.read { (store) throws(StoreError) in try store.warnings().contains(where: \.isOpen) } ?? false
    if isOpen { _ = try book.write { (store) throws(DiaryError) in try store.closeWarnings(at: book.now.stamp) } }
    print(isOpen ? "Exercise and posture prompts go on." : "No warning sign was open.")
  }

  /// Takes noted signs off the report, where that is asked for or the person says so.
  private func forgetSigns(_ book: DiaryBook) throws {
    let isKept = try book.read { (store) throws(StoreError) in try store.warnings().contains { !$0.signs.isEmpty } }
    guard isKept == true else { return forget ? print("No sign is noted for your report.") : () }
    guard forget || Terminal.isThere && YesOrNo.ask("Take the signs that are noted off your report?") else { return }
    try book.write { (store) throws(DiaryError) in try store.forgetSigns() }
    print("They are no longer noted.")
  }
}
