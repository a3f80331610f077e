/// What numbers come to, with how many there are.
public struct Distribution: Hashable, Sendable {
  public let count: Int
  public let mean: Double
  public let median: Double
  public let max: Double

  /// - Returns: `nil` where there are none.
  public init?(_ numbers: [Double]) {
    let sorted = numbers.sorted()
    guard let max = sorted.last else { return nil }
    count = sorted.count
    mean = sorted.reduce(0, +) / Double(count)
    median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
    self.max = max
  }
}
