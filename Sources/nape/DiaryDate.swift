import NapeCore

/// Dates on the command line.
enum DiaryDate {
  /// Reads `2026-11-25`, `today` or `yesterday`; no text is today.
  ///
  /// - Throws: 64 for anything else.
  static func parse(_ text: String?, today: LocalDate) throws -> LocalDate {
    switch text {
    case nil, "today": return today
    case "yesterday": return today.adding(days: -1)
    case let text?:
      if let date = LocalDate(text) { return date }
      throw Failure("--date \(ExerciseText.quoted(text)): a date such as \(today), today or yesterday", status: 64)
    }
  }
}
