import NapeCore

/// The review for a terminal: what is missing comes before what is there, and every figure has its denominator.
public struct TerminalReview {
  let review: Review
  let signs: WarningSigns
  let style: TerminalStyle

  /// - Parameter signs: what warning signs are called.
  public init(_ review: Review, signs: WarningSigns, style: TerminalStyle) {
    (self.review, self.signs, self.style) = (review, signs, style)
  }

  /// Parts with an empty line between them; without a line feed at the end.
  public var text: String {
    [head, attention, numbers, calendar, onsets, features, figures, association, trials, words, foot]
      .filter { !$0.isEmpty }.map { $0.map(Self.trimmed).joined(separator: "\n") }.joined(separator: "\n\n")
  }

  private static func trimmed(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }

  var diary: DiaryFigures { review.diary }
  var width: Int { style.width }

  // MARK: Lines

  /// As the terminal shows it.
  func plain(_ text: String) -> String { style.shown(text) }

  func bold(_ text: String) -> String { style.styled(style.shown(text), .bold) }

  func dim(_ text: String) -> String { style.styled(style.shown(text), .dim) }

  func wrapped(_ text: String, first: String = "") -> [String] {
    TerminalStyle.wrapped(text, first: first, width: width).map(plain)
  }

  /// A line with its title in a column of its own.
  private func entry(_ title: String, _ text: String) -> [String] {
    var lines = wrapped(text, first: TerminalStyle.left(title, 9))
    lines[0] = bold(title) + lines[0].dropFirst(title.count)
    return lines
  }

  // MARK: What it is of, and what is missing

  private var head: [String] {
    let name = review.terms.pseudonym.map { "\(PersonsText.fit($0, atMost: 40)): " } ?? ""
    var lines = wrapped("\(name)\(ReviewText.length(review.terms.period)), \(ReviewText.period(review.terms.period))")
    lines = lines.map { style.styled($0, .bold) }
    lines += entry("Diary", recorded)
    if let missing { lines += entry("", missing) }
    if let late { lines += entry("", late) }
    lines += entry("Desk", desk)
    for change in review.settings.changes {
      let before = change.before.map { " (before: \(ReviewText.settingValue($0)))" } ?? ""
      lines += entry(
        "Setting", "from \(ReviewText.day(change.at.date)): \(ReviewText.setting(change.key, change.after))\(before)")
    }
    return lines
  }

  private var recorded: String {
    guard diary.recordedDays > 0 else { return "nothing recorded: none of \(ReviewText.count(diary.days, "day"))" }
    let recorded =
      "\(diary.recordedDays) of \(ReviewText.count(diary.days, "day")) recorded"
      + (diary.unknownDays > 0 ? "; \(diary.unknownDays) not recorded" : "")
    return switch diary.band {
    case .all: recorded
    case .counts: "\(recorded): too few for a comparison, counts only"
    case .calendar: "\(recorded): too few recorded days to summarise"
    }
  }

  /// Weekdays of which at least half are not recorded, where it is not all of them alike.
  private var missing: String? {
    let days = review.missing.filter { $0.unknown > 0 && 2 * $0.unknown >= $0.days }
    guard diary.recordedDays > 0, !days.isEmpty, days.count < 5 else { return nil }
    let names = days.map { "\(ReviewText.weekdays[$0.weekday - 1]) \($0.unknown) of \($0.days)" }
    return "most often not recorded: \(names.joined(separator: ", "))"
  }

  private var late: String? {
    let lags = review.lags
    let parts = [
      lags.recalled > 0 ? "\(lags.recalled) of \(ReviewText.count(diary.episodes, "headache"))" : nil,
      lags.daysRecalled > 0 ? "\(lags.daysRecalled) of \(lags.daysConfirmed) days without headache" : nil,
    ].compactMap { $0 }
    return parts.isEmpty ? nil : "entered more than 48 h later: \(parts.joined(separator: ", "))"
  }

  private var desk: String {
    let desk = review.desk
    guard let coverage = desk.coverage else { return "nothing recorded" }
    let without =
      desk.daysWithoutRecord > 0 ? "; \(desk.daysWithoutRecord) of \(diary.days) days without record" : ""
    return "\(ReviewText.percent(coverage)) of the time on \(ReviewText.count(desk.deskDays, "desk day")) recorded"
      + "\(without); sitting is assumed from use"
  }

  // MARK: What the person found worrying, and medicine

  private var attention: [String] {
    var lines: [String] = []
    for warning in review.warnings {
      let texts = warning.signs.map { id in "“\(signs[id]?.text ?? id)”" }
      let what = texts.isEmpty ? "a warning sign; which one was not kept" : texts.joined(separator: ", ")
      let still = warning.isOpen ? " (open still)" : ""
      lines += wrapped("Reported by you on \(ReviewText.short(warning.opened.date)): \(what)\(still)")
    }
    let days = review.medicine30
    let classes = Medicine.Class.taken(days.byClass).map { "\($0.rawValue) \(days.byClass[$0, default: 0])" }
    guard days.total > 0 || diary.recordedDays > 0 else { return lines }
    let told = days.total == 0 ? "none noted" : "\(days.total)   \(classes.joined(separator: " · "))"
    return lines
      + TerminalStyle.wrapped(
        told.replacing("   ", with: "\u{a0}\u{a0} "),
        first: width < 60 ? "Medicine, days of 30:  " : "Days with medicine, of the last 30:  ", width: width
      ).map { plain(String($0.map { $0 == "\u{a0}" ? " " : $0 })) }
  }

  // MARK: The end

  private var association: [String] {
    var lines: [String] = []
    if let split = AssociationText.split(review.association) { lines += wrapped(split) }
    for part in review.association.parts {
      let period = review.association.isSplit ? ", \(ReviewText.shortPeriod(part.period))" : ""
      let title = "Sitting and headaches\(period):"
      var text = wrapped("\(title) \(AssociationText.lay(part))")
      if text[0].hasPrefix(plain(title)) { text[0] = bold(title) + text[0].dropFirst(title.count) }
      lines += text
      if part.verdict == .counts || part.verdict == .full { lines += wrapped(AssociationText.physiotherapist(part)) }
    }
    let isTold = review.association.parts.contains { $0.verdict == .counts || $0.verdict == .full }
    return isTold ? lines + wrapped(AssociationText.biases.joined(separator: " ")) : lines
  }

  private var trials: [String] {
    review.trials.flatMap { trial -> [String] in
      var lines = entry("Trial", TrialText.title(trial.record.trial))
      for block in trial.result.blocks {
        let cells = TrialText.row(block)
        lines += wrapped("week \(cells[0]), \(cells[1]): \(cells[3]) recorded, \(cells[4]) with headache", first: "  ")
      }
      lines += trial.result.comparisons.flatMap { wrapped(TrialText.comparison($0), first: "  ") }
      return lines + TrialText.sparse(trial.result).flatMap { wrapped($0, first: "  ") }
    }
  }

  private var words: [String] {
    let said = review.words
    let parts = [("Helps", said.helps), ("Worsens", said.worsens), ("Advice", said.advice), ("To ask", said.question)]
    return parts.flatMap { title, note -> [String] in
      note.map { entry(title, "“\(PersonsText.fit($0.text, atMost: 300))”") } ?? []
    }
      + review.visits.flatMap { visit in
        entry("Visit", "\(ReviewText.day(visit.date)), \(visit.kind.rawValue.replacing("-", with: " "))")
      }
  }

  private var foot: [String] {
    wrapped(IntendedUse.text).map { style.styled($0, .dim) } + [""]
      + side(["Print it: nape export DIR"], ["Warning signs: nape warning-signs"])
  }

  /// Two blocks beside each other where there is room, else one below the other.
  func side(_ one: [String], _ other: [String], gap: [String] = []) -> [String] {
    guard width >= 76 else { return one + (one.isEmpty || other.isEmpty ? [] : gap) + other }
    let half = (width - 2) / 2
    return (0..<max(one.count, other.count)).map { place in
      let left = place < one.count ? one[place] : ""
      let right = place < other.count ? other[place] : ""
      let gap = max(0, half - Self.columns(left)) + 2
      return right.isEmpty ? left : left + String(repeating: " ", count: gap) + right
    }
  }

  /// How many columns a line takes: escapes take none.
  private static func columns(_ line: String) -> Int {
    var (count, isEscape) = (0, false)
    for character in line {
      if character == "\u{1b}" { isEscape = true }
      if !isEscape { count += 1 }
      if isEscape, character == "m" { isEscape = false }
    }
    return count
  }
}
