/// Where a function crosses zero that only rises or only falls.
enum MonotoneRoot {
  /// To the last bit, by bisection: no start to choose, and nothing that could diverge.
  ///
  /// - Parameter function: with one sign far below zero and the other far above, reached within ±``farthest``.
  static func find(_ function: (Double) -> Double) -> Double {
    let sign: Double = function(farthest) > 0 ? 1 : -1
    var width = 1.0
    while width < farthest, sign * function(width) < 0 || sign * function(-width) > 0 { width *= 2 }
    var (low, high) = (-width, width)
    while true {
      let middle = low + (high - low) / 2
      guard low < middle, middle < high else { return middle }
      if sign * function(middle) < 0 { low = middle } else { high = middle }
    }
  }

  /// Of a logarithm of an odds ratio: e to this is what a `Double` can still hold.
  private static let farthest = 512.0
}
