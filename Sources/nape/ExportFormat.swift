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
    // A PDF is printed from the page.
    return allCases.filter { formats.contains($0) || $0 == .html && formats.contains(.pdf) }
  }

  /// What an export may leave in a folder.
  static var names: Set<String> {
    var names: Set<String> = ["review.html", "review.pdf", "review.json", FHIRBundle.fileName, FHIRCodeSystem.fileName]
    names.formUnion(CSVSet.fileNames)
    return names
  }

  func files(of book: ReviewBook, notes: Bool, region: String) -> [(name: String, text: String)] {
    switch self {
    case .html:
      let page = HTMLReview(
        book.review, notes: notes, signs: .builtIn(), region: region, version: NapeVersion.string)
      return [("review.html", page.text)]
    case .pdf: return []
    case .csv: return CSVSet(book.review).files
    case .json: return [("review.json", ReviewDocument.json(book.review, book.records) + "\n")]
    case .fhir:
      return [(FHIRBundle.fileName, FHIRBundle(book.review).json), (FHIRCodeSystem.fileName, FHIRCodeSystem.json)]
    }
  }
}
