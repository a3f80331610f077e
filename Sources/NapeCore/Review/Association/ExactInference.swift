import Glibc

/// Exact tests and intervals of the number of exposed cases.
public struct ExactInference: Hashable, Sendable {
  /// That so many cases, or more, are exposed by chance; and so many or fewer.
  public let pGreater: Double
  public let pLess: Double
  /// Twice the smaller tail, at most 1: it agrees with ``interval``.
  public let p: Double
  /// As ``p``, with half the probability of what was seen.
  public let midP: Double
  /// All that is no likelier than what was seen.
  public let pByLikelihood: Double
  /// 95 %, from both tails at 2.5 % (Clopper–Pearson).
  public let interval: RatioInterval
  /// As ``interval``, with half the probability of what was seen: a little narrower, and not always wide enough.
  public let midPInterval: RatioInterval

  /// - Parameters:
  ///   - strata: those whose windows differ.
  ///   - exposed: how many of their cases are exposed.
  /// - Returns: `nil` for no strata.
  init?(_ strata: [Stratum], exposed: Int) {
    guard !strata.isEmpty else { return nil }
    func cases(atLogOdds beta: Double) -> PoissonBinomial {
      PoissonBinomial(strata.map { $0.caseExposure(atLogOdds: beta) })
    }
    let null = cases(atLogOdds: 0)
    let seen = null.probabilities[exposed]
    pGreater = null.atLeast(exposed)
    pLess = null.atMost(exposed)
    p = min(1, 2 * min(pGreater, pLess))
    midP = min(1, 2 * (min(pGreater, pLess) - seen / 2))
    // What differs from it by rounding alone is as likely.
    pByLikelihood = min(1, null.probabilities.filter { $0 <= seen * (1 + 1e-9) }.reduce(0, +))

    /// - Parameter weight: how much of the probability of what was seen is left out.
    func limits(without weight: Double) -> RatioInterval {
      func limit(_ tail: @escaping (PoissonBinomial) -> Double) -> Double {
        exp(
          MonotoneRoot.find { beta in
            let cases = cases(atLogOdds: beta)
            return tail(cases) - weight * cases.probabilities[exposed] - 0.025
          })
      }
      return RatioInterval(
        lower: exposed == 0 ? 0 : limit { $0.atLeast(exposed) },
        upper: exposed == strata.count ? nil : limit { $0.atMost(exposed) })
    }
    interval = limits(without: 0)
    midPInterval = limits(without: 0.5)
  }
}
