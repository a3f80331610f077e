import Glibc

/// A time-stratified case-crossover comparison with exact conditional inference (`clinical.md` §5.2, §5.3).
///
/// Given its windows, the case of a stratum is exposed with the probability m ψ / (m ψ + n − m): m of n windows are exposed,
/// ψ is the odds ratio. The number of exposed cases is Poisson-binomial; all that is exact here follows from that.
public struct CaseCrossover: Hashable, Sendable {
  /// How many strata there are, and in how many of them the windows differ.
  public let strata: Int
  public let informativeStrata: Int
  public let exposedCases: Int
  /// Of the informative strata alone.
  public let informativeExposedCases: Int
  /// How many exposed cases were to be expected if exposure made no difference: over all strata, and over the informative.
  public let expectedCases: Double
  public let informativeExpectedCases: Double
  /// The conditional maximum-likelihood estimate, as R's `clogit(method = "exact")` gives it.
  public let oddsRatio: OddsRatio
  /// `nil` where no stratum is informative.
  public let exact: ExactInference?
  /// `nil` where no stratum is informative, and where the estimate is zero or infinite.
  public let fit: ConditionalFit?
  public let mantelHaenszel: MantelHaenszel

  public init(_ strata: [Stratum]) {
    let informative = strata.filter(\.isInformative)
    let exposed = informative.count(where: \.isCaseExposed)
    self.strata = strata.count
    informativeStrata = informative.count
    exposedCases = strata.count(where: \.isCaseExposed)
    informativeExposedCases = exposed
    expectedCases = strata.reduce(0) { $0 + $1.exposedShare }
    informativeExpectedCases = informative.reduce(0) { $0 + $1.exposedShare }
    mantelHaenszel = MantelHaenszel(informative)
    exact = ExactInference(informative, exposed: exposed)
    switch exposed {
    case _ where informative.isEmpty: (oddsRatio, fit) = (.notEstimable, nil)
    case 0: (oddsRatio, fit) = (.zero, nil)
    case informative.count: (oddsRatio, fit) = (.infinite, nil)
    default:
      let beta = MonotoneRoot.find { beta in
        informative.reduce(-Double(exposed)) { $0 + $1.caseExposure(atLogOdds: beta) }
      }
      (oddsRatio, fit) = (.finite(exp(beta)), ConditionalFit(strata, beta: beta))
    }
  }

  /// How many strata it takes, each with so many of its windows exposed, until a two-sided p of 5 % can be reached at all:
  /// that is, if every case is exposed. The gates need ten.
  ///
  /// - Parameters:
  ///   - windows: two or more.
  ///   - exposed: 1 … windows − 1.
  public static func smallestCount(exposed: Int, of windows: Int) -> Int {
    var (count, p) = (0, 2.0)
    while p > 0.05 { (count, p) = (count + 1, p * Double(exposed) / Double(windows)) }
    return count
  }
}

extension Stratum {
  /// How likely its case is to be the exposed one.
  func caseExposure(atLogOdds beta: Double) -> Double {
    1 / (1 + Double(windows - exposedWindows) / Double(exposedWindows) * exp(-beta))
  }
}
