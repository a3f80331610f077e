import NapeCore

/// Lengths of time as text: `"50min"`, `"2h 30min"`, `"90s"`.
public enum DurationText {
  private static let units: [(name: String, length: Microseconds)] = [
    ("h", .hour), ("min", .minute), ("s", .second),
  ]

  /// Whole numbers with `h`, `min` or `s`, each unit once and from the largest on, with spaces or without.
  ///
  /// - Returns: `nil` for anything else, and above 100 years.
  public static func parse(_ text: String) -> Microseconds? {
    var rest = Substring(text)
    var total: Microseconds = 0
    var nextUnit = 0
    repeat {
      let digits = rest.prefix { ("0"..."9").contains($0) }
      guard !digits.isEmpty, digits.utf8.count <= 10, let count = Int64(digits) else { return nil }
      rest = rest.dropFirst(digits.count)
      let name = rest.prefix { ("a"..."z").contains($0) }
      guard let unit = units[nextUnit...].firstIndex(where: { $0.name == name }) else { return nil }
      let (length, overflow) = count.multipliedReportingOverflow(by: units[unit].length)
      guard !overflow, length <= 876_600 * .hour - total else { return nil }
      total += length
      nextUnit = unit + 1
      rest = rest.dropFirst(name.count).drop { $0 == " " }
    } while !rest.isEmpty
    return rest.isEmpty && text.last != " " ? total : nil
  }

  /// The shortest text that ``parse(_:)`` reads as the same length; lengths below a second are cut off.
  public static func string(_ length: Microseconds) -> String {
    var rest = max(0, length)
    var parts: [String] = []
    for unit in units {
      let count = rest / unit.length
      rest %= unit.length
      if count > 0 { parts.append("\(count)\(unit.name)") }
    }
    return parts.isEmpty ? "0s" : parts.joined(separator: " ")
  }

  static func string(_ range: ClosedRange<Microseconds>) -> String {
    "\"\(string(range.lowerBound))\" to \"\(string(range.upperBound))\""
  }
}
