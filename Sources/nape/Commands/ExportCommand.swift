import ArgumentParser
import Glibc
import JSON
import NapeCore
import NapeReport
import NapeSettings

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write your review as files: a page to print, tables, and FHIR.",
    discussion: """
      Writes review.html (two pages for your visit), the tables days.csv, headaches.csv, medicines.csv, bouts.csv, \
      exercises.csv and scores.csv with dictionary.csv and meta.json, review.json, and bundle.fhir.json with its codes in \
      codesystem.fhir.json. All have the same figures. With --format pdf an installed browser prints the page too. What \
      each file, column and figure is: docs/exports.md.

      The folder is made if there is none. An export that is there is replaced; other files are left alone. Nobody but you \
      can read the files; your user name is in none of them.

      Your notes, and the names of your medicines, are in the files only if you say so.

      Examples:
        nape export ~/for-the-visit
        nape export ~/for-the-visit --with ~/export-of-the-laptop
        nape export ~/for-the-visit --weeks 8 --no-notes --pseudonym Juniper
      """)

  @Argument(help: ArgumentHelp("The folder.", valueName: "dir"), completion: .directory)
  var folder: String

  @OptionGroup var options: ReviewOptions

  @Option(
    name: .long, help: ArgumentHelp("Some of html,csv,json,fhir,pdf; all but pdf unless you say.", valueName: "list"),
    completion: .words(of: ExportFormat.self), transform: ExportFormat.formats)
  var format: [ExportFormat] = ExportFormat.usual

  @Flag(inversion: .prefixedNo, help: "With or without your notes and the names of medicines; asks unless you say.")
  var notes: Bool?

  @Option(
    name: .long, help: ArgumentHelp("What you are called in the files; nothing unless you say.", valueName: "name"))
  var pseudonym: String?

  @Option(
    name: .long, parsing: .upToNextOption,
    help: ArgumentHelp("Together with exports of other machines: folders with a review.json.", valueName: "dir"),
    completion: .directory)
  var with: [String] = []

  @Flag(name: .long, help: "Print what was written as JSON.")
  var json = false

  private static let longestPseudonym = 40

  func validate() throws {
    guard let pseudonym else { return }
    guard FieldValue(pseudonym, .text(longest: Self.longestPseudonym)) != nil,
      !pseudonym.contains(where: { $0.isNewline || $0 == "\t" })
    else {
      throw ValidationError("--pseudonym: 1 to \(Self.longestPseudonym) characters on one line")
    }
  }

  func run() throws {
    let progress = Progress()
    defer { progress.end() }
    let withNotes = asksForNotes()
    progress.step("reading the record")
    let book = try ReviewBook(options, with: with, pseudonym: pseudonym, notes: withNotes)
    guard book.review.isOfAnything else {
      throw Failure("nothing is recorded of \(ReviewText.period(book.review.terms.period))", status: 1)
    }
    var files: [ExportFile] = []
    for format in format {
      progress.step(format == .pdf ? "printing the page" : "making \(format.rawValue)", isLong: format == .pdf)
      files += try format.files(of: book, notes: withNotes)
    }
    progress.step("writing \(files.count) files")
    try ExportFolder.write(files, to: folder, names: ExportFormat.names)
    progress.end()
    tell(files.map(\.name), book.review, withNotes)
  }

  private func asksForNotes() -> Bool {
    if let notes { return notes }
    if Terminal.isThere, !json { return YesOrNo.ask("With your notes and the names of your medicines?") }
    StandardError.write("nape: without notes and names of medicines, since nobody could be asked: --notes has them\n")
    return false
  }

  private func tell(_ files: [String], _ review: Review, _ withNotes: Bool) {
    let period = review.terms.period
    if json {
      print(
        JSONText.object([
          ("folder", JSONText.quoted(folder)), ("from", JSONText.quoted("\(period.lowerBound)")),
          ("to", JSONText.quoted("\(period.upperBound)")), ("notes", withNotes ? "true" : "false"),
          ("files", JSONText.strings(files)),
        ]))
      return
    }
    print("\(ReviewText.period(period)), \(withNotes ? "with" : "without") notes and names of medicines, in \(folder):")
    for file in files { print("  \(file)") }
  }
}
