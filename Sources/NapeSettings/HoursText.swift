import NapeCore

/// Ranges of clock times as text: `"22:00-06:00"`, `"Mon-Fri 08:00-18:00"`, `"Sat,Sun 10:00-12:00"`.
enum HoursText {
  private static let days: [Substring] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  /// Whether it is `HH:MM-HH:MM` with ends that differ.
  static func isRange(_ text: some StringProtocol) -> Bool {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { WallTime.secondOfDay(String($0)) }
    return ends.count == 2 && ends[0] != nil && ends[1] != nil && ends[0] != ends[1]
  }

  /// Whether it is a range with days before it or without.
  static func isHours(_ text: String) -> Bool {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return isRange(text) }
    return parts[0].split(separator: ",", omittingEmptySubsequences: false).allSatisfy(isDays) && isRange(parts[1])
  }

  private static func isDays(_ text: Substring) -> Bool {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    return (1...2).contains(ends.count) && ends.allSatisfy(days.contains)
  }
}
