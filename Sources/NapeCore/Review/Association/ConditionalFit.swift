import Glibc

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

  /// - Parameters:
  ///   - strata: all of them; those that tell nothing add a constant to the likelihoods.
  ///   - beta: the estimate.
  init(_ strata: [Stratum], beta: Double) {
    func information(at beta: Double) -> Double {
      strata.filter(\.isInformative).reduce(0) {
        let share = $1.caseExposure(atLogOdds: beta)
        return $0 + share * (1 - share)
      }
    }
    func logLikelihood(at beta: Double) -> Double {
      strata.reduce(0) {
        let all = Double($1.exposedWindows) * exp(beta) + Double($1.windows - $1.exposedWindows)
        return $0 + ($1.isCaseExposed ? beta : 0) - log(all)
      }
    }
    self.beta = beta
    standardError = 1 / information(at: beta).squareRoot()
    waldInterval = RatioInterval(log: beta, standardError: standardError)
    nullLogLikelihood = logLikelihood(at: 0)
    self.logLikelihood = logLikelihood(at: beta)
    likelihoodRatio = ChiSquare(2 * (self.logLikelihood - nullLogLikelihood))
    let surplus = strata.reduce(0) { $0 + ($1.isCaseExposed ? 1 : 0) - $1.exposedShare }
    score = ChiSquare(surplus * surplus / information(at: 0))
    wald = ChiSquare(beta * beta / (standardError * standardError))
  }
}
