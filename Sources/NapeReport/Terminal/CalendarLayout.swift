import NapeCore

/// How wide the cells of the calendar are, and what stands in them.
struct CalendarLayout {
  let label: Int
  private let column: Int
  /// Whether there is room for a sign or two a day.
  let isNarrow: Bool
  /// Whether the figures of a week stand beside it.
  let hasFigures: Bool

  private static let figures = 22

  init(_ days: [ReviewDay], width: Int) {
    let longest = days.map { Self.long($0).count }.max() ?? 0
    let wide = max(6, longest + 1)
    isNarrow = 8 + 7 * wide > width
    label = isNarrow ? 7 : 8
    column = isNarrow ? min(6, (width - 7) / 7) : min(wide, 8)
    hasFigures = !isNarrow && label + 7 * column + Self.figures <= width
  }

  func cell(_ text: String) -> String { TerminalStyle.right(text, column) }

  func text(_ day: ReviewDay) -> String {
    switch day.state {
    case .none: "·"
    case .unknown: String(repeating: "░", count: isNarrow ? 2 : 3)
    case .headache: isNarrow ? Self.short(day) : Self.long(day)
    }
  }

  /// `5 R*`, `4–6 B+R*`, `? ?`
  private static func long(_ day: ReviewDay) -> String {
    guard day.state == .headache else { return "" }
    let sides = ReviewText.sides(day.headaches.map(\.side))
    return "\(peak(day)) \(sides == "–" ? "?" : sides)" + (day.hasMedicine ? "*" : "")
  }

  /// `5R*`; without the side where the peak is a range, and a `+` for a second headache.
  private static func short(_ day: ReviewDay) -> String {
    let peak = peak(day)
    let side = day.headaches.count == 1 ? ReviewText.sides(day.headaches.map(\.side)) : "+"
    let mark = day.hasMedicine ? "*" : ""
    return peak.count > 1 ? peak + mark : peak + (side == "–" ? "?" : side) + mark
  }

  private static func peak(_ day: ReviewDay) -> String { day.peak.map(ReviewText.pain) ?? "?" }
}
