import ArgumentParser
import Glibc
import NapeCore
import NapeReport
import NapeSettings

struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Show the last weeks: what was recorded, and what it comes to.",
    discussion: """
      Figures have their denominators; what was not recorded is told first and is never taken for "no headache". nape \
      export makes the same as pages to print.

      With folders that nape export made, or review.json files from them, these are shown in place of this machine's \
      record: those of several machines of one person as one history.

      Examples:
        nape review
        nape review --weeks 8
        nape review --from 2026-09-07 --to 2026-10-04
        nape review export-of-desk export-of-laptop
      """)

  @Argument(help: "Folders with a review.json, or such files.", completion: .directory)
  var folders: [String] = []

  @OptionGroup var options: ReviewOptions

  @Option(name: .long, help: ArgumentHelp("How many columns wide; as the terminal, or 80.", valueName: "n"))
  var width: Int?

  @Flag(name: .long, help: "Print everything as a JSON document, as nape export writes it: docs/exports.md.")
  var json = false

  func validate() throws {
    if let width, !TerminalStyle.widths.contains(width) {
      let (least, most) = (TerminalStyle.widths.lowerBound, TerminalStyle.widths.upperBound)
      throw ValidationError("--width is \(width): \(least) to \(most)")
    }
  }

  func run() throws {
    let book = try ReviewBook(options, of: folders)
    let output = OutputBuffer()
    if json {
      output.write(ReviewDocument.json(book.review, book.records) + "\n")
    } else {
      output.write(TerminalReview(book.review, signs: .builtIn(), style: .standardOutput(width: width)).text + "\n")
    }
    output.flush()
  }
}

extension TerminalStyle {
  /// As standard output shows it.
  static func standardOutput(width: Int?) -> TerminalStyle {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    return TerminalStyle(
      width: width ?? (isTerminal ? Terminal.width : 80), isUnicode: hasUnicode,
      hasStyles: isTerminal && Terminal.takesKeys && (Environment.value("NO_COLOR") ?? "").isEmpty)
  }

  /// The first of the variables that is set says it. `locale(7)`
  private static var hasUnicode: Bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { Environment.value($0) }
    let name = names.first { !$0.isEmpty }?.lowercased() ?? ""
    return name.contains("utf-8") || name.contains("utf8")
  }
}
