import ArgumentParser
import Glibc
import NapeBus
import NapeCore
import NapeStore

struct EraseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: "Erase the record for good: all of it, or some days.",
    discussion: """
      What is erased is overwritten in the file and removed from its log. It cannot be brought back, and copies that you \
      made (nape backup, nape export) are not reached.

      With --from and --to, headaches that touch one of these days go as a whole, with the history of their changes; \
      exercises, answers, notes, scores and prompts of these days go, and the sitting record of them becomes unknown.

      Examples:
        nape erase --from 2026-03-02 --to 2026-03-08
        nape erase --all
      """)

  @Flag(name: .long, help: "Everything: a new and empty record begins.")
  var all = false

  @Option(name: .long, help: ArgumentHelp("The first day.", valueName: "date"))
  var from: String?

  @Option(name: .long, help: ArgumentHelp("The last day.", valueName: "date"))
  var to: String?

  @Flag(name: .long, help: "Only the diary and the exercises; the sitting record and its prompts stay.")
  var diaryOnly = false

  @Flag(name: .long, help: "Do not ask.")
  var yes = false

  func run() throws {
    let days = try days()
    let path = try Ledger.storePath()
    guard access(path, F_OK) == 0 else { throw Failure("there is no record yet: \(path) does not exist", status: 1) }
    try confirm(days)
    let book = try DiaryBook(writes: true)
    guard let store = book.store else { return }
    let erasure = Erasure(days: days, isDiaryOnly: diaryOnly)
    let whyKnown: String?
    let isEmptied: Bool
    do throws(StoreError) {
      try store.erase(erasure, offsetSeconds: book.now.offsetSeconds, rules: book.rules)
      whyKnown = try Self.tellDaemon(store) { () throws(StoreError) in
        try store.erase(erasure, offsetSeconds: book.now.offsetSeconds, rules: book.rules)
      }
      isEmptied = try store.emptyLog()
    } catch {
      throw Failure("\(error)", status: 1)
    }
    guard isEmptied else {
      throw Failure(
        "what was asked for is deleted, but another program is using the record, so that its log could not be emptied "
          + "and may still hold it: close that program and run this again", status: 1)
    }
    if let whyKnown {
      throw Failure(
        "what was asked for is erased, but naped could not forget it and may still know of it (\(whyKnown)): "
          + "systemctl --user restart nape, then run this again", status: 1)
    }
    print("Erased\(diaryOnly ? " from the diary" : ""): \(Self.text(days)).")
    for damaged in DamagedStore.paths(beside: path) where all {
      print("A damaged record that was set aside is not touched: \(damaged)")
    }
  }

  /// A daemon that runs forgets what is erased, too.
  ///
  /// - Parameter again: erases what it stored meanwhile, when it still knew.
  /// - Returns: why it may know of it still.
  private static func tellDaemon(_ store: Store, again: () throws(StoreError) -> Void) throws(StoreError) -> String? {
    do throws(DaemonClient.Failure) { try DaemonClient.askToRefresh() } catch {
      switch error {
      case .notRunning: _ = try store.takeErasures()
      // One may run all the same: it finds the word that was left with its next record.
      case .noBus: break
      case .answered(let answer): return answer.description
      }
      return nil
    }
    try again()
    _ = try store.takeErasures()
    return nil
  }

  /// `nil` for all.
  private func days() throws -> ClosedRange<LocalDate>? {
    if all {
      guard from == nil, to == nil else { throw ValidationError("--all, or --from and --to: not both") }
      return nil
    }
    guard let from, let to else { throw ValidationError("--all, or both --from and --to") }
    let dates = try [("--from", from), ("--to", to)].map { name, text in
      guard let date = LocalDate(text) else {
        throw ValidationError("\(name) \(Failure.quoted(text)): a date such as 2026-03-02")
      }
      return date
    }
    guard dates[0] <= dates[1] else { throw ValidationError("--from is after --to: the first day comes first") }
    return dates[0]...dates[1]
  }

  private func confirm(_ days: ClosedRange<LocalDate>?) throws {
    if yes { return }
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
      throw Failure("nothing was erased: there is no terminal to ask on; --yes erases without asking", status: 64)
    }
    StandardError.write(
      "This erases \(diaryOnly ? "the diary" : "the diary and the sitting record") of \(Self.text(days)), for good.\n"
        + "Type \"erase\" to go on: ")
    guard readLine() == "erase" else { throw Failure("nothing was erased", status: 1) }
  }

  private static func text(_ days: ClosedRange<LocalDate>?) -> String {
    days.map { $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound)" }
      ?? "all days"
  }
}
