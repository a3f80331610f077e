/// What came of a trial so far (`clinical.md` §5.6): every block that was begun, and the test of those pairs that can be
/// compared.
public struct TrialResult: Hashable, Sendable {
  public enum Outcome: String, Hashable, Sendable, CaseIterable {
    /// Days with a headache. The primary one.
    case headacheDays = "headache-days"
    /// Days with a headache of 4 or more.
    case moderateDays = "moderate-days"
    /// Days with acute medicine.
    case medicineDays = "medicine-days"
    /// As the primary one, without the first day of each block.
    case withoutFirstDay = "without-first-day"
  }

  /// A week that has begun, up to the last day that is over.
  public struct Block: Hashable, Sendable {
    public let week: Trial.Week
    public let days: Int
    /// Days of which it is known whether there was a headache.
    public let recordedDays: Int
    public let headacheDays: Int
    public let moderateDays: Int
    public let medicineDays: Int
  }

  /// The pairs of one outcome.
  public struct Comparison: Hashable, Sendable {
    public let outcome: Outcome
    /// Days a week with the present schedule less those with the shorter one, of the pairs that can be compared.
    public let differences: [Double]
    /// `nil` without a pair.
    public let mean: Double?
    /// Exact, over all swaps within the pairs; `nil` below six pairs.
    public let p: Double?
    /// That the shorter interval is better.
    public let pOneSided: Double?
  }

  public let blocks: [Block]
  /// In the order of ``Outcome``.
  public let comparisons: [Comparison]
  /// Weeks that are over with too few recorded days to compare.
  public let sparseWeeks: [Trial.Week]
}
