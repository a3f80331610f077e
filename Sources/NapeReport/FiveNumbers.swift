import NapeCore

/// The five numbers of a period beside those of the same number of days before it, in words.
struct FiveNumbers {
  struct Row {
    let title: String
    let value: String
    /// What the number is of.
    let rest: String
    /// `nil` where the time before is not compared.
    let before: String?
  }

  let review: Review
  /// Whether the words have little room, and no signs beyond ASCII.
  var isShort = false

  /// `4 weeks`
  var length: String { ReviewText.length(review.terms.period) }

  /// Compared are only periods that are both recorded well enough (`clinical.md` §1.4).
  var before: DiaryFigures? {
    guard review.diary.band == .all, let before = review.before, before.diary.band == .all else { return nil }
    return before.diary
  }

  var rows: [Row] {
    let diary = review.diary
    let days = ReviewText.count(review.days.count { !$0.onsets.isEmpty }, "day")
    let ofDays =
      isShort ? "of \(diary.headacheDays), peak from 4 on" : "of \(diary.headacheDays) headache days, peak ≥ 4"
    return [
      Row(
        title: "Headache days", value: "\(diary.headacheDays)",
        rest: "of \(diary.recordedDays) recorded" + Self.unrecorded(diary),
        before: before.map { "\($0.headacheDays) of \($0.recordedDays)" + Self.unrecorded($0) }),
      Row(
        title: "Headaches", value: "\(diary.episodes)",
        rest: diary.episodes == 0 ? "" : diary.episodes == 1 ? "onset, on \(days)" : "onsets, on \(days)",
        before: before.map { "\($0.episodes)" }),
      Row(
        title: "Peak pain, 0–10", value: Self.median(diary.peak), rest: Self.peak(diary),
        before: before.map { $0.episodes == 0 ? "–" : "\(Self.median($0.peak)), \(Self.highest($0))" }),
      Row(
        title: "Duration", value: Self.duration(diary),
        rest: diary.episodes == 0 ? "" : (diary.duration == nil ? "" : "median ") + Self.durations(diary),
        before: before.map { $0.episodes == 0 ? "–" : "\(Self.duration($0)) \(Self.durations($0))" }),
      Row(
        title: "Moderate–severe days", value: "\(diary.moderateDays)", rest: ofDays,
        before: before.map { "\($0.moderateDays) of \($0.headacheDays)" }),
    ]
  }

  /// `7–11 of 28`
  static func bounds(_ diary: DiaryFigures) -> String {
    let bounds = diary.headacheDayBounds
    let count = bounds.count == 1 ? "\(bounds.lowerBound)" : "\(bounds.lowerBound)–\(bounds.upperBound)"
    return "\(count) of \(diary.days)"
  }

  private static func unrecorded(_ diary: DiaryFigures) -> String { diary.unknownDays > 0 ? "; \(bounds(diary))" : "" }

  private static func median(_ numbers: Distribution?) -> String { numbers.map { ReviewText.plain($0.median) } ?? "–" }

  private static func peak(_ diary: DiaryFigures) -> String {
    guard diary.episodes > 0 else { return "" }
    let unknown = diary.episodes - (diary.peak?.count ?? 0) - diary.rangedPeaks
    return (diary.peak == nil ? "" : "median, ") + highest(diary, unknown > 0 ? ["\(unknown) unknown"] : [])
  }

  /// `highest 7–10 (n 5; 2 ranges)`
  private static func highest(_ diary: DiaryFigures, _ more: [String] = []) -> String {
    let ranges = diary.rangedPeaks > 0 ? [ReviewText.count(diary.rangedPeaks, "range")] : []
    let counts = (["n \(diary.peak?.count ?? 0)"] + ranges + more).joined(separator: "; ")
    return (diary.highestPeak.map { "highest \(ReviewText.pain($0)) " } ?? "") + "(\(counts))"
  }

  private static func duration(_ diary: DiaryFigures) -> String {
    diary.duration.map { "\(ReviewText.plain($0.median)) h" } ?? "–"
  }

  private static func durations(_ diary: DiaryFigures) -> String {
    "(n \(diary.duration?.count ?? 0)" + (diary.unknownDurations > 0 ? "; \(diary.unknownDurations) unknown)" : ")")
  }
}
