import JSON
import NapeCore

/// A trial as JSON.
public enum TrialDocument {
  /// - Parameter length: how lengths are written in settings.
  public static func json(
    _ record: TrialRecord, _ result: TrialResult, today: LocalDate, length: (Microseconds) -> String
  ) -> String {
    let trial = record.trial
    return JSONText.object(
      [
        ("start", JSONText.quoted(trial.start.description)), ("seed", "\(trial.seed)"), ("pairs", "\(trial.pairs)"),
        ("present", JSONText.quoted(length(trial.present))),
        ("shorter", JSONText.quoted(length(trial.shorter))),
        ("planned", JSONText.quoted(record.planned.iso8601)), ("stopped", JSONText.optional(record.stopped?.iso8601)),
        ("week", JSONText.optional(record.week(on: today)?.number)),
        ("weeks", JSONText.array(trial.weeks.map { week in JSONText.object(members(week)) })),
      ] + members(result))
  }

  /// What came of it.
  static func members(_ result: TrialResult) -> [(String, String)] {
    [
      ("blocks", JSONText.array(result.blocks.map(json))),
      ("comparisons", JSONText.array(result.comparisons.map(json))),
    ]
  }

  private static func members(_ week: Trial.Week) -> [(String, String)] {
    [
      ("number", "\(week.number)"), ("pair", "\(week.pair)"), ("arm", JSONText.quoted(week.arm.rawValue)),
      ("from", JSONText.quoted(week.dates.lowerBound.description)),
      ("to", JSONText.quoted(week.dates.upperBound.description)),
    ]
  }

  private static func json(_ block: TrialResult.Block) -> String {
    JSONText.object([
      ("week", "\(block.week.number)"), ("arm", JSONText.quoted(block.week.arm.rawValue)),
      ("days", "\(block.figures.days)"), ("recorded_days", "\(block.figures.recordedDays)"),
      ("headache_days", "\(block.figures.headacheDays)"), ("moderate_days", "\(block.figures.moderateDays)"),
      ("medicine_days", "\(block.figures.medicineDays.any)"), ("compared", "\(block.isCompared)"),
    ])
  }

  private static func json(_ comparison: TrialResult.Comparison) -> String {
    func optional(_ number: Double?) -> String { number.map { "\($0)" } ?? "null" }
    return JSONText.object([
      ("outcome", JSONText.quoted(comparison.outcome.rawValue)),
      ("differences", JSONText.array(comparison.differences.map { "\($0)" })), ("mean", optional(comparison.mean)),
      ("p", optional(comparison.p)), ("p_one_sided", optional(comparison.pOneSided)),
    ])
  }
}
