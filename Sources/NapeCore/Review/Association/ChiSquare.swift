/// A chi-square of one degree of freedom.
public struct ChiSquare: Hashable, Sendable {
  public let statistic: Double

  public init(_ statistic: Double) { self.statistic = statistic }
}
