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

  /// Whether it lies above or below 1 altogether.
  public var isAbove1: Bool { lower > 1 }
  public var isBelow1: Bool { upper.map { $0 < 1 } ?? false }
}
