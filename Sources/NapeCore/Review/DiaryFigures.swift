/// The figures of the diary over some days (`clinical.md` §1.4). Nothing that was not said is guessed: each figure has its
/// denominator, and what is not known is counted beside it.
public struct DiaryFigures: Hashable, Sendable {
  /// What may be told of so many recorded days.
  public enum Band: Hashable, Sendable {
    /// At least 80 % of the days: all figures.
    case all
    /// At least half: counts and bounds, but no rate and no trend.
    case counts
    /// Too few to summarise.
    case calendar
  }

  /// Distinct days with acute medicine.
  public struct MedicineDays: Hashable, Sendable {
    public fileprivate(set) var any = 0
    /// Without the classes of which none was taken.
    public fileprivate(set) var byClass: [Medicine.Class: Int] = [:]
    /// With one of the classes for which guidelines name ten days a month.
    public fileprivate(set) var tenDayClasses = 0
  }

  /// Two headaches with so little between them that they may be one. They are never merged but by the person.
  public struct Suggestion: Hashable, Sendable {
    public let earlier: RecordID
    public let later: RecordID
    /// In µs; zero where they overlap.
    public let gap: Microseconds
  }

  /// With a headache; without, as the person said; and those of which nobody said anything.
  public let headacheDays: Int
  public let noneDays: Int
  public let unknownDays: Int
  /// Days with a headache whose peak was at least 4. A peak that is not known counts as none of these.
  public let moderateDays: Int
  /// Headaches that began on these days.
  public let episodes: Int
  public let medicineDays: MedicineDays
  /// Of the peaks that were given as a number, 0 … 10; those of check-ins are ranges, and only counted.
  public let peak: Distribution?
  public let rangedPeaks: Int
  /// The greatest pain of all that was noted, ranges among them.
  public let highestPeak: ClosedRange<Int>?
  /// In hours, of the headaches whose onset and end are known.
  public let duration: Distribution?
  public let unknownDurations: Int
  /// Of the onsets whose part of the day is known, those in the afternoon.
  public let afternoonOnsets: Int
  public let timedOnsets: Int
  public let suggestions: [Suggestion]

  /// - Parameters:
  ///   - records: all headaches that touch the days, in any order; others change nothing.
  ///   - declared: what was said of the days.
  ///   - afternoon: `diary.afternoon`.
  public init(
    _ dates: ClosedRange<LocalDate>, _ records: [EpisodeRecord], declared: [LocalDate: DayState],
    afternoon: (from: Int, to: Int)
  ) {
    var peaks: [LocalDate: Int] = [:]
    var (headache, none, unknown, moderate) = (0, 0, 0, 0)
    for episode in records.map(\.episode) where episode.onset.at.date <= dates.upperBound {
      var date = max(episode.onset.at.date, dates.lowerBound)
      while date <= min(episode.lastDate, dates.upperBound) {
        peaks[date] = max(peaks[date] ?? 0, episode.peak?.lowerBound ?? 0)
        date = date.adding(days: 1)
      }
    }
    for day in dates.lowerBound.daysSinceEpoch...dates.upperBound.daysSinceEpoch {
      let date = LocalDate(daysSinceEpoch: day)
      if let peak = peaks[date] {
        headache += 1
        if peak >= Self.moderate { moderate += 1 }
      } else if declared[date] == .headache {
        // Said to a version that knew no headaches yet.
        headache += 1
      } else if declared[date] == DayState.none {
        none += 1
      } else {
        unknown += 1
      }
    }
    (headacheDays, noneDays, unknownDays, moderateDays) = (headache, none, unknown, moderate)
    medicineDays = Self.medicineDays(records, dates)

    let begun = records.filter { dates.contains($0.episode.onset.at.date) }
    episodes = begun.count
    let noted = begun.compactMap(\.episode.peak)
    peak = Distribution(noted.filter { $0.count == 1 }.map { Double($0.lowerBound) })
    rangedPeaks = noted.count { $0.count > 1 }
    highestPeak = noted.map(\.upperBound).max().flatMap { high in
      noted.filter { $0.upperBound == high }.map(\.lowerBound).max().map { $0...high }
    }
    let durations = begun.compactMap(\.episode.duration)
    duration = Distribution(durations.map { Double($0) / Double(Microseconds.hour) })
    unknownDurations = begun.count - durations.count
    let timed = begun.map(\.episode.onset).filter { $0.precision.isTimed || $0.precision == .partOfDay }
    timedOnsets = timed.count
    afternoonOnsets = timed.count { PartOfDay(second: $0.at.secondOfDay, afternoon: afternoon) == .afternoon }
    suggestions = Self.suggestions(begun)
  }

  /// The least peak that is more than mild.
  private static let moderate = 4

  private static func medicineDays(_ records: [EpisodeRecord], _ dates: ClosedRange<LocalDate>) -> MedicineDays {
    var days: [LocalDate: Set<Medicine.Class>] = [:]
    for medicine in records.flatMap(\.episode.medicines) where dates.contains(medicine.taken.date) {
      days[medicine.taken.date, default: []].insert(medicine.medicineClass)
    }
    var result = MedicineDays()
    result.any = days.count
    result.tenDayClasses = days.values.count { $0.contains(where: \.isTenDay) }
    for medicineClass in days.values.joined() { result.byClass[medicineClass, default: 0] += 1 }
    return result
  }

  /// A pain-free gap that is shorter may be a part of one headache.
  private static let longestGap: Microseconds = 60 * .minute

  private static func suggestions(_ records: [EpisodeRecord]) -> [Suggestion] {
    let timed = records.filter { $0.episode.onset.precision.isTimed }.sorted {
      $0.episode.onset.at < $1.episode.onset.at
    }
    var suggestions: [Suggestion] = []
    // The one that lasted longest so far; one within another must not hide it.
    var last: (id: RecordID, over: Stamp)?
    for record in timed {
      if let last {
        let gap = record.episode.onset.at.wall - last.over.wall
        if gap < longestGap { suggestions.append(Suggestion(earlier: last.id, later: record.id, gap: max(0, gap))) }
      }
      guard let over = record.episode.end?.over, last.map({ over > $0.over }) ?? true else { continue }
      last = (record.id, over)
    }
    return suggestions
  }

  // MARK: What follows from the counts

  public var days: Int { headacheDays + noneDays + unknownDays }

  /// Days of which something is known.
  public var recordedDays: Int { headacheDays + noneDays }

  /// 0 … 1.
  public var completeness: Double { Double(recordedDays) / Double(days) }

  public var band: Band {
    if recordedDays * 100 >= days * 80 { return .all }
    return recordedDays * 100 >= days * 50 ? .counts : .calendar
  }

  /// How many of the days had a headache, whatever the unknown ones were.
  public var headacheDayBounds: ClosedRange<Int> { headacheDays...headacheDays + unknownDays }

  /// Headache days in 28, by the recorded days alone; `nil` where too few are recorded.
  public var per28: Double? {
    band == .all && recordedDays > 0 ? 28 * Double(headacheDays) / Double(recordedDays) : nil
  }

  /// The 95 % interval of ``per28`` after Wilson; rough, since headaches come in clusters.
  public var per28Interval: ClosedRange<Double>? {
    guard per28 != nil else { return nil }
    let z = 1.959_963_984_540_054
    let n = Double(recordedDays)
    let share = Double(headacheDays) / n
    let scale = 28 / (1 + z * z / n)
    let centre = share + z * z / (2 * n)
    let half = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    // Rounding may take the ends a little beyond what is possible.
    return max(0, (centre - half) * scale)...min(28, (centre + half) * scale)
  }
}
