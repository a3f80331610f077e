import NapeCore

/// A cell of a table. What is not known is empty, never a word that somebody might count.
enum CSVCell: Hashable {
  case empty
  /// A number as it is written.
  case number(String)
  case text(String)

  static func text(_ text: String?) -> CSVCell { text.map { .text($0) } ?? .empty }
  static func count(_ count: Int?) -> CSVCell { count.map { .number("\($0)") } ?? .empty }
  static func time(_ stamp: Stamp?) -> CSVCell { text(stamp?.iso8601) }
  static func yes(_ flag: Bool?) -> CSVCell { text(flag.map { $0 ? "yes" : "no" }) }
  /// What is noted only where it is so: its absence says nothing.
  static func noted(_ flag: Bool) -> CSVCell { flag ? .text("yes") : .empty }

  /// Whole minutes.
  static func minutes(_ length: Microseconds?) -> CSVCell { length.map { .number(ReviewText.minutes($0)) } ?? .empty }

  /// One number, or `4 to 6`: a spreadsheet takes `4-6` for a day in June.
  static func pain(_ range: ClosedRange<Int>?) -> CSVCell {
    guard let range else { return .empty }
    return range.count == 1 ? .count(range.lowerBound) : .text("\(range.lowerBound) to \(range.upperBound)")
  }

  /// As it stands in a file (RFC 4180). Text that a spreadsheet would take for a formula gets an apostrophe in front, as
  /// spreadsheets mark text; numbers below zero are no text.
  var written: String {
    switch self {
    case .empty: return ""
    case .number(let number): return number
    case .text(let text):
      let safe = Self.withoutFormulas(text)
      guard safe.utf8.contains(where: { Self.quotedSigns.contains($0) }) || safe.first == " " || safe.last == " " else {
        return safe
      }
      var quoted = "\""
      // By scalar: a quote with an accent is one character.
      for scalar in safe.unicodeScalars {
        if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
        quoted.unicodeScalars.append(scalar)
      }
      return quoted + "\""
    }
  }

  /// A spreadsheet that takes semicolons for the ends of cells, whatever the file says, begins one after each of them.
  private static func withoutFormulas(_ text: String) -> String {
    var safe = String.UnicodeScalarView()
    var before: Unicode.Scalar = ";"
    for scalar in text.unicodeScalars {
      if formulaSigns.contains(scalar), cellEnds.contains(before) { safe.append("'") }
      safe.append(scalar)
      before = scalar
    }
    return String(safe)
  }

  private static let formulaSigns = Array("=+-@\t\r".unicodeScalars)
  private static let cellEnds = Array(";\t\r\n".unicodeScalars)
  private static let quotedSigns = Array(",;\"\t\r\n".utf8)
}
