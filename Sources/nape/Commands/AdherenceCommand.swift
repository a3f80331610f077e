import ArgumentParser
import JSON
import NapeCore
import NapeReport

struct AdherenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adherence",
    abstract: "Show how prompts ended, by host and day, as journals tell it.",
    discussion: """
      Reads this machine's journal, or files and folders of journals that systemd-journal-remote has collected. Followed \
      are prompts to move that a break answered, and exercises that were done, of those that stood until they were heeded, \
      answered or ran out: the measure of nape review. The days are those of the hosts' own clocks.

      Check-ins of the diary are never counted. What of a journal may be collected, and how: docs/fleet.md.

      Examples:
        nape adherence
        nape adherence /var/log/journal/remote --from 2026-11-16
        nape adherence --json remote-desk1.journal
      """)

  @Argument(help: "Journal files, or folders with such; this machine's journal without.", completion: .file())
  var paths: [String] = []

  @Option(name: .long, help: ArgumentHelp("The first day, such as 2026-03-02; all unless you say.", valueName: "date"))
  var from: String?

  @Option(name: .long, help: ArgumentHelp("The last day; today unless you say.", valueName: "date"))
  var to: String?

  @Flag(name: .long, help: "Print a JSON array, an object for each kind of a day of a host.")
  var json = false

  func run() throws {
    var journal = PromptJournal(period: try period())
    if paths.isEmpty { try journal.readMachine() }
    for path in paths { try journal.read(path: path) }
    if json || !journal.adherence.isEmpty || journal.problems.isEmpty {
      print(json ? asJSON(journal) : asTable(journal))
    }
    if journal.unreadable > 0 {
      StandardError.write(
        "nape: \(ReviewText.count(journal.unreadable, "record")) of prompts left out: a host, kind, outcome or day is"
          + " missing, or no word of this version's\n")
    }
    for problem in journal.problems { StandardError.write("nape: \(problem)\n") }
    if !journal.problems.isEmpty { throw ExitCode(1) }
  }

  private func period() throws -> ClosedRange<LocalDate>? {
    guard from != nil || to != nil else { return nil }
    let today = Now().today
    let first = try from.map { try DiaryDate.parse($0, today: today, named: "--from") } ?? LocalDate(daysSinceEpoch: 0)
    let last = try to.map { try DiaryDate.parse($0, today: today, named: "--to") } ?? today
    guard first <= last else { throw Failure("\(first) to \(last): the first day, then the last", status: 64) }
    return first...last
  }

  // MARK: Output

  private func asTable(_ journal: PromptJournal) -> String {
    guard !journal.rows.isEmpty else { return "No prompt that has ended is in the journal." }
    var rows = [["host", "day", "kind", "prompts", "followed", "outcomes"]]
    for (key, adherence) in journal.rows {
      rows.append([
        Self.printable(key.host), "\(key.date)", key.kind.rawValue, String(adherence.prompts), Self.share(adherence),
        Self.outcomes(adherence).map { "\($0.count) \($0.outcome.rawValue)" }.joined(separator: ", "),
      ])
    }
    return TextTable.text(rows)
  }

  private static func share(_ adherence: Adherence) -> String {
    guard let followed = adherence.followed, adherence.counted > 0 else { return "–" }
    let percent = ReviewText.percent(Double(followed) / Double(adherence.counted))
    return "\(followed) of \(adherence.counted) (\(percent))"
  }

  private static func outcomes(_ adherence: Adherence) -> [(outcome: Outcome, count: Int)] {
    Outcome.allCases.compactMap { outcome in adherence.outcomes[outcome].map { (outcome, $0) } }
  }

  /// A journal that came from elsewhere may say anything.
  private static func printable(_ host: String) -> String {
    String(
      String.UnicodeScalarView(
        host.unicodeScalars.prefix(64).map { $0.properties.generalCategory == .control ? "?" : $0 }))
  }

  private func asJSON(_ journal: PromptJournal) -> String {
    JSONText.array(
      journal.rows.map { key, adherence in
        JSONText.object([
          ("host", JSONText.quoted(key.host)), ("date", JSONText.quoted("\(key.date)")),
          ("kind", JSONText.quoted(key.kind.rawValue)), ("prompts", String(adherence.prompts)),
          ("counted", String(adherence.counted)), ("followed", JSONText.optional(adherence.followed)),
          (
            "outcomes",
            JSONText.object(Self.outcomes(adherence).map { ($0.outcome.rawValue, String($0.count)) })
          ),
        ])
      })
  }
}
