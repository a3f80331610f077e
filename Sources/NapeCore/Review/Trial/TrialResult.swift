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
    /// As the primary one, without the first day of each block: a sensitivity run, since one schedule may go on having an
    /// effect for a while.
    case withoutFirstDay = "without-first-day"
  }

  /// A week that has begun, up to the last day that is over.
  public struct Block: Hashable, Sendable {
    public let week: Trial.Week
    public let figures: DiaryFigures
    /// `nil` where only the first day is over.
    public let withoutFirstDay: DiaryFigures?

    /// Whether all of its days are over.
    public var isOver: Bool { figures.days == 7 }

    /// Whether it is known of at least half of its days if there was a headache; else it is not compared.
    public var isRecorded: Bool { figures.band != .calendar }

    public var isCompared: Bool { isOver && isRecorded }

    /// In days a week: of the recorded days, scaled to seven; `nil` where too few are recorded.
    public func rate(_ outcome: Outcome) -> Double? {
      guard isCompared else { return nil }
      switch outcome {
      case .headacheDays: return Self.perWeek(figures.headacheDays, of: figures)
      case .moderateDays: return Self.perWeek(figures.moderateDays, of: figures)
      case .medicineDays: return Self.perWeek(figures.medicineDays.any, of: figures)
      case .withoutFirstDay:
        guard let withoutFirstDay, withoutFirstDay.band != .calendar else { return nil }
        return Self.perWeek(withoutFirstDay.headacheDays, of: withoutFirstDay)
      }
    }

    private static func perWeek(_ days: Int, of figures: DiaryFigures) -> Double {
      7 * Double(days) / Double(figures.recordedDays)
    }
  }

  /// The pairs of one outcome.
  public struct Comparison: Hashable, Sendable {
    public let outcome: Outcome
    /// Days a week with the present schedule less those with the shorter one, of the pairs that can be compared, in order.
    public let differences: [Double]
    /// `nil` without a pair.
    public let mean: Double?
    /// Two-sided, exact, over all swaps within the pairs; `nil` below ``leastPairs``.
    public let p: Double?
    /// As ``p``, that there are fewer days with the shorter interval.
    public let pOneSided: Double?

    /// Fewer cannot reach 5 %, whatever they are.
    public static let leastPairs = 6

    /// - Parameter differences: at most 20.
    public init(_ outcome: Outcome, _ differences: [Double]) {
      self.outcome = outcome
      self.differences = differences
      mean = differences.isEmpty ? nil : differences.reduce(0, +) / Double(differences.count)
      let test = differences.count >= Self.leastPairs ? RandomisationTest.p(differences) : nil
      (p, pOneSided) = (test?.twoSided, test?.oneSided)
    }
  }

  /// In order, every week that was begun before the trial ended.
  public let blocks: [Block]
  /// In the order of ``Outcome``.
  public let comparisons: [Comparison]

  /// Weeks that are over with too few recorded days to compare.
  public var sparseBlocks: [Block] { blocks.filter { $0.isOver && !$0.isRecorded } }

  /// - Parameters:
  ///   - episodes: all headaches that touch the weeks; others change nothing.
  ///   - declared: what was said of the days.
  ///   - last: the last day that is over and belongs to the trial: yesterday, or the one before it was stopped.
  public init(_ trial: Trial, episodes: [EpisodeRecord], declared: [LocalDate: DayState], through last: LocalDate) {
    func figures(_ dates: ClosedRange<LocalDate>) -> DiaryFigures {
      // No figure of a trial is by the part of the day.
      DiaryFigures(dates, episodes, declared: declared, afternoon: (0, 0))
    }
    let blocks = trial.weeks.filter { $0.dates.lowerBound <= last }.map { week in
      let (first, last) = (week.dates.lowerBound, min(week.dates.upperBound, last))
      return Block(
        week: week, figures: figures(first...last),
        withoutFirstDay: first < last ? figures(first.adding(days: 1)...last) : nil)
    }
    self.blocks = blocks
    comparisons = Outcome.allCases.map { outcome in
      let differences = (1...trial.pairs).compactMap { pair -> Double? in
        func rate(_ arm: Trial.Arm) -> Double? {
          blocks.first { $0.week.pair == pair && $0.week.arm == arm }?.rate(outcome)
        }
        guard let present = rate(.present), let shorter = rate(.shorter) else { return nil }
        return present - shorter
      }
      return Comparison(outcome, differences)
    }
  }
}
