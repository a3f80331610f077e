extension ReviewDay {
  /// The days of a period.
  ///
  /// - Parameters:
  ///   - episodes: by onset, all that touch the period.
  ///   - medicines: all that are known; some are taken on a day that their headache does not reach.
  ///   - declared: what was said of days.
  static func days(
    of period: ClosedRange<LocalDate>, episodes: [EpisodeRecord], medicines: [Medicine],
    declared: [LocalDate: DayRecord], ledger: ReviewLedger, practice: ReviewPractice
  ) -> [ReviewDay] {
    var touching: [LocalDate: [EpisodeRecord]] = [:]
    for record in episodes {
      var date = max(record.episode.onset.at.date, period.lowerBound)
      while date <= min(record.episode.lastDate, period.upperBound) {
        touching[date, default: []].append(record)
        date = date.adding(days: 1)
      }
    }
    let classes = Dictionary(grouping: medicines, by: \.taken.date).mapValues { Set($0.map(\.medicineClass)) }
    return (period.lowerBound.daysSinceEpoch...period.upperBound.daysSinceEpoch).map { number in
      let date = LocalDate(daysSinceEpoch: number)
      let records = touching[date] ?? []
      let said = declared[date]
      let state: DayState = records.isEmpty ? said?.state ?? .unknown : .headache
      let taken = classes[date] ?? []
      return ReviewDay(
        date: date, state: state, confirmed: state == .none ? said?.entered : nil,
        confirmLag: state == .none ? said?.lag : nil,
        isRecalled: state == .none
          ? said?.isRecalled ?? false : !records.isEmpty && records.allSatisfy(\.isRecalled),
        headaches: records.map { Headache($0, on: date) },
        hasMedicine: !taken.isEmpty, hasTenDayMedicine: taken.contains(where: \.isTenDay),
        desk: ledger.days[date], movePrompts: practice.moves[date]?.counted ?? 0,
        movesTaken: practice.moves[date]?.followed ?? 0,
        exercisePrompts: practice.exercises[date]?.counted ?? 0,
        exercisesDone: practice.done[date, default: 0], factors: said?.factors)
    }
  }
}

extension ReviewDay.Headache {
  init(_ record: EpisodeRecord, on date: LocalDate) {
    let episode = record.episode
    id = record.id
    onset = episode.onset
    end = episode.end
    isCarriedOver = episode.onset.at.date < date
    peak = episode.peak
    side = episode.fields[.side]?.text
  }
}
