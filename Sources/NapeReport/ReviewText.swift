import NapeCore

/// Figures and dates as every form of the review writes them, so that no two of them round differently.
public enum ReviewText {
  /// `Mon 7 Sep`; with the year where it is asked for.
  public static func day(_ date: LocalDate, withYear: Bool = false) -> String {
    "\(weekdays[date.weekday - 1]) \(date.day) \(months[date.month - 1])" + (withYear ? " \(date.year)" : "")
  }

  /// `7 Sep`
  public static func short(_ date: LocalDate) -> String { "\(date.day) \(months[date.month - 1])" }

  /// `Mon 7 Sep – Sun 4 Oct 2026`; with both years where they differ.
  public static func period(_ period: ClosedRange<LocalDate>) -> String {
    let (first, last) = (period.lowerBound, period.upperBound)
    return "\(day(first, withYear: first.year != last.year)) – \(day(last, withYear: true))"
  }

  /// `10 Aug – 6 Sep`
  public static func shortPeriod(_ period: ClosedRange<LocalDate>) -> String {
    "\(short(period.lowerBound)) – \(short(period.upperBound))"
  }

  /// `4 weeks`, `10 days`
  public static func length(_ period: ClosedRange<LocalDate>) -> String {
    let days = period.upperBound.daysSinceEpoch - period.lowerBound.daysSinceEpoch + 1
    let (count, unit) = days % 7 == 0 ? (days / 7, "week") : (days, "day")
    return "\(count) \(unit)\(count == 1 ? "" : "s")"
  }

  /// Rounded to so many places, half away from zero; without `-0`.
  public static func decimal(_ number: Double, _ places: Int = 1) -> String {
    guard number.isFinite else { return "–" }
    let scale = [1, 10, 100, 1000][min(max(places, 0), 3)]
    let scaled = (number * Double(scale)).rounded(.toNearestOrAwayFromZero)
    guard let whole = Int64(exactly: scaled) else { return "–" }
    let sign = whole < 0 ? "-" : ""
    let digits = String(whole.magnitude % UInt64(scale))
    let fraction = scale == 1 ? "" : "." + String(repeating: "0", count: max(0, places - digits.count)) + digits
    return "\(sign)\(whole.magnitude / UInt64(scale))\(fraction)"
  }

  /// With as many places as it needs, up to two: `2.75`, `3.5`, `5`.
  public static func plain(_ number: Double) -> String {
    let text = decimal(number, 2)
    guard text.contains(".") else { return text }
    let kept = text.reversed().drop { $0 == "0" }
    return String((kept.first == "." ? kept.dropFirst() : kept).reversed())
  }

  /// Hours to one place.
  public static func hours(_ length: Microseconds) -> String { decimal(Double(length) / Double(Microseconds.hour)) }

  /// Whole minutes.
  public static func minutes(_ length: Microseconds) -> String {
    decimal(Double(length) / Double(Microseconds.minute), 0)
  }

  /// A share of 1 as whole percent; 100 only where nothing is missing, 0 only where there is nothing.
  public static func percent(_ share: Double) -> String {
    let rounded = (share * 100).rounded()
    if rounded >= 100, share < 1 { return "99 %" }
    if rounded <= 0, share > 0 { return "1 %" }
    return "\(Int(rounded)) %"
  }

  /// `5`, or `4–6` where only words were asked for.
  public static func pain(_ range: ClosedRange<Int>) -> String {
    range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)–\(range.upperBound)"
  }

  static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
