/// Points of time as a person writes them, on the clock and the calendar of a zone.
///
/// `14:30`, `yesterday 23:40`, `2026-03-02 14:30`, `now`; where the hour is not known `yesterday morning`, `afternoon`, or a
/// day alone. A time that clocks skipped means the first moment after the gap, one that came twice the first (§5 of the
/// design).
public struct EntryTime: Hashable, Sendable {
  /// What is allowed, for an error.
  public static let allowed =
    "HH:MM, \"yesterday HH:MM\", \"YYYY-MM-DD HH:MM\", a day, or a day with morning, afternoon, evening or night"
  public static let allowedTimed = "HH:MM, \"yesterday HH:MM\", \"YYYY-MM-DD HH:MM\" or now"

  public let now: Stamp
  public let zone: Zone
  private let afternoonFrom: Int
  private let afternoonTo: Int

  /// - Parameter afternoon: `diary.afternoon`.
  public init(now: Stamp, zone: Zone, afternoon: (from: Int, to: Int)) {
    self.now = now
    self.zone = zone
    (afternoonFrom, afternoonTo) = afternoon
  }

  /// Reads an onset, as well as it is said.
  ///
  /// - Returns: `nil` for any other text than ``allowed``.
  public func onset(_ text: String) -> Onset? {
    if text == "now" { return Onset(at: now) }
    let words = text.split { $0 == " " || $0 == "T" }.map(String.init)
    switch words.count {
    case 1:
      if let date = date(words[0]) { return Onset(at: midnight(date), precision: .day) }
      return onset(now.date, words[0])
    case 2: return date(words[0]).flatMap { onset($0, words[1]) }
    default: return nil
    }
  }

  /// Reads a point of time of which the hour is known.
  ///
  /// - Returns: `nil` for any other text than ``allowedTimed``.
  public func stamp(_ text: String) -> Stamp? {
    onset(text).flatMap { $0.precision == .exact ? $0.at : nil }
  }

  /// Reads a day: `today`, `yesterday` or `YYYY-MM-DD`.
  public static func date(_ text: String, today: LocalDate) -> LocalDate? {
    switch text {
    case "today": today
    case "yesterday": today.adding(days: -1)
    default: LocalDate(text)
    }
  }

  private func date(_ text: String) -> LocalDate? { Self.date(text, today: now.date) }

  /// An onset that is known so well and no better: at the first moment of its day or of its part of the day.
  public func onset(at stamp: Stamp, _ precision: Onset.Precision) -> Onset {
    switch precision {
    case .day: return Onset(at: midnight(stamp.date), precision: precision)
    case .partOfDay:
      let part = PartOfDay(second: stamp.secondOfDay, afternoon: (afternoonFrom, afternoonTo))
      return Onset(at: start(of: part, stamp.date) ?? stamp, precision: precision)
    case .exact, .quarterHour, .hour, .wokeWithIt: return Onset(at: stamp, precision: precision)
    }
  }

  private func onset(_ date: LocalDate, _ time: String) -> Onset? {
    if let part = PartOfDay(rawValue: time) {
      return start(of: part, date).map { Onset(at: $0, precision: .partOfDay) }
    }
    return WallTime.secondOfDay(time.utf8.count == 4 ? "0\(time)" : time).map { Onset(at: stamp(date, $0)) }
  }

  /// Its first moment; where another part lies within it, that of its last piece: an evening begins after the afternoon.
  private func start(of part: PartOfDay, _ date: LocalDate) -> Stamp? {
    func isPart(_ second: Int) -> Bool { PartOfDay(second: second, afternoon: (afternoonFrom, afternoonTo)) == part }
    return Array(stride(from: 0, to: 86_400, by: 60))
      .last { isPart($0) && ($0 == 0 || !isPart($0 - 60)) }
      .map { stamp(date, $0) }
  }

  private func midnight(_ date: LocalDate) -> Stamp { Stamp(wall: zone.startOfDay(date) * .second, in: zone) }

  private func stamp(_ date: LocalDate, _ second: Int) -> Stamp {
    Stamp(wall: zone.utc(local: Int64(date.daysSinceEpoch) * 86_400 + Int64(second)) * .second, in: zone)
  }
}
