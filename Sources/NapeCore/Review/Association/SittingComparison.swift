import Glibc

/// A case-crossover comparison of minutes: conditional logistic regression, and the exact permutation test of which window
/// is the case (`clinical.md` §5.3).
public struct SittingComparison: Hashable, Sendable {
  public let strata: Int
  /// In how many of them the windows differ.
  public let informativeStrata: Int
  /// For 30 minutes more.
  public let oddsRatio: OddsRatio
  /// Of the logarithm of ``oddsRatio``; `nil` where that is not a number above zero.
  public let beta: Double?
  public let standardError: Double?
  /// Twice the smaller tail of the permutations, at most 1; `nil` where no stratum is informative.
  public let p: Double?

  /// The minutes that ``oddsRatio`` is for.
  public static let unit = 30

  /// - Parameter sets: the minutes of the windows of a stratum, whole numbers of zero or more, the case's first.
  public init(_ sets: [[Int]]) {
    let informative = sets.filter { set in set.contains { $0 != set[0] } }
    strata = sets.count
    informativeStrata = informative.count
    p = informative.isEmpty ? nil : Self.permutation(informative)
    let isGreatest = informative.allSatisfy { $0[0] == $0.max() }
    let isLeast = informative.allSatisfy { $0[0] == $0.min() }
    guard !informative.isEmpty, !isGreatest, !isLeast else {
      oddsRatio = informative.isEmpty ? .notEstimable : isGreatest ? .infinite : .zero
      (beta, standardError) = (nil, nil)
      return
    }
    // The score falls with β; a root cannot be missed.
    let beta = MonotoneRoot.find { beta in
      informative.reduce(0) { $0 + Double($1[0]) / Double(Self.unit) - Self.moments($1, beta).mean }
    }
    let information = informative.reduce(0) { $0 + Self.moments($1, beta).variance }
    oddsRatio = .finite(exp(beta))
    self.beta = beta
    standardError = 1 / information.squareRoot()
  }

  /// Of a set's minutes by the unit, each window weighted by its odds.
  private static func moments(_ set: [Int], _ beta: Double) -> (mean: Double, variance: Double) {
    // The greatest weight is 1, so that none overflows.
    let base = Double((beta > 0 ? set.max() : set.min()) ?? 0)
    var (weights, first, second) = (0.0, 0.0, 0.0)
    for minutes in set {
      let x = (Double(minutes) - base) / Double(unit)
      let weight = exp(beta * x)
      weights += weight
      first += weight * x
      second += weight * x * x
    }
    let mean = first / weights
    return (mean + base / Double(unit), max(0, second / weights - mean * mean))
  }

  /// How likely the sum of the cases' minutes, or one farther out, is when each window is as likely to be the case.
  private static func permutation(_ sets: [[Int]]) -> Double {
    // Of the sums from `least` on. What is beyond both ends is too unlikely to tell: hundreds of strata would else have a
    // hundred times as many sums as matter.
    var (chances, least, seen) = ([1.0], 0, 0)
    for set in sets {
      let low = set.min() ?? 0
      var next = [Double](repeating: 0, count: chances.count + (set.max() ?? 0) - low)
      let chance = 1 / Double(set.count)
      for minutes in set {
        for sum in chances.indices { next[sum + minutes - low] += chances[sum] * chance }
      }
      let first = next.firstIndex { $0 > negligible } ?? 0
      let last = next.lastIndex { $0 > negligible } ?? 0
      (chances, least, seen) = (Array(next[first...last]), least + low + first, seen + set[0])
    }
    let place = min(max(seen - least, 0), chances.count)
    let isBeyond = place == chances.count
    let less = chances[..<place].reduce(0, +) + (isBeyond ? 0 : chances[place])
    return min(1, 2 * min(less, chances[place...].reduce(0, +)))
  }

  /// Of all sums together far less than can be seen in a p value.
  private static let negligible = 1e-18
}
