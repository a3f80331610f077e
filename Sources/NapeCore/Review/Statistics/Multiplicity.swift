/// What several tests of one question do to their p values.
public enum Multiplicity {
  /// Adjusted after Holm, in the order given: no more than 5 % of such families hold a false alarm at 5 %.
  public static func holm(_ values: [Double]) -> [Double] {
    var adjusted = values
    var greatest = 0.0
    for (rank, index) in values.indices.sorted(by: { values[$0] < values[$1] }).enumerated() {
      greatest = max(greatest, min(1, values[index] * Double(values.count - rank)))
      adjusted[index] = greatest
    }
    return adjusted
  }
}
