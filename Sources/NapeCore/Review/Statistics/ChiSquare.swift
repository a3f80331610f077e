import Glibc

/// A chi-square of one degree of freedom.
public struct ChiSquare: Hashable, Sendable {
  public let statistic: Double

  init(_ statistic: Double) { self.statistic = max(0, statistic) }

  public var p: Double { erfc((statistic / 2).squareRoot()) }

  /// The 97.5 % point of the normal distribution: 95 % lie within plus or minus so much.
  static let normal975 = 1.959_963_984_540_054
}
