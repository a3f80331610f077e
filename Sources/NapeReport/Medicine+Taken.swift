import NapeCore

extension Medicine.Class {
  /// Those that a review tells of, in the order of their columns.
  static func taken(_ days: [Medicine.Class: Int]) -> [Medicine.Class] { allCases.filter { days[$0, default: 0] > 0 } }
}
