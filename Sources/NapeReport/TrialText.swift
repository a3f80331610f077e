import NapeCore

/// What is said of a trial of a break interval (`clinical.md` §5.6): the plan, every block, and the difference.
public enum TrialText {
  /// To be kept to while it goes on.
  public static let rules =
    "Log headaches as they come, and say in the evening of a day that it had none. Do not change your medicine or begin new "
    + "exercises meanwhile. You may stop at any time."

  /// `6 pairs of weeks, Mon 30 Nov 2026 – Sun 21 Feb 2027; order drawn from seed 4711`
  public static func title(_ trial: Trial) -> String {
    "\(trial.pairs) pairs of weeks, \(ReviewText.period(trial.start...trial.lastDay)); order drawn from seed \(trial.seed)"
  }

  /// What so many pairs can show at best.
  public static func reach(_ trial: Trial) -> String {
    guard trial.pairs >= TrialResult.Comparison.leastPairs else {
      return "Fewer than \(TrialResult.Comparison.leastPairs) pairs show a difference, but cannot tell it from chance."
    }
    let p = AssociationText.p(RandomisationTest.smallestP(pairs: trial.pairs))
    return "The least that \(trial.pairs) pairs can reach is \(p), if all of them differ the same way."
  }

  /// What is known of a block: week, arm, days, recorded, with a headache, of 4 or more, with acute medicine.
  public static func row(_ block: TrialResult.Block) -> [String] {
    let figures = block.figures
    return [
      "\(block.week.number)", block.week.arm.rawValue, ReviewText.shortPeriod(block.week.dates),
      "\(figures.recordedDays) of \(figures.days)", "\(figures.headacheDays)", "\(figures.moderateDays)",
      "\(figures.medicineDays.any)",
    ]
  }

  /// The columns of ``row(_:)``.
  public static let columns = ["week", "arm", "days", "recorded", "headache", "4 or more", "medicine"]

  /// Weeks that are not compared.
  public static func sparse(_ result: TrialResult) -> [String] {
    result.sparseBlocks.map {
      "Week \($0.week.number): \($0.figures.recordedDays) of 7 days recorded, too few to compare."
    }
  }

  /// One line an outcome.
  public static func comparison(_ comparison: TrialResult.Comparison) -> String {
    guard let mean = comparison.mean else {
      return "\(title(comparison.outcome)): no pair of weeks can be compared yet."
    }
    let size = ReviewText.decimal(abs(mean))
    let difference = size == "0.0" ? "no difference" : "\(size) \(mean > 0 ? "fewer" : "more") with B than with A"
    let pairs = "\(comparison.differences.count) pair\(comparison.differences.count == 1 ? "" : "s")"
    let test = comparison.p.map(AssociationText.p) ?? "no p below \(TrialResult.Comparison.leastPairs)"
    return "\(title(comparison.outcome)): \(difference) (\(pairs), \(test))."
  }

  private static func title(_ outcome: TrialResult.Outcome) -> String {
    switch outcome {
    case .headacheDays: "Headache days a week"
    case .moderateDays: "Days a week with a headache of 4 or more"
    case .medicineDays: "Days a week with acute medicine"
    case .withoutFirstDay: "Headache days a week, without the first day of each week"
    }
  }
}
