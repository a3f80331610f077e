/// The Mantel–Haenszel odds ratio of matched sets, beside the exact one.
public struct MantelHaenszel: Hashable, Sendable {
  /// Over the strata, of the unexposed referents of exposed cases (R), and of the exposed referents of unexposed cases (Q),
  /// each divided by the stratum's windows.
  public let r: Double
  public let q: Double
  public let oddsRatio: OddsRatio
  /// Of the logarithm, after Robins, Breslow and Greenland; `nil` where R or Q is zero.
  public let standardError: Double?
  /// 95 %, from ``standardError``.
  public let interval: RatioInterval?
  /// Without continuity correction; `nil` where no stratum is informative.
  public let chiSquare: ChiSquare?
}
