/// What conditional logistic regression says of one exposure, with its large-sample tests.
public struct ConditionalFit: Hashable, Sendable {
  /// The logarithm of the odds ratio, and its standard error.
  public let beta: Double
  public let standardError: Double
  /// exp(β ± 1.96 SE).
  public let waldInterval: RatioInterval
  /// At β = 0, and at the estimate.
  public let nullLogLikelihood: Double
  public let logLikelihood: Double
  /// Of the likelihood ratio, the score and the Wald test, one degree of freedom each.
  public let likelihoodRatio: ChiSquare
  public let score: ChiSquare
  public let wald: ChiSquare
}
