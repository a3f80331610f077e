import NapeCore
import Testing

/// An invented person's desk and diary, written down by local clock times. What is not written is away.
struct DeskDiary {
  private(set) var spans: [Span] = []
  var episodes: [EpisodeRecord] = []
  var days: [LocalDate: DayState] = [:]
  /// Of local clocks, from here on.
  var offset: Int

  /// - Parameter first: the local day on which the record begins, at midnight.
  init(from first: LocalDate, offset: Int = 3600) {
    self.offset = offset
    start = Int64(first.daysSinceEpoch) * 24 * .hour - .seconds(Int64(offset))
    end = start
  }

  private let start: Microseconds
  /// Up to where the record goes.
  private var end: Microseconds

  static func date(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

  /// `13:30` on a day.
  func stamp(_ date: LocalDate, _ clock: String) throws -> Stamp {
    let second = try #require(WallTime.secondOfDay(clock))
    let local = Int64(date.daysSinceEpoch) * 24 * .hour + .seconds(Int64(second))
    return Stamp(wall: local - .seconds(Int64(offset)), offsetSeconds: offset)
  }

  /// Writes down one stretch, after what is there already.
  mutating func add(_ kind: Span.Kind, _ date: LocalDate, _ from: String, _ to: String) throws {
    let (from, to) = (try stamp(date, from).wall, try stamp(date, to).wall)
    if from > end { append(.away, to: from) }
    append(kind, to: to)
  }

  /// Writes down several stretches of sitting.
  mutating func sit(_ date: LocalDate, _ times: (String, String)...) throws {
    for (from, to) in times { try add(.sitting, date, from, to) }
  }

  mutating func append(_ kind: Span.Kind, to wall: Microseconds) {
    spans.append(
      Span(
        kind: kind, evidence: kind == .unknown ? .sourceLost : .input,
        begin: Moment(boot: end - start, monotonic: end - start, wall: end, offsetSeconds: offset), length: wall - end,
        bootID: "boot"))
    end = wall
  }

  /// A headache, by default one that lasts two hours.
  mutating func headache(
    _ date: LocalDate, _ clock: String, precision: Onset.Precision = .exact, hours: Int64? = 2
  ) throws {
    let at = try stamp(date, clock)
    let end = hours.map { Stamp(wall: at.wall + $0 * .hour, offsetSeconds: at.offsetSeconds) }
    let number = UInt64(episodes.count + 1)
    episodes.append(
      EpisodeRecord(
        id: RecordID(high: 0, low: number),
        episode: Episode(onset: Onset(at: at, precision: precision), end: end.map(EpisodeEnd.ended)), entered: at,
        way: .commandLine))
  }

  /// Says that days had no headache.
  mutating func free(_ dates: ClosedRange<LocalDate>) {
    for day in dates.lowerBound.daysSinceEpoch...dates.upperBound.daysSinceEpoch {
      days[LocalDate(daysSinceEpoch: day)] = DayState.none
    }
  }

  func association(_ period: ClosedRange<LocalDate>, changes: [LocalDate] = []) -> Association {
    Association(
      spans: spans, episodes: episodes, days: days, period: period, breakAfter: 2 * .minute, changes: changes)
  }
}
