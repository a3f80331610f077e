/// When there were headaches, or may have been, and on which days there were none.
struct HeadacheDays {
  private let declared: [LocalDate: DayState]
  /// Days that a headache touched.
  private let touched: Set<LocalDate>
  /// When headaches may have begun, ascending, and the latest end of these and of all before.
  private let begins: [Microseconds]
  private let ends: [Microseconds]

  /// - Parameters:
  ///   - records: all headaches, in any order.
  ///   - declared: what was said of the days; what follows from the headaches may be in it.
  init(_ records: [EpisodeRecord], declared: [LocalDate: DayState]) {
    self.declared = declared
    var touched: Set<LocalDate> = []
    for episode in records.map(\.episode) {
      var date = episode.onset.at.date
      while date <= episode.lastDate {
        touched.insert(date)
        date = date.adding(days: 1)
      }
    }
    self.touched = touched
    let stretches = records.map(\.episode.mayHaveLasted).sorted { $0.lowerBound < $1.lowerBound }
    begins = stretches.map(\.lowerBound)
    var latest = Microseconds.min
    ends = stretches.map { stretch in
      latest = max(latest, stretch.upperBound)
      return latest
    }
  }

  /// Whether the person said that a day had no headache, and none touched it.
  func isConfirmedFree(_ date: LocalDate) -> Bool { declared[date] == DayState.none && !touched.contains(date) }

  /// Whether it is known if a day had a headache.
  func isRecorded(_ date: LocalDate) -> Bool {
    touched.contains(date) || declared[date] == DayState.none || declared[date] == .headache
  }

  /// Whether another headache was there in the 24 hours before an onset, or may have been.
  func mayHaveHadOne(before onset: Stamp) -> Bool {
    let dayBefore = onset.date.adding(days: -1)
    if declared[dayBefore] == .headache, !touched.contains(dayBefore) { return true }
    var (low, high) = (0, begins.count)
    while low < high {
      let middle = (low + high) / 2
      if begins[middle] < onset.wall { low = middle + 1 } else { high = middle }
    }
    return low > 0 && ends[low - 1] >= onset.wall - 24 * .hour
  }
}

extension Episode {
  /// From when on it may have been there and how long it is known, or may have been; a moment where nothing is known of its
  /// end.
  fileprivate var mayHaveLasted: ClosedRange<Microseconds> {
    let begin = onset.at.wall
    let latestBegin = onset.precision.isTimed || onset.precision == .wokeWithIt ? 0 : onset.precision.minutes
    let known = min(end?.stamp?.wall ?? begin, begin.saturatingAdd(EntryRules.longestEpisode))
    return begin...max(begin.saturatingAdd(.minutes(Int64(latestBegin))), known)
  }
}
