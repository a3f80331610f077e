/// An odds ratio as it comes out of a sample that may be small or one-sided.
public enum OddsRatio: Hashable, Sendable {
  /// No case was exposed where some could have been.
  case zero
  /// Above zero.
  case finite(Double)
  /// Every case was exposed where some could have been not.
  case infinite
  /// No stratum tells anything.
  case notEstimable

  /// `nil` where it is infinite or cannot be estimated.
  public var number: Double? {
    switch self {
    case .zero: 0
    case .finite(let ratio): ratio
    case .infinite, .notEstimable: nil
    }
  }
}
