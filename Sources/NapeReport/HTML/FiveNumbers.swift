import NapeCore

/// The five numbers of the period beside those of the same number of days before it.
struct FiveNumbers {
  let review: Review

  var html: HTML {
    HTML.section("numbers", "Five numbers", aside: aside) {
      if review.diary.band == .calendar {
        HTML("p", ["class": "say"]) {
          HTML.bold("Too few recorded days to summarise:")
          " \(review.diary.recordedDays) of \(review.diary.days). The calendar shows what was noted"
          " (\(ReviewText.count(review.diary.episodes, "headache"))); days of which nothing was said may have had any."
        }
      } else {
        table
      }
    }
  }

  private var length: String { ReviewText.length(review.terms.period) }

  /// Compared are only periods that are both recorded well enough.
  private var before: DiaryFigures? {
    guard review.diary.band == .all, let before = review.before, before.diary.band == .all else { return nil }
    return before.diary
  }

  private var aside: String? {
    guard review.diary.band != .calendar else { return nil }
    guard let before = review.before else { return "nothing recorded of the \(length) before" }
    let recorded = "\(before.diary.recordedDays) of \(before.diary.days) days recorded"
    guard self.before != nil else {
      return "no comparison; before: \(recorded)"
    }
    return "the \(length) before: \(ReviewText.shortPeriod(before.period)), \(recorded)"
  }

  private var table: HTML {
    HTML("table", ["class": "nums"]) {
      HTML("caption", ["class": "vh"]) {
        "Five numbers of these \(length)" + (before == nil ? "" : " and of those before")
      }
      HTML("thead") {
        HTML("tr") {
          HTML("td")
          HTML("th", ["scope": "col", "colspan": "2"]) { "these \(length)" }
          if before != nil { HTML("th", ["scope": "col"]) { "\(length) before" } }
        }
      }
      HTML("tbody") {
        row("Headache days", \.headacheDays.description, days, before.map(Self.daysBefore))
        row("Headaches", \.episodes.description, onsets, before.map { "\($0.episodes)" })
        row(
          "Peak pain, 0–10", Self.peak, Self.peakRest,
          before.map { "\(Self.peak($0)), \(Self.peakRest($0, short: true))" })
        row("Duration", Self.duration, Self.durationRest, before.map { "\(Self.duration($0)) \(Self.unknown($0))" })
        row(
          "Moderate–severe days", \.moderateDays.description, { "of \($0.headacheDays) headache days, peak ≥ 4" },
          before.map { "\($0.moderateDays) of \($0.headacheDays)" })
      }
    }
  }

  private func row(
    _ title: String, _ value: (DiaryFigures) -> String, _ rest: (DiaryFigures) -> String, _ before: String?
  ) -> HTML {
    HTML("tr") {
      HTML("th", ["scope": "row"]) { title }
      HTML("td", ["class": "v"]) { value(review.diary) }
      HTML("td") { rest(review.diary) }
      if let before { HTML("td", ["class": "mu"]) { before } }
    }
  }

  private func days(_ diary: DiaryFigures) -> String {
    "of \(diary.recordedDays) recorded" + (diary.unknownDays > 0 ? "; \(Self.bounds(diary))" : "")
  }

  private static func daysBefore(_ diary: DiaryFigures) -> String {
    "\(diary.headacheDays) of \(diary.recordedDays)" + (diary.unknownDays > 0 ? "; \(bounds(diary))" : "")
  }

  static func bounds(_ diary: DiaryFigures) -> String {
    let bounds = diary.headacheDayBounds
    let count = bounds.count == 1 ? "\(bounds.lowerBound)" : "\(bounds.lowerBound)–\(bounds.upperBound)"
    return "\(count) of \(diary.days)"
  }

  private func onsets(_ diary: DiaryFigures) -> String {
    let days = review.days.count { !$0.onsets.isEmpty }
    return diary.episodes == 0 ? "" : diary.episodes == 1 ? "onset" : "onsets, on \(ReviewText.count(days, "day"))"
  }

  private static func peak(_ diary: DiaryFigures) -> String { diary.peak.map { ReviewText.plain($0.median) } ?? "–" }

  private static func peakRest(_ diary: DiaryFigures) -> String { peakRest(diary, short: false) }

  private static func peakRest(_ diary: DiaryFigures, short: Bool) -> String {
    let count = diary.peak?.count ?? 0
    let unknown = diary.episodes - count - diary.rangedPeaks
    let told = [
      "n \(count)", diary.rangedPeaks > 0 ? "\(ReviewText.count(diary.rangedPeaks, "range"))" : nil,
      unknown > 0 && !short ? "\(unknown) unknown" : nil,
    ].compactMap { $0 }.joined(separator: "; ")
    guard let highest = diary.highestPeak else { return "(\(told))" }
    return "\(short || diary.peak == nil ? "" : "median, ")highest \(ReviewText.pain(highest)) (\(told))"
  }

  private static func duration(_ diary: DiaryFigures) -> String {
    diary.duration.map { "\(ReviewText.plain($0.median)) h" } ?? "–"
  }

  private static func durationRest(_ diary: DiaryFigures) -> String {
    (diary.duration == nil ? "" : "median ") + unknown(diary)
  }

  private static func unknown(_ diary: DiaryFigures) -> String {
    "(n \(diary.duration?.count ?? 0)"
      + (diary.unknownDurations > 0 ? "; \(diary.unknownDurations) unknown)" : ")")
  }
}
