import ArgumentParser
import NapeCore
import NapeReport
import NapeSettings

/// A form of the review, as files.
enum ExportFormat: String, CaseIterable {
  case html, csv, json, fhir, pdf

  /// Without the one that takes a browser, and seconds.
  static let usual: [ExportFormat] = [.html, .csv, .json, .fhir]

  /// Reads `html,csv`.
  static func formats(_ text: String) throws -> [ExportFormat] {
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let formats = names.compactMap(ExportFormat.init)
    guard formats.count == names.count else {
      throw ValidationError(
        "--format \(Failure.quoted(text)): some of \(allCases.map(\.rawValue).joined(separator: ",")), with commas")
    }
    return allCases.filter(formats.contains)
  }

  /// What an export may leave in a folder.
  static var names: Set<String> {
    var names: Set<String> = ["review.html", "review.pdf", "review.json", FHIRBundle.fileName, FHIRCodeSystem.fileName]
    names.formUnion(CSVSet.fileNames)
    return names
  }

  func files(of book: ReviewBook, notes: Bool) throws -> [ExportFile] {
    switch self {
    case .html: return [ExportFile("review.html", Self.page(of: book, notes))]
    case .pdf: return [ExportFile("review.pdf", try PDFPrinter.pdf(of: Self.page(of: book, notes)))]
    case .csv: return CSVSet(book.review).files.map { ExportFile($0.name, $0.text) }
    case .json: return [ExportFile("review.json", ReviewDocument.json(book.review, book.records) + "\n")]
    case .fhir:
      return [
        ExportFile(FHIRBundle.fileName, FHIRBundle(book.review).json),
        ExportFile(FHIRCodeSystem.fileName, FHIRCodeSystem.json),
      ]
    }
  }

  private static func page(of book: ReviewBook, _ notes: Bool) -> String {
    HTMLReview(
      book.review, notes: notes, signs: .builtIn(), region: book.settings.diary.region, version: NapeVersion.string
    ).text
  }
}
