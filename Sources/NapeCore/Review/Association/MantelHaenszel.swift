import Glibc

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

  init(_ strata: [Stratum]) {
    var (r, q, pr, psqr, qs, surplus, variance) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for stratum in strata {
      let n = Double(stratum.windows)
      let unexposedReferents = Double(stratum.referents - stratum.exposedReferents)
      // What agrees with an odds ratio above 1 (P, R) and below it (Q, S), as the three authors name them.
      let agreeing = ((stratum.isCaseExposed ? 1 : 0) + unexposedReferents) / n
      let forth = stratum.isCaseExposed ? unexposedReferents / n : 0
      let back = stratum.isCaseExposed ? 0 : Double(stratum.exposedReferents) / n
      r += forth
      q += back
      pr += agreeing * forth
      psqr += agreeing * back + (1 - agreeing) * forth
      qs += (1 - agreeing) * back
      surplus += (stratum.isCaseExposed ? 1 : 0) - stratum.exposedShare
      variance += stratum.exposedShare * (1 - stratum.exposedShare)
    }
    (self.r, self.q) = (r, q)
    chiSquare = variance > 0 ? ChiSquare(surplus * surplus / variance) : nil
    switch (r > 0, q > 0) {
    case (true, true):
      let error = (pr / (2 * r * r) + psqr / (2 * r * q) + qs / (2 * q * q)).squareRoot()
      oddsRatio = .finite(r / q)
      standardError = error
      interval = RatioInterval(log: log(r / q), standardError: error)
    case (true, false): (oddsRatio, standardError, interval) = (.infinite, nil, nil)
    case (false, true): (oddsRatio, standardError, interval) = (.zero, nil, nil)
    case (false, false): (oddsRatio, standardError, interval) = (.notEstimable, nil, nil)
    }
  }
}
