import NapeCore

/// What is said of sitting and headaches, in the wordings of `clinical.md` §5.5: counts before ratios, no cause, no risk.
public enum AssociationText {
  /// Whether there is too little to compare anything.
  public static func isNotYet(_ association: Association) -> Bool {
    association.parts.allSatisfy {
      if case .notYet = $0.verdict { true } else { false }
    }
  }

  /// What there is enough for, in one or two sentences for the person.
  public static func plain(_ part: Association.Part) -> String {
    switch part.verdict {
    case .notYet(let eligible, let days):
      return "Not enough yet: \(eligible) of \(Association.neededOnsets) headaches with known timing; "
        + "\(days) of \(Association.neededDays) recorded days."
    case .counts: return counts(part)
    case .full:
      guard let range = part.primary.exact?.interval else { return counts(part) }
      if range.lower > 1 { return link("more") }
      if let upper = range.upper, upper < 1 { return link("less") + " Do not sit more on purpose." }
      return
        "So far your records do not show a clear link between long sitting and your headaches. That can mean there is "
        + "none, or that there are too few headaches to tell."
    }
  }

  /// As ``plain(_:)``, under a heading that says that there is not enough.
  public static func brief(_ part: Association.Part) -> String {
    guard case .notYet(let eligible, let days) = part.verdict else { return plain(part) }
    return "\(eligible) of \(Association.neededOnsets) headaches, \(days) of \(Association.neededDays) recorded days."
  }

  private static func counts(_ part: Association.Part) -> String {
    "\(part.primary.exposedCases) of \(part.primary.strata) headaches came after an unbroken hour of sitting; on comparable "
      + "headache-free times you would expect about \(ReviewText.decimal(part.primary.expectedCases, 0))."
  }

  private static func link(_ word: String) -> String {
    "In your records, headaches were \(word) common after long unbroken sitting. This is a pattern, not proof: busy or "
      + "stressful days may bring both. A fair test is to change your breaks for some weeks."
  }

  /// How it was compared, for a professional; `nil` where there is no ratio.
  public static func method(_ part: Association.Part) -> String? {
    guard part.verdict == .full, let exact = part.primary.exact else { return nil }
    let range = exact.interval
    return
      "Case-crossover, \(part.primary.strata) onsets compared, \(part.eligible) eligible, of \(part.onsets.count); "
      + "2 h ending 15 min before onset, bout of 60 min or more. OR \(ratio(part.primary.oddsRatio)) (exact 95 % CI "
      + "\(ReviewText.decimal(range.lower))–\(range.upper.map { ReviewText.decimal($0) } ?? "∞")), "
      + "\(part.recordedDays) of \(part.days) days recorded"
      + (part.coverage.map { ", \(ReviewText.percent($0)) of the windows known" } ?? "")
      + ", not adjusted for workload."
  }

  public static func ratio(_ ratio: OddsRatio) -> String {
    switch ratio {
    case .zero: "0"
    case .finite(let number): ReviewText.decimal(number)
    case .infinite: "∞"
    case .notEstimable: "–"
    }
  }

  /// `5 away from the desk, 2 with a headache in the 24 h before`; `nil` where all are compared.
  public static func exclusions(_ part: Association.Part) -> String? {
    let told = part.excluded.map { "\($0.count) \(reason($0.reason))" }
    return told.isEmpty ? nil : told.joined(separator: ", ")
  }

  private static func reason(_ exclusion: OnsetExclusion) -> String {
    switch exclusion {
    case .wokeWithIt: "woke with it"
    case .imprecise: "without a known hour"
    case .headacheBefore: "with a headache, or days not recorded, in the 24 h before"
    case .away: "away from the desk"
    case .unknown: "with too little record before"
    case .windowAway: "too briefly back at the desk"
    case .noReferent: "without a comparable day"
    }
  }
}
