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
}
