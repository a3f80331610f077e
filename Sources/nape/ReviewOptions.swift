import ArgumentParser
import NapeCore

/// Which days a review is of.
struct ReviewOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("How many weeks, up to yesterday; 4 unless you say.", valueName: "n"))
  var weeks: Int?

  @Option(name: .long, help: ArgumentHelp("The first day, such as 2026-03-02.", valueName: "date"))
  var from: String?

  @Option(name: .long, help: ArgumentHelp("The last day; yesterday unless you say.", valueName: "date"))
  var to: String?

  /// Ten years and more.
  private static let longest = 530

  func validate() throws {
    if weeks != nil, from != nil || to != nil { throw ValidationError("either --weeks, or --from and --to") }
    if to != nil, from == nil { throw ValidationError("--to needs --from") }
    if let weeks, !(1...Self.longest).contains(weeks) {
      throw ValidationError("--weeks is \(weeks): 1 to \(Self.longest)")
    }
  }

  /// - Returns: `nil` where nobody said which.
  /// - Throws: 64 for what is no such period.
  func period(today: LocalDate) throws -> ClosedRange<LocalDate>? {
    guard let from else { return weeks.map { ReviewTerms.weeks($0, before: today) } }
    let first = try DiaryDate.parse(from, today: today, named: "--from")
    let last = try DiaryDate.parse(to ?? "yesterday", today: today, named: "--to")
    let days = last.daysSinceEpoch.subtractingReportingOverflow(first.daysSinceEpoch).partialValue + 1
    guard first <= last, days <= 7 * Self.longest else {
      throw Failure("\(first) to \(last): the first day, then the last, and \(Self.longest) weeks at most", status: 64)
    }
    return first...last
  }
}
