import NapeCore

/// The five numbers, and what was noted of the headaches.
extension TerminalReview {
  // MARK: Five numbers

  var numbers: [String] {
    guard diary.recordedDays > 0, diary.band != .calendar else { return [] }
    let days = review.days.count { !$0.onsets.isEmpty }
    let rows = [
      Row(
        "Headache days", "\(diary.headacheDays)",
        "of \(diary.recordedDays) recorded" + (diary.unknownDays > 0 ? "; \(Self.bounds(diary))" : ""),
        before.map {
          "\($0.headacheDays) of \($0.recordedDays)" + ($0.unknownDays > 0 ? "; \(Self.bounds($0))" : "")
        }),
      Row(
        "Headaches", "\(diary.episodes)",
        diary.episodes == 0 ? "" : "\(diary.episodes == 1 ? "onset" : "onsets"), on \(ReviewText.count(days, "day"))",
        before.map { "\($0.episodes)" }),
      Row("Peak pain, 0–10", Self.peak(diary), Self.peakRest(diary), before.map { Self.peakBefore($0) }),
      Row("Duration", Self.duration(diary), Self.durationRest(diary), before.map { Self.durationBefore($0) }),
      Row(
        "Moderate–severe days", "\(diary.moderateDays)", "of \(diary.headacheDays), peak from 4 on",
        before.map { "\($0.moderateDays) of \($0.headacheDays)" }),
    ]
    let isWide = rows.allSatisfy { row in
      Self.restColumn + (row.before.map { max(Self.restWidth, row.rest.count) + $0.count } ?? row.rest.count) <= width
    }
    return (isWide ? wide(rows) : narrow(rows)) + comparison
  }

  /// Where the rest of a row begins, and how wide it is where another column follows.
  private static let restColumn = 28
  private static let restWidth = 30

  private struct Row {
    let title, value, rest: String
    let before: String?

    init(_ title: String, _ value: String, _ rest: String, _ before: String?) {
      (self.title, self.value, self.rest, self.before) = (title, value, rest, before)
    }
  }

  /// Compared are only periods that are both recorded well enough.
  private var before: DiaryFigures? {
    guard diary.band == .all, let before = review.before, before.diary.band == .all else { return nil }
    return before.diary
  }

  private var length: String { ReviewText.length(review.terms.period) }

  private var comparison: [String] {
    guard before == nil else { return [] }
    guard let before = review.before else { return wrapped("Nothing is recorded of the \(length) before.") }
    return wrapped(
      "No comparison: \(before.diary.recordedDays) of the \(before.diary.days) days before are recorded.")
  }

  private func wide(_ rows: [Row]) -> [String] {
    var lines: [String] = []
    if before != nil {
      lines.append(
        dim(
          String(repeating: " ", count: Self.restColumn)
            + TerminalStyle.left("these \(length)", Self.restWidth) + "\(length) before"))
    }
    return lines
      + rows.map { row in
        plain(TerminalStyle.left(row.title, 20)) + " " + bold(TerminalStyle.right(row.value, 6)) + " "
          + plain(TerminalStyle.left(row.rest, Self.restWidth) + (row.before ?? ""))
      }
  }

  private func narrow(_ rows: [Row]) -> [String] {
    rows.flatMap { row in
      let first = TerminalStyle.left(row.title, 20) + " " + TerminalStyle.right(row.value, 6)
      let isShort = first.count + 1 + row.rest.count <= width
      let title = plain(TerminalStyle.left(row.title, 20)) + " " + bold(TerminalStyle.right(row.value, 6))
      var lines = isShort ? [title + plain(" " + row.rest)] : [title, plain("  \(row.rest)")]
      if let before = row.before { lines.append(dim("  before: \(before)")) }
      return lines
    }
  }

  private static func bounds(_ diary: DiaryFigures) -> String {
    "\(diary.headacheDayBounds.lowerBound)–\(diary.headacheDayBounds.upperBound) of \(diary.days)"
  }

  private static func peak(_ diary: DiaryFigures) -> String { diary.peak.map { ReviewText.plain($0.median) } ?? "–" }

  private static func peakRest(_ diary: DiaryFigures) -> String {
    guard diary.episodes > 0 else { return "" }
    let highest = diary.highestPeak.map { "highest \(ReviewText.pain($0)) " } ?? ""
    return (diary.peak == nil ? "" : "median, ") + highest + peakCount(diary)
  }

  private static func peakBefore(_ diary: DiaryFigures) -> String {
    guard let highest = diary.highestPeak else { return "–" }
    return
      "\(diary.peak.map { "\(ReviewText.plain($0.median)), " } ?? "")highest \(ReviewText.pain(highest)) \(peakCount(diary))"
  }

  private static func peakCount(_ diary: DiaryFigures) -> String {
    let unknown = diary.episodes - (diary.peak?.count ?? 0) - diary.rangedPeaks
    let parts = [
      "n \(diary.peak?.count ?? 0)", diary.rangedPeaks > 0 ? ReviewText.count(diary.rangedPeaks, "range") : nil,
      unknown > 0 ? "\(unknown) unknown" : nil,
    ]
    return "(\(parts.compactMap { $0 }.joined(separator: "; ")))"
  }

  private static func duration(_ diary: DiaryFigures) -> String {
    diary.duration.map { "\(ReviewText.plain($0.median)) h" } ?? "–"
  }

  private static func durationRest(_ diary: DiaryFigures) -> String {
    guard diary.episodes > 0 else { return "" }
    return (diary.duration == nil ? "" : "median ") + durationCount(diary)
  }

  private static func durationBefore(_ diary: DiaryFigures) -> String {
    diary.episodes > 0 ? "\(duration(diary)) \(durationCount(diary))" : "–"
  }

  private static func durationCount(_ diary: DiaryFigures) -> String {
    "(n \(diary.duration?.count ?? 0)"
      + (diary.unknownDurations > 0 ? "; \(diary.unknownDurations) unknown)" : ")")
  }

  // MARK: Features

  var features: [String] {
    guard diary.band != .calendar, diary.episodes > 0 else { return [] }
    let noted = review.features.filter { $0.noted > 0 }
    var lines =
      noted.isEmpty ? [] : [bold(TerminalStyle.left("Features", 33)) + plain(width < 60 ? "" : "yes, of noted")]
    for feature in noted {
      let line = "  " + TerminalStyle.left(Self.title(feature), 30) + " " + Self.count(feature)
      lines +=
        line.count <= width ? [plain(line)] : wrapped("\(Self.title(feature)): \(Self.count(feature))", first: "  ")
    }
    let others = review.features.filter { $0.noted == 0 }.map { Self.title($0).lowercased() }
    if !others.isEmpty { lines += wrapped("Not noted of any: \(others.joined(separator: "; ")).", first: "  ") }
    return lines
  }

  private static func title(_ feature: Feature) -> String {
    feature.kind == .quality ? "Quality" : feature.kind.title
  }

  private static func count(_ feature: Feature) -> String {
    let words = feature.words.map { "\($0.word) \($0.count)" }
    guard words.isEmpty else { return "\(words.joined(separator: ", ")) of \(feature.noted)" }
    return "\(feature.yes) of \(feature.noted)" + (feature.partly > 0 ? " and partly \(feature.partly)" : "")
  }
}
