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
}
