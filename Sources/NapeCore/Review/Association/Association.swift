/// Whether headaches began more often after long sitting than the person sat long at other times (`clinical.md` §5): counts
/// and figures, each only where there is enough for it, never a cause.
public struct Association: Hashable, Sendable {
  /// What there is enough for (`clinical.md` §5.5).
  public enum Verdict: Hashable, Sendable {
    /// Fewer than ``neededOnsets`` eligible onsets or ``neededDays`` recorded days: the list of onsets alone.
    case notYet(eligible: Int, recordedDays: Int)
    /// How many came after long sitting, and how many were to be expected; no odds ratio and no p.
    case counts
    /// At least 20 eligible onsets, 10 informative strata and 56 recorded days.
    case full
  }

  /// For counts.
  public static let neededOnsets = 10
  public static let neededDays = 28

  /// A comparison beside the primary one.
  public struct Secondary: Hashable, Sendable {
    public let exposure: Exposure
    /// For ``Exposure/sitting`` that of 30 minutes more.
    public let oddsRatio: OddsRatio
    public let strata: Int
    public let informativeStrata: Int
    /// Exact, two-sided; `nil` where no stratum is informative.
    public let p: Double?
    /// ``p``, adjusted after Holm for all secondary exposures together; of the sensitivity run as it is.
    public let adjustedP: Double?
  }

  /// A stretch with the same break schedule, by itself.
  public struct Part: Hashable, Sendable {
    public let period: ClosedRange<LocalDate>
    /// With a headache, or without as the person said.
    public let recordedDays: Int
    /// All that began in it, in order.
    public let onsets: [OnsetWindow]
    public let verdict: Verdict
    public let primary: CaseCrossover
    /// Those of ``Exposure/secondary`` and then the sensitivity run; empty but for ``Verdict/full``.
    public let secondary: [Secondary]
    /// Days that more than one onset is compared with.
    public let reusedReferents: Int
    /// The share of the compared windows of which it is known where the person was: 0 … 1; `nil` where none is compared.
    public let coverage: Double?

    public var days: Int { period.upperBound.daysSinceEpoch - period.lowerBound.daysSinceEpoch + 1 }
    public var eligible: Int { onsets.count(where: \.isEligible) }
  }

  /// In order: one, and one more for each change of the break schedule within the period.
  public let parts: [Part]

  /// Whether the period was split at changes of the break schedule.
  public var isSplit: Bool { parts.count > 1 }
}
