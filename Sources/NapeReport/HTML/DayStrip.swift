import NapeCore

/// The days of up to four weeks at the desk, one under the other, with their headaches.
struct DayStrip {
  let weeks: [ReviewWeek]
  let review: Review
  /// Tells the pictures of one document apart.
  let id: String

  /// In units of the picture; 695 are as wide as a page between its margins.
  private static let width = 695.0
  private static let left = 96.0
  private static let right = 538.0
  private static let top = 17.0
  private static let pitch = 8.7
  private static let weekGap = 3.6
  private static let changeGap = 8.0
  /// The last ones; each takes a line.
  private static let mostChanges = 2
  /// 7.4 pt where 695 units are as wide as a page between its margins.
  private static let textSize = 9.8

  /// A day with its place in the picture.
  private struct Row {
    let day: ReviewDay
    /// The middle of its line.
    let y: Double
    let isFirst: Bool
    /// Above it another schedule of breaks begins.
    let change: Double?
  }

  var html: HTML {
    HTML("figure") {
      HTML(
        "div",
        ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": "Desk days; scrolls on a narrow screen"]
      ) {
        Drawing.figure(
          id, width: Self.width, height: height, class: "strip", title: "Desk days, \(ReviewText.period(period))",
          description:
            "One row a day on a clock from \(hours.lowerBound) to \(hours.upperBound) h: sitting, long bouts, "
            + "standing, time away and time not recorded, with \(ReviewText.count(episodes.count, "headache"))."
        ) {
          clock
          for row in rows { line(row) }
          labels
          for row in rows { headaches(row) }
          for row in rows { if let y = row.change { change(row.day.date, y) } }
          for row in rows { visit(row) }
        }
      }
      key
    }
  }

  // MARK: The frame

  private var days: [ReviewDay] { weeks.flatMap(\.days) }

  private var period: ClosedRange<LocalDate> {
    guard let first = days.first, let last = days.last else { return review.terms.period }
    return first.date...last.date
  }

  private var rows: [Row] {
    let changes = Set(review.settings.scheduleChanges.suffix(Self.mostChanges))
    var y = Self.top
    var rows: [Row] = []
    for (place, day) in days.enumerated() {
      if place > 0 { y += place % 7 == 0 ? Self.pitch + Self.weekGap : Self.pitch }
      var change: Double?
      if place > 0, changes.contains(day.date) {
        change = y + Self.changeGap / 2 - 0.5
        y += Self.changeGap
      }
      rows.append(Row(day: day, y: y + Self.pitch / 2, isFirst: place == 0, change: change))
    }
    return rows
  }

  private var height: Double { (rows.last?.y ?? Self.top) + Self.pitch / 2 + 2 }

  private var episodes: [ReviewEpisode] {
    review.episodes.filter {
      $0.episode.onset.at.date <= period.upperBound && $0.episode.lastDate >= period.lowerBound
    }
  }

  /// Whole hours, from 7 to 20 and as much more as there is something.
  private var hours: ClosedRange<Int> {
    var (first, last) = (7, 20)
    for part in days.compactMap(\.desk).flatMap(\.parts) where part.kind.isAtDesk {
      first = min(first, part.from / 3600)
      last = max(last, (part.to + 3599) / 3600)
    }
    for onset in days.flatMap(\.onsets).map(\.onset) where onset.precision != .day {
      first = min(first, onset.at.secondOfDay / 3600)
      last = max(last, onset.at.secondOfDay / 3600 + 1)
    }
    return first...min(24, last)
  }

  private func x(_ second: Int) -> Double {
    let (from, to) = (Double(hours.lowerBound * 3600), Double(hours.upperBound * 3600))
    return Self.left + (min(max(Double(second), from), to) - from) / (to - from) * (Self.right - Self.left)
  }

  @HTMLBuilder private var clock: [HTML] {
    let step = hours.count > 17 ? 3 : 2
    for hour in hours {
      let isTold = hour % step == 0
      Drawing.line(x(hour * 3600), Self.top, x(hour * 3600), height, isTold ? .grid : .faintGrid)
      if isTold {
        text(ReviewText.clock(hour * 3600), x(hour * 3600), 12, hour == hours.lowerBound ? .start : .middle)
      }
    }
    text("peak", 78, 12, .middle)
    text("desk h", 594, 12, .end)
    text("bout min", 646, 12, .end)
    text("moved", Self.width, 12, .end)
  }

  private func text(
    _ text: String, _ x: Double, _ y: Double, _ anchor: Drawing.Anchor = .start, _ letters: Drawing.Letters = .plain
  ) -> HTML {
    Drawing.text(text, x, y, anchor, letters, size: Self.textSize)
  }

  // MARK: A day

  @HTMLBuilder private func line(_ row: Row) -> [HTML] {
    let (day, y) = (row.day, row.y)
    let base = y + 3.4
    let letters: Drawing.Letters = day.desk?.isDeskDay ?? false ? .plain : .faint
    text(ReviewText.weekdays[day.date.weekday - 1], 0, base, .start, letters)
    text(String(day.date.day), 40, base, .end, letters)
    if row.isFirst || day.date.day == 1 {
      text(ReviewText.months[day.date.month - 1], 44, base, .start, letters)
    }
    state(day, y, base)
    Drawing.line(Self.left, y, Self.right, y, .away)
    if let desk = day.desk, !desk.parts.isEmpty {
      for part in Self.joined(desk.parts, x) { self.part(part, y) }
    } else if day.desk == nil {
      unknown(Self.left, Self.right, y)
    }
    figures(day, base)
  }

  @HTMLBuilder private func state(_ day: ReviewDay, _ y: Double, _ base: Double) -> [HTML] {
    switch day.state {
    case .headache: text(day.peak.map(ReviewText.pain) ?? "?", 78, base, .middle, .accent)
    case .none: Drawing.circle(78, y, 1.3, .ink)
    case .unknown: Drawing.hatch(72, y - 3.5, 12, 7, every: 4)
    }
  }

  @HTMLBuilder private func figures(_ day: ReviewDay, _ base: Double) -> [HTML] {
    if let desk = day.desk {
      text(
        desk.isDeskDay ? ReviewText.hours(desk.desk) : "0", 594, base, .end, desk.isDeskDay ? .plain : .faint)
      let isLong = desk.longestBout >= review.desk.prolonged
      text(
        desk.longestBout > 0 ? ReviewText.minutes(desk.longestBout) : "–", 646, base, .end,
        isLong ? .bold : desk.longestBout > 0 ? .plain : .faint)
    } else {
      for x in [594.0, 646.0] { text("?", x, base, .end, .faint) }
    }
    text(
      day.movePrompts > 0 ? "\(day.movesTaken) of \(day.movePrompts)" : day.desk == nil ? "?" : "–", Self.width, base,
      .end, day.movePrompts > 0 ? .plain : .faint)
  }

  // MARK: Time

  /// A stretch of one look, in units of the picture.
  private struct Stretch {
    let kind: Span.Kind
    let isLong: Bool
    let from: Double
    var to: Double
  }

  /// Parts without gaps between them are one; what is too short to be seen goes into its neighbour.
  private static func joined(_ parts: [DeskDay.Part], _ x: (Int) -> Double) -> [Stretch] {
    var joined: [Stretch] = []
    for part in parts.sorted(by: { $0.from < $1.from }) where part.kind != .away {
      let (from, to) = (x(part.from), x(part.to))
      if let last = joined.last, last.kind == part.kind, last.isLong == part.isProlonged, from - last.to < 0.35 {
        joined[joined.count - 1].to = max(last.to, to)
      } else if to - from >= 0.3 {
        joined.append(Stretch(kind: part.kind, isLong: part.isProlonged, from: from, to: to))
      }
    }
    return joined
  }

  @HTMLBuilder private func part(_ part: Stretch, _ y: Double) -> [HTML] {
    switch part.kind {
    case .sitting: Drawing.rect(part.from, y - 2.9, part.to - part.from, 5.8, part.isLong ? .long : .sitting)
    case .standing: Drawing.rect(part.from, y - 2.5, part.to - part.from, 5, .standing)
    case .unknown: unknown(part.from, part.to, y)
    case .away: [HTML]()
    }
  }

  @HTMLBuilder private func unknown(_ from: Double, _ to: Double, _ y: Double) -> [HTML] {
    Drawing.rect(from, y - 3.4, to - from, 6.8, .white)
    Drawing.hatch(from, y - 3.4, to - from, 6.8)
  }

  /// "no record" once for each run of days that have none.
  @HTMLBuilder private var labels: [HTML] {
    for run in runsWithoutRecord {
      let (first, last) = (run[0].y, run[run.count - 1].y)
      let (middle, y) = ((Self.left + Self.right) / 2, (first + last) / 2)
      label("no record", middle, y, .middle, .slanted)
    }
    for row in rows where row.day.desk.map({ $0.parts.isEmpty && $0.isDeskDay }) ?? false {
      label("only totals are kept of this day", (Self.left + Self.right) / 2, row.y, .middle, .slanted)
    }
  }

  private var runsWithoutRecord: [[Row]] {
    var runs: [[Row]] = []
    for row in rows where row.day.desk == nil {
      if let last = runs.last?.last, last.day.date.adding(days: 1) == row.day.date {
        runs[runs.count - 1].append(row)
      } else {
        runs.append([row])
      }
    }
    return runs
  }

  @HTMLBuilder private func change(_ date: LocalDate, _ y: Double) -> [HTML] {
    Drawing.line(Self.left, y, Self.right, y, .change)
    let told = review.settings.changes.filter { $0.isOfSchedule && $0.at.date == date }.map { change in
      ReviewText.setting(change.key, change.after)
        + (change.before.map { " (before: \(ReviewText.settingValue($0)))" } ?? "")
    }
    label(
      "from here on: " + told.prefix(2).joined(separator: ", ") + (told.count > 2 ? " …" : ""),
      (Self.left + Self.right) / 2, y, .middle, .slanted)
  }

  /// A text on white; how wide it is can only be guessed.
  @HTMLBuilder private func label(
    _ text: String, _ x: Double, _ y: Double, _ anchor: Drawing.Anchor, _ letters: Drawing.Letters
  ) -> [HTML] {
    let width = Double(text.count) * 4.9 + 6
    let from =
      switch anchor {
      case .start: x - 2
      case .middle: x - width / 2
      case .end: x - width + 2
      }
    Drawing.rect(from, y - 4.2, width, 8.4, .white)
    self.text(text, x, y + 3.4, anchor, letters)
  }

  // MARK: Headaches

  @HTMLBuilder private func headaches(_ row: Row) -> [HTML] {
    let of = episodes.map(\.record.episode).filter {
      $0.onset.at.date <= row.day.date && $0.lastDate >= row.day.date
    }
    for episode in of { self.episode(episode, row) }
  }

  @HTMLBuilder private func episode(_ episode: Episode, _ row: Row) -> [HTML] {
    let date = row.day.date
    let begins = episode.onset.at.date == date
    let y = row.y + 4.1
    if begins, !episode.onset.precision.isTimed {
      label("\(Self.vague(episode.onset, review.terms))", Self.left + 4, row.y, .start, .slantedAccent)
    } else {
      let from = begins ? x(episode.onset.at.secondOfDay) : Self.left
      let end = episode.end?.over
      if let end {
        let to = end.date > date ? Self.right : x(end.secondOfDay)
        if to > from { Drawing.line(from, y, to, y, .ache) }
      } else if let last = episode.end?.stamp, last.date > date {
        Drawing.line(from, y, Self.right, y, .ache)
      } else {
        open(episode, from, y)
      }
      if begins {
        Drawing.line(from, row.y - 4.4, from, y + 1, .halo)
        Drawing.line(from, row.y - 4.4, from, y + 1, .ache)
        Drawing.pointer(from, row.y - 6.2)
      }
    }
  }

  /// One whose end is not known: dashed for as long as it takes to say so.
  @HTMLBuilder private func open(_ episode: Episode, _ from: Double, _ y: Double) -> [HTML] {
    let still = episode.end?.stamp.map { max(from, x($0.secondOfDay)) } ?? from
    if still > from { Drawing.line(from, y, still, y, .ache) }
    let to = min(Self.right, still + 46)
    Drawing.line(still, y, to, y, .acheUnknown)
    let words =
      switch episode.end {
      case .asleep?: "fell asleep with it"
      case .stillThere?: "still there"
      case .ended?, nil: "end not noted"
      }
    if to < Self.right - 90 {
      label(words, to + 4, y - 2, .start, .slantedAccent)
    } else {
      label(words, from - 6, y - 2, .end, .slantedAccent)
    }
  }

  private static func vague(_ onset: Onset, _ terms: ReviewTerms) -> String {
    switch onset.precision {
    case .wokeWithIt: "\(ReviewText.onset(onset, terms)) with a headache"
    case .partOfDay: "headache, \(ReviewText.onset(onset, terms))"
    case .exact, .quarterHour, .hour, .day: "headache, hour not known"
    }
  }

  @HTMLBuilder private func visit(_ row: Row) -> [HTML] {
    let kinds = review.visits.filter { $0.date == row.day.date }.map { WordsSection.title($0.kind) }
    if !kinds.isEmpty {
      label(kinds.joined(separator: ", "), Self.right - 2, row.y, .end, .slanted)
    }
  }

  // MARK: The key

  private var key: HTML {
    HTML("figcaption", ["class": "key"]) {
      entry("sitting") { Drawing.rect(0, 2, 24, 8, .sitting) }
      entry("bout of \(ReviewText.minutes(review.desk.prolonged)) min or more") { Drawing.rect(0, 2, 24, 8, .long) }
      entry("standing") { Drawing.rect(0.5, 2.5, 23, 7, .standing) }
      entry("away") { Drawing.line(0, 6, 24, 6, .away) }
      entry("not recorded") { Drawing.hatch(0, 2, 24, 8) }
      entry("headache from onset") {
        Drawing.line(6, 1, 6, 11, .ache)
        Drawing.pointer(6, 0)
        Drawing.line(6, 10.5, 24, 10.5, .ache)
      }
    }
  }

  private func entry(_ word: String, @HTMLBuilder shape: () -> [HTML]) -> HTML {
    HTML("span") {
      Drawing.mark(width: 24, height: 12, class: "bit", content: shape)
      word
    }
  }
}
