import Glibc

/// An exact test of paired differences: how often the mean is as far from zero when the two of each pair are swapped in all
/// ways, of which any could have been drawn (`clinical.md` §5.6). What is as far as what was seen counts, too.
public enum RandomisationTest {
  /// - Parameter differences: at most 20, so that all swaps can be gone through; zeros count.
  /// - Returns: two-sided, and one-sided for a mean above zero; 1 for no differences.
  public static func p(_ differences: [Double]) -> (twoSided: Double, oneSided: Double) {
    let seen = differences.reduce(0, +)
    // Sums that differ by rounding alone are equal.
    let slack = 1e-9 * max(1, differences.reduce(0) { $0 + abs($1) })
    var (farther, greater) = (0, 0)
    let swaps = 1 << differences.count
    for swap in 0..<swaps {
      var sum = 0.0
      for (index, difference) in differences.enumerated() { sum += swap >> index & 1 == 0 ? difference : -difference }
      if abs(sum) >= abs(seen) - slack { farther += 1 }
      if sum >= seen - slack { greater += 1 }
    }
    return (Double(farther) / Double(swaps), Double(greater) / Double(swaps))
  }

  /// The least two-sided p that so many pairs can reach: all of them differ, and the same way.
  public static func smallestP(pairs: Int) -> Double { pairs < 1 ? 1 : exp2(Double(1 - pairs)) }
}
