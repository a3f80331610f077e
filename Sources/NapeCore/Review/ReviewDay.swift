/// One local day of a review.
public struct ReviewDay: Hashable, Sendable {
  /// A headache on the day.
  public struct Headache: Hashable, Sendable {
    public let id: RecordID
    public let onset: Onset
    public let end: EpisodeEnd?
    /// Whether it began on an earlier day.
    public let isCarriedOver: Bool
    public let peak: ClosedRange<Int>?
    /// The word of `side`; `nil` where it is not known.
    public let side: String?
  }

  public let date: LocalDate
  public let state: DayState
  /// When the person said that there was no headache.
  public let confirmed: Stamp?
  /// How long after the end of the day that was, in µs; below zero on the day itself.
  public let confirmLag: Microseconds?
  /// Whether that, or every headache of the day, was entered more than 48 h later.
  public let isRecalled: Bool
  /// By onset; those that were carried over first.
  public let headaches: [Headache]
  /// Acute medicine was taken on it, and one of a class for which guidelines name ten days a month.
  public let hasMedicine: Bool
  public let hasTenDayMedicine: Bool
  /// `nil` where nothing is known of the day.
  public let desk: DeskDay?
  /// `move` prompts that were posted on it, and those that a break followed.
  public let movePrompts: Int
  public let movesTaken: Int
  /// Exercise prompts, and movements done.
  public let exercisePrompts: Int
  public let exercisesDone: Int
  /// What bore on it; `nil` where nobody was asked.
  public let factors: [DayFactor]?

  /// The greatest pain of the day that was noted.
  public var peak: ClosedRange<Int>? {
    let noted = headaches.compactMap(\.peak)
    guard let low = noted.map(\.lowerBound).max(), let high = noted.map(\.upperBound).max() else { return nil }
    return low...high
  }

  /// Headaches that began on it.
  public var onsets: [Headache] { headaches.filter { !$0.isCarriedOver } }
}
