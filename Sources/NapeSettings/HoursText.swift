import NapeCore

/// Ranges of clock times as text: `"22:00-06:00"`, `"Mon-Fri 08:00-18:00"`, `"Sat,Sun 10:00-12:00"`.
enum HoursText {
  private static let days: [Substring] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  /// The ends of `HH:MM-HH:MM`, in seconds since midnight; `nil` for any other text, and where they are equal.
  static func ends(_ text: some StringProtocol) -> (start: Int, end: Int)? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { WallTime.secondOfDay(String($0)) }
    guard ends.count == 2, let start = ends[0], let end = ends[1], start != end else { return nil }
    return (start, end)
  }

  /// A range with days before it, or without for all of them; `nil` for any other text.
  static func range(_ text: String) -> Hours.Range? {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return ends(text).map { .init(start: $0.start, end: $0.end) } }
    var days: Set<Int> = []
    for item in parts[0].split(separator: ",", omittingEmptySubsequences: false) {
      guard let some = self.days(item) else { return nil }
      days.formUnion(some)
    }
    return ends(parts[1]).map { .init(days: days, start: $0.start, end: $0.end) }
  }

  /// A range as ``range(_:)`` reads it: days that follow each other as `Mon-Fri`, without days where it is all of them.
  static func string(_ range: Hours.Range) -> String {
    let ends = string(range.start, range.end)
    guard range.days.count < 7 else { return ends }
    var runs: [ClosedRange<Int>] = []
    for day in range.days.sorted() {
      if let last = runs.last, last.upperBound == day - 1 {
        runs[runs.count - 1] = last.lowerBound...day
      } else {
        runs.append(day...day)
      }
    }
    let names = runs.map { run in
      "\(days[run.lowerBound - 1])" + (run.count > 1 ? "-\(days[run.upperBound - 1])" : "")
    }
    return "\(names.joined(separator: ",")) \(ends)"
  }

  /// `HH:MM-HH:MM` of seconds since midnight.
  static func string(_ start: Int, _ end: Int) -> String { "\(clock(start))-\(clock(end))" }

  /// `HH:MM` of seconds since midnight.
  static func clock(_ second: Int) -> String {
    WallTime.clock(utcMicroseconds: .seconds(Int64(second)), offsetSeconds: 0)
  }

  /// The days of the week of `Mon` or `Sat-Mon` (may wrap the week), Monday being 1.
  private static func days(_ text: Substring) -> [Int]? {
    let names = text.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = names.compactMap { days.firstIndex(of: $0) }
    guard (1...2).contains(names.count), numbers.count == names.count, let first = numbers.first else { return nil }
    let count = ((numbers.last ?? first) - first + 7) % 7
    return (0...count).map { (first + $0) % 7 + 1 }
  }
}
