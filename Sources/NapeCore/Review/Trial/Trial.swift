/// A trial of a shorter break interval in one person (N-of-1, `clinical.md` §5.6): weeks in pairs, one with the present
/// schedule and one with the shorter one, in an order that a seed has drawn beforehand.
public struct Trial: Hashable, Sendable {
  public enum Arm: String, Hashable, Sendable, CaseIterable {
    /// The present schedule.
    case present = "A"
    /// The shorter interval.
    case shorter = "B"
  }

  /// A block of seven days with one arm.
  public struct Week: Hashable, Sendable {
    /// From 1 on.
    public let number: Int
    /// From 1 on; two weeks each.
    public let pair: Int
    public let arm: Arm
    public let dates: ClosedRange<LocalDate>
  }

  /// The first day of the first week.
  public let start: LocalDate
  /// From which the order was drawn, so that anybody can draw it again.
  public let seed: UInt64
  public let pairs: Int
  /// `prompts.move.after` in the weeks of each arm, in µs.
  public let present: Microseconds
  public let shorter: Microseconds
  public let weeks: [Week]
}
