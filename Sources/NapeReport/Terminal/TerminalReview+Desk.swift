import NapeCore

/// When headaches began beside the hours at the desk, how the person sat, and what was done.
extension TerminalReview {
  // MARK: Onsets

  var onsets: [String] {
    guard diary.band != .calendar, diary.recordedDays > 0 else { return [] }
    let bins = review.onsets.bins
    let used = bins.indices.filter { bins[$0].onsets > 0 || bins[$0].desk >= .minutes(3) }
    guard let first = used.first, let last = used.last else { return untimed }
    let shown = bins[first...last]
    // Where there is room for it, an onset is a mark.
    let most = shown.map(\.onsets).max() ?? 0
    let marks = min(max(most, 6), width < 60 ? 7 : 12) + 1
    let isWide = width >= 60
    let bar = min(width - 7 - marks - (isWide ? 16 : 14), 40)
    let scale = shown.map(\.desk).max() ?? 0
    let rateTitle = isWide ? "onsets per 10 desk h" : "per 10 h"
    let hoursTitle = isWide ? "hours at the desk" : "desk hours"
    let columns = bar + 6 + (isWide ? 9 : 7)
    var lines = [
      bold(TerminalStyle.left("When", 7))
        + dim(
          TerminalStyle.left("onsets", marks) + TerminalStyle.left(hoursTitle, columns - rateTitle.count) + rateTitle)
    ]
    for bin in shown {
      let share = scale > 0 ? Double(bin.desk) / Double(scale) : 0
      let rate = (diary.band == .all ? bin.per10DeskHours : nil).map { $0 == 0 ? "0" : ReviewText.decimal($0) } ?? "–"
      lines.append(
        plain(TerminalStyle.left(Self.hours(bin), 7))
          + bold(TerminalStyle.left(Self.marks(bin, atMost: marks - 1), marks))
          + style.styled(plain(TerminalStyle.left(TerminalStyle.bar(share, width: bar), bar)), .cyan)
          + plain(TerminalStyle.right(ReviewText.hours(bin.desk), 6) + TerminalStyle.right(rate, isWide ? 9 : 7)))
    }
    return lines + captions(shown) + untimed
  }

  /// `08–10`
  private static func hours(_ bin: OnsetPattern.Bin) -> String {
    "\(ReviewText.clock(bin.hour * 3600).prefix(2))–\(ReviewText.clock((bin.hour + 2) * 3600).prefix(2))"
  }

  /// `●●○`; a number where there is no room.
  private static func marks(_ bin: OnsetPattern.Bin, atMost most: Int) -> String {
    guard bin.onsets > most else {
      return String(repeating: "●", count: bin.atDesk) + String(repeating: "○", count: bin.away)
        + String(repeating: "◌", count: bin.unknown)
    }
    let parts = [(bin.atDesk, "●"), (bin.away, "○"), (bin.unknown, "◌")].filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }
    return parts.joined(separator: most < 10 ? "" : " ")
  }

  private func captions(_ bins: ArraySlice<OnsetPattern.Bin>) -> [String] {
    let onsets = review.onsets
    var sentences: [String] = []
    let share = onsets.afternoonDeskShare.map { share in
      " and \(ReviewText.hours(onsets.afternoonDesk)) of \(ReviewText.hours(onsets.desk)) desk hours "
        + "(\(ReviewText.percent(share)))"
    }
    sentences.append(
      "Afternoon, \(ReviewText.afternoon(review.terms)): \(diary.afternoonOnsets) of "
        + "\(ReviewText.count(diary.timedOnsets, "onset"))\(share ?? "; no desk record").")
    if bins.contains(where: { $0.away > 0 }) { sentences.append("○ began away from the desk, not in the rate.") }
    if bins.contains(where: { $0.unknown > 0 }) { sentences.append("◌ not known where, not in the rate.") }
    let used = bins.filter { $0.desk >= .minutes(3) }
    if let first = used.first, let last = used.last, onsets.desk > 0 {
      sentences.append(
        "No desk time before \(ReviewText.clock(first.hour * 3600)) or after "
          + "\(ReviewText.clock((last.hour + 2) * 3600)).")
    }
    return wrapped(sentences.joined(separator: " "))
  }

  private var untimed: [String] {
    let count = review.onsets.untimed
    return count > 0 ? wrapped("\(ReviewText.count(count, "headache")) without a known hour: not shown here.") : []
  }

  // MARK: Figures

  var figures: [String] { side(desk, exercises, gap: [""]) }

  private var desk: [String] {
    let desk = review.desk
    guard desk.deskDays > 0 else { return [bold("At the desk"), plain("  nothing recorded")] }
    var rows: [(String, String)] = []
    if let hours = desk.deskHours { rows.append(("Desk time a day, median", "\(ReviewText.decimal(hours.median)) h")) }
    if let bouts = desk.longestBouts {
      rows.append(("Longest bout of the day", "\(ReviewText.decimal(bouts.median, 0)) min"))
    }
    if let share = desk.prolongedShare {
      rows.append(("In bouts of \(ReviewText.minutes(desk.prolonged)) min or more", ReviewText.percent(share)))
    }
    if let pattern = review.pattern {
      rows.append(("Half of it in bouts up to", "\(ReviewText.minutes(pattern.w50)) min"))
    }
    if let breaks = desk.breaksPerDeskHour { rows.append(("Breaks per desk hour", ReviewText.decimal(breaks))) }
    if desk.movePrompts > 0 {
      rows.append(
        ("Moved within \(ReviewText.minutes(desk.follow)) min", "\(desk.movesTaken) of \(desk.movePrompts)"))
    }
    if desk.standing >= .minute { rows.append(("Standing", "\(ReviewText.hours(desk.standing)) h")) }
    return table("At the desk", rows)
  }

  private var exercises: [String] {
    let figures = review.exercises
    var rows: [(String, String)] = []
    if figures.programme != nil {
      rows.append(("Home sessions", "\(figures.sessionsDone) of \(figures.sessionsPlanned)"))
      rows.append(("Strength days", "\(figures.strengthDaysDone) of \(figures.strengthDaysPlanned)"))
    } else if figures.movementsDone > 0 {
      rows.append(("Movements done", "\(figures.movementsDone)"))
    }
    if figures.deskSetsPrompted > 0 {
      rows.append(("Desk sets", "\(figures.deskSetsDone) of \(figures.deskSetsPrompted)"))
    }
    if figures.rated > 0 {
      let lights = figures.lights
      rows.append(("Next day green", "\(lights[.green, default: 0]) of \(figures.rated)"))
      rows.append(("  amber, red", "\(lights[.amber, default: 0]), \(lights[.red, default: 0])"))
    }
    return rows.isEmpty ? [bold("Exercises"), plain("  none noted")] : table("Exercises", rows)
  }

  private func table(_ title: String, _ rows: [(String, String)]) -> [String] {
    let titles = rows.map(\.0.count).max() ?? 0
    let values = rows.map(\.1.count).max() ?? 0
    return [bold(title)]
      + rows.map { plain("  " + TerminalStyle.left($0, titles) + "  " + TerminalStyle.right($1, values)) }
  }
}
