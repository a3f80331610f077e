import NapeCore

/// What is said of an association, in words that every form of the review shares (`clinical.md` §5.5): counts and patterns,
/// never a cause, a risk or a diagnosis.
public enum AssociationText {
  /// To be printed with every association (`clinical.md` §5.6).
  public static let biases = [
    "Entries are made at the computer only.",
    "Days of which nothing is recorded may differ from the others.",
    "Onsets are remembered, not measured.",
    "Early symptoms may make people sit still, or stop: then the headache comes first.",
    "Workload, caffeine, meals, screens and weekends are not accounted for.",
  ]

  /// The same in a line and a half, for a page that is full.
  public static let biasesInShort =
    "May mislead: entries at the computer only, days not recorded, recall, early symptoms, workload, caffeine, meals, "
    + "screens, weekends."

  /// Whether no part of the period has enough for any comparison.
  public static func isNotYet(_ association: Association) -> Bool {
    association.parts.allSatisfy {
      if case .notYet = $0.verdict { true } else { false }
    }
  }

  // MARK: For the person

  /// As ``lay(_:)``, under a heading that says already that there is not enough.
  public static func brief(_ part: Association.Part) -> String {
    guard case .notYet(let eligible, let days) = part.verdict else { return lay(part) }
    return "\(eligible) of \(Association.neededOnsets) headaches, \(days) of \(Association.neededDays) recorded days."
  }

  /// One or two sentences.
  public static func lay(_ part: Association.Part) -> String {
    switch part.verdict {
    case .notYet(let eligible, let recordedDays): notYet(eligible, recordedDays)
    case .counts: counts(part.primary, eligible: part.eligible)
    case .full: pattern(part.primary)
    }
  }

  private static func notYet(_ eligible: Int, _ recordedDays: Int) -> String {
    var missing: [String] = []
    if eligible < Association.neededOnsets {
      missing.append("\(eligible) of \(Association.neededOnsets) headaches with known timing")
    }
    if recordedDays < Association.neededDays {
      missing.append("\(recordedDays) of \(Association.neededDays) recorded days")
    }
    return "Not enough yet: \(missing.joined(separator: ", "))."
  }

  private static func counts(_ comparison: CaseCrossover, eligible: Int) -> String {
    guard comparison.strata > 0 else {
      return "None of the \(eligible) headaches with known timing has a comparable headache-free time: it "
        + "\(cannotBeEstimated)."
    }
    let expected = Int(comparison.expectedCases.rounded())
    return "\(comparison.exposedCases) of \(comparison.strata) headaches came after an unbroken hour of sitting; on "
      + "comparable headache-free times you would expect \(expected == 0 ? "none or hardly any" : "about \(expected)")."
  }

  private static func pattern(_ comparison: CaseCrossover) -> String {
    guard let interval = comparison.exact?.interval else {
      return "Whether headaches and long sitting go together \(cannotBeEstimated)."
    }
    guard interval.isAbove1 || interval.isBelow1 else {
      return
        "So far your records do not show a clear link between long sitting and your headaches. That can mean there is "
        + "none, or that there are too few headaches to tell."
    }
    return
      "In your records, headaches were \(interval.isAbove1 ? "more" : "less") common after long unbroken sitting. This "
      + "is a pattern, not proof: busy or stressful days may cause both. A fair test is to change your breaks for some "
      + "weeks (nape can plan that)." + (interval.isBelow1 ? " Do not sit more on purpose." : "")
  }

  /// "Whether … cannot be estimated"
  public static let cannotBeEstimated = "cannot be estimated"

  /// What the person reads where a change of the break schedule divides the period; `nil` where none does.
  public static func split(_ association: Association) -> String? {
    guard association.isSplit else { return nil }
    let changes = association.parts.dropFirst().map { ReviewText.day($0.period.lowerBound, withYear: true) }
    return "The break schedule changed on \(list(changes)). The times before and after a change are not put together."
  }

  // MARK: For the physiotherapist

  /// The design with its figures, as far as there is enough for them.
  public static func physiotherapist(_ part: Association.Part) -> String {
    let comparison = part.primary
    var text =
      "Case-crossover: \(part.eligible) of \(part.onsets.count) onsets eligible, \(comparison.strata) compared with up to 4 "
      + "headache-free days each; 2 h ending 15 min before onset; exposed: a bout of 60 min or more. "
    switch part.verdict {
    case .notYet(let eligible, let recordedDays): text += notYet(eligible, recordedDays)
    case .counts:
      text +=
        "\(comparison.exposedCases) exposed, \(ReviewText.decimal(comparison.expectedCases)) expected. No odds ratio below "
        + "\(Association.neededOnsetsForRatio) eligible onsets, \(Association.neededStrataForRatio) informative strata "
        + "(\(comparison.informativeStrata) here) and \(Association.neededDaysForRatio) recorded days."
    case .full: text += "OR \(ratio(comparison)), \(comparison.informativeStrata) informative strata."
    }
    if let exclusions = exclusions(part.onsets) { text += " Not compared: \(exclusions)." }
    text += " \(part.recordedDays) of \(part.days) days recorded"
    text += part.coverage.map { ", \(ReviewText.percent($0)) of the windows." } ?? "."
    if part.reusedReferents > 0 {
      text += " \(part.reusedReferents) \(part.reusedReferents == 1 ? "day serves" : "days serve") more than one onset."
    }
    return text + " Not adjusted for workload, stress, sleep, meals or light."
  }

  /// `2.57 (exact 95 % CI 0.49 to 17.48)`, `≥ 2.52 …`, `≤ 0.40 …`, or that it cannot be estimated. A limit that stands for
  /// the ratio is not rounded to where it would say more.
  public static func ratio(_ comparison: CaseCrossover) -> String {
    guard let interval = comparison.exact?.interval else { return cannotBeEstimated }
    func limits(_ rule: FloatingPointRoundingRule) -> String {
      "(exact 95 % CI \(number(interval.lower, rule)) to \(interval.upper.map { number($0, rule) } ?? "no limit"))"
    }
    return switch comparison.oddsRatio {
    case .finite(let ratio): "\(number(ratio)) \(limits(.toNearestOrAwayFromZero))"
    case .infinite: "≥ \(number(interval.lower, .down)) \(limits(.down))"
    case .zero: "≤ \(number(interval.upper ?? 0, .up)) \(limits(.up))"
    case .notEstimable: cannotBeEstimated
    }
  }

  /// An odds ratio without its interval: `2.57`, `0`, `infinite`, or that it cannot be estimated.
  public static func ratio(_ ratio: OddsRatio) -> String {
    switch ratio {
    case .zero: "0"
    case .finite(let ratio): number(ratio)
    case .infinite: "infinite"
    case .notEstimable: cannotBeEstimated
    }
  }

  /// To two places; whole from 100 on.
  private static func number(_ ratio: Double, _ rule: FloatingPointRoundingRule = .toNearestOrAwayFromZero) -> String {
    let places = ratio == 0 || ratio >= 100 ? 0 : 2
    let scale = places == 0 ? 1.0 : 100
    return ReviewText.decimal((ratio * scale).rounded(rule) / scale, places)
  }

  /// `p 0.35`; `p < 0.001`
  public static func p(_ p: Double) -> String {
    p < 0.001 ? "p < 0.001" : "p \(ReviewText.decimal(p, p < 0.1 ? 3 : 2))"
  }

  public static func title(_ exposure: Exposure) -> String {
    switch exposure {
    case .boutIn2h: "bout of 60 min or more in 2 h"
    case .boutIn1h: "bout of 60 min in 1 h"
    case .boutIn4h: "bout of 60 min or more in 4 h"
    case .sitting90: "sitting 90 min or more of 2 h"
    case .sitting: "30 min more sitting in 2 h"
    case .boutWithoutLag: "bout of 60 min or more in the 2 h up to the onset"
    }
  }

  /// The other comparisons of a part, one a line.
  public static func secondary(_ part: Association.Part) -> [String] {
    var lines = part.secondary.map { one in
      "\(title(one.exposure)): OR \(ratio(one.oddsRatio))" + (one.adjustedP.map { ", \(p($0)) after Holm" } ?? "")
    }
    if let withoutLag = part.withoutLag {
      lines.append("\(title(.boutWithoutLag)) (sensitivity): OR \(ratio(withoutLag))")
    }
    return lines
  }

  // MARK: The list of onsets

  /// What keeps an onset out, after a number or by itself.
  public static func exclusion(_ reason: OnsetExclusion) -> String {
    switch reason {
    case .wokeWithIt: "woke with it"
    case .imprecise: "known to more than an hour only"
    case .headacheBefore: "within 24 h of another headache"
    case .away: "not at the desk in the 30 min before"
    case .unknown: "record of the window incomplete"
    case .windowAway: "not at the desk at the end of the window"
    case .noReferent: "without a comparable headache-free time"
    }
  }

  /// `5 not at the desk in the 30 min before, 2 woke with it`; `nil` where all are compared.
  public static func exclusions(_ onsets: [OnsetWindow]) -> String? {
    let told = onsets.excluded.map { "\($0.count) \(exclusion($0.reason))" }
    return told.isEmpty ? nil : told.joined(separator: ", ")
  }

  /// What is printed beside an onset.
  public static func status(_ onset: OnsetWindow) -> String {
    guard let reason = onset.exclusion else {
      return "compared with \(onset.referents.count) \(onset.referents.count == 1 ? "day" : "days")"
    }
    return (onset.isEligible ? "eligible, but " : "not eligible: ") + exclusion(reason)
  }

  private static func list(_ words: [String]) -> String {
    words.count < 2 ? words.joined() : words.dropLast().joined(separator: ", ") + " and " + (words.last ?? "")
  }
}
