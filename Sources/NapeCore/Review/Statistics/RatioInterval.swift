import Glibc

/// An interval of an odds ratio.
public struct RatioInterval: Hashable, Sendable {
  /// Zero or more.
  public let lower: Double
  /// `nil` where it has no upper limit.
  public let upper: Double?

  public init(lower: Double, upper: Double?) {
    self.lower = lower
    self.upper = upper
  }

  /// 95 %, of a logarithm and its standard error, as large samples have it.
  init(log: Double, standardError: Double) {
    lower = exp(log - ChiSquare.normal975 * standardError)
    upper = exp(log + ChiSquare.normal975 * standardError)
  }

  /// Whether it lies above or below 1 altogether.
  public var isAbove1: Bool { lower > 1 }
  public var isBelow1: Bool { upper.map { $0 < 1 } ?? false }
}
