import NapeCore

/// The calendar: a row a week with its desk figures, a block every four weeks. What was not recorded looks like nothing else.
extension TerminalReview {
  /// How many weeks are shown day by day; of more, each four weeks are a line.
  private static let mostWeeks = 26
  private static let weeksOfBlock = 4

  var calendar: [String] {
    guard diary.recordedDays > 0 || review.desk.deskDays > 0 else { return [] }
    let weeks = review.weeks
    guard weeks.count <= Self.mostWeeks else { return blocks(weeks) }
    let layout = CalendarLayout(review.days, width: width)
    var lines: [String] = []
    for start in stride(from: 0, to: weeks.count, by: Self.weeksOfBlock) {
      if start > 0 { lines.append("") }
      lines.append(header(layout, titled: start == 0))
      for week in weeks[start..<min(start + Self.weeksOfBlock, weeks.count)] { lines += self.week(week, layout) }
    }
    return lines + legend(layout)
  }

  private func header(_ layout: CalendarLayout, titled: Bool) -> String {
    let names = (0..<7).map { place in
      let weekday = ReviewText.weekdays[(review.terms.period.lowerBound.weekday - 1 + place) % 7]
      return layout.cell(layout.isNarrow ? String(weekday.prefix(2)) : weekday)
    }
    let figures = layout.hasFigures ? TerminalStyle.right("desk", 8) + TerminalStyle.right("bout", 5) + "    moved" : ""
    let title = TerminalStyle.left(titled && !layout.isNarrow ? "Calendar" : "", layout.label)
    return bold(title) + dim(names.joined() + figures)
  }

  private func week(_ week: ReviewWeek, _ layout: CalendarLayout) -> [String] {
    guard let first = week.days.first?.date else { return [] }
    let cells = week.days.map { day in
      let cell = plain(layout.cell(layout.text(day)))
      return switch day.state {
      case .headache: style.styled(cell, .bold)
      case .unknown: style.styled(cell, .dim)
      case .none: cell
      }
    }
    let gap = String(repeating: " ", count: layout.cell("").count * (7 - week.days.count))
    let label = TerminalStyle.left(TerminalStyle.right(ReviewText.short(first), 6), layout.label)
    let row = plain(label) + cells.joined() + gap
    guard layout.hasFigures else { return [row, dim(figures(week))] }
    guard week.hasDeskRecord else { return [row + TerminalStyle.right(plain("–"), 8)] }
    let moved = week.movePrompts == 0 ? "" : "\(week.movesTaken) of \(week.movePrompts)"
    return [
      row
        + plain(
          TerminalStyle.right("\(ReviewText.hours(week.desk)) h", 8)
            + TerminalStyle.right(ReviewText.minutes(week.longestBout), 5) + TerminalStyle.right(moved, 9))
    ]
  }

  private func figures(_ week: ReviewWeek) -> String {
    guard week.hasDeskRecord else { return "  no desk record" }
    let moved = week.movePrompts == 0 ? "" : ", moved \(week.movesTaken) of \(week.movePrompts)"
    return "  desk \(ReviewText.hours(week.desk)) h, bout \(ReviewText.minutes(week.longestBout))\(moved)"
  }

  private func legend(_ layout: CalendarLayout) -> [String] {
    let parts = [
      "5 R peak and side", "? not known", "* medicine", layout.isNarrow ? "+ more than one" : nil,
      "· no headache, confirmed", "░ not recorded", "bout: the longest of the week, min",
      "moved: within \(ReviewText.minutes(review.desk.follow)) min, of prompts",
    ].compactMap { $0 }
    var lines: [String] = []
    for part in parts {
      if let last = lines.last, last.count + 3 + part.count <= width {
        lines[lines.count - 1] = last + "   " + part
      } else {
        lines.append("  " + part)
      }
    }
    return lines.map(dim)
  }

  // MARK: Long periods

  private func blocks(_ weeks: [ReviewWeek]) -> [String] {
    let starts = stride(from: 0, to: weeks.count, by: Self.weeksOfBlock)
    let blocks = starts.map { weeks[$0..<min($0 + Self.weeksOfBlock, weeks.count)].flatMap(\.days) }
    let room = width - 39
    var lines = [bold("By 4 weeks") + dim("    headache days of recorded")]
    for days in blocks {
      guard let first = days.first?.date else { continue }
      let headache = days.count { $0.state == .headache }
      let recorded = days.count { $0.state != .unknown }
      let desk = days.reduce(Microseconds(0)) { $0 + ($1.desk?.desk ?? 0) }
      let bar = TerminalStyle.bar(Double(headache) / Double(days.count), width: min(14, max(6, room)))
      let label = TerminalStyle.left("\(ReviewText.short(first)) \(first.year)", 14)
      lines.append(
        plain(label) + style.styled(plain(TerminalStyle.left(bar, min(14, max(6, room)) + 1)), .cyan)
          + plain(
            TerminalStyle.right("\(headache)", 3) + " of " + TerminalStyle.left("\(recorded)", 3)
              + TerminalStyle.right(desk > 0 ? "\(ReviewText.hours(desk)) h" : "–", 9)))
    }
    return lines
  }
}
