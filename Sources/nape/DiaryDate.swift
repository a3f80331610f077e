import NapeCore

/// Dates on the command line.
enum DiaryDate {
  /// Reads `2026-11-25`, `today` or `yesterday`; no text is today.
  ///
  /// - Parameter name: what it is called in an error.
  /// - Throws: 64 for anything else.
  static func parse(_ text: String?, today: LocalDate, named name: String = "--date") throws -> LocalDate {
    guard let text else { return today }
    if let date = EntryTime.date(text, today: today) { return date }
    throw Failure("\(name) \(Failure.quoted(text)): a date such as \(today), today or yesterday", status: 64)
  }
}
