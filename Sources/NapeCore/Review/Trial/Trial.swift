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

  /// How many pairs can be planned, and how many are planned where nobody says otherwise: the least that can reach 5 %.
  public static let pairRange = 2...12
  public static let usualPairs = 6
  /// The interval that is tried where nobody says otherwise, in µs.
  public static let usualShorter: Microseconds = 30 * .minute
  /// Seeds that are drawn: short enough to be read out.
  public static let seeds: Range<UInt64> = 0..<1_000_000

  /// - Parameters:
  ///   - pairs: in ``pairRange``; what is beyond is brought to the nearest.
  ///   - present: in µs, greater than `shorter`.
  public init(
    start: LocalDate, seed: UInt64, pairs: Int = usualPairs, present: Microseconds, shorter: Microseconds
  ) {
    self.start = start
    self.seed = seed
    self.pairs = min(max(pairs, Self.pairRange.lowerBound), Self.pairRange.upperBound)
    self.present = present
    self.shorter = shorter
  }

  /// In order. A pair begins with the present schedule where the highest bit of its number from ``SplitMix`` is 0.
  public var weeks: [Week] {
    var generator = SplitMix(seed: seed)
    return (1...pairs).flatMap { pair in
      let arms: [Arm] = generator.next() >> 63 == 0 ? [.present, .shorter] : [.shorter, .present]
      return arms.enumerated().map { place, arm in
        let number = 2 * pair - 1 + place
        let first = start.adding(days: 7 * (number - 1))
        return Week(number: number, pair: pair, arm: arm, dates: first...first.adding(days: 6))
      }
    }
  }

  public var lastDay: LocalDate { start.adding(days: 14 * pairs - 1) }

  /// `prompts.move.after` of an arm, in µs.
  public func interval(_ arm: Arm) -> Microseconds { arm == .present ? present : shorter }
}
