/// What a person said of a day, as it is stored: that there was no headache, or what bore on it.
public struct DayRecord: Hashable, Sendable {
  public var date: LocalDate
  /// `headache` follows from the headaches of the day; this is `none` or `unknown`, or what an older version stored.
  public var state: DayState
  /// `nil` where nobody was asked.
  public var factors: [DayFactor]?
  public var entered: Stamp
  public var way: EntryWay

  public init(date: LocalDate, state: DayState, factors: [DayFactor]? = nil, entered: Stamp, way: EntryWay) {
    self.date = date
    self.state = state
    self.factors = factors
    self.entered = entered
    self.way = way
  }

  /// How long after the day was over it was said, in µs; below zero on the day itself. The day's end is taken on the clock
  /// that stamped the entry.
  public var lag: Microseconds {
    let over = Int64(date.adding(days: 1).daysSinceEpoch) * 24 * .hour
    return entered.wall + .seconds(Int64(entered.offsetSeconds)) - over
  }

  /// Whether it was said more than 48 h after that (`clinical.md` §1.4).
  public var isRecalled: Bool { lag > EpisodeRecord.recalledAfter }
}
