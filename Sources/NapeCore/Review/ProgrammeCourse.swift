/// How the programme in force went in a period: what it planned on each day, and what was done.
struct ProgrammeCourse {
  private(set) var weeks: ClosedRange<Int>?
  private(set) var sessionsDone = 0
  private(set) var sessionsPlanned = 0
  private(set) var strengthDaysDone = 0
  private(set) var strengthDaysPlanned = 0

  /// Whether the programme was in force on any day of the period.
  var isUsed: Bool { weeks != nil }

  init(_ records: ReviewRecords, _ terms: ReviewTerms) {
    guard let programme = terms.programme, let start = Self.start(of: programme, in: records.programmes),
      start.since <= terms.period.upperBound
    else { return }
    let done = Self.done(records.exercises, since: start.since)
    var progress = ExerciseProgress(programme, startWeek: start.week)
    // How often a week single days cannot tell: so many of seven, a day at a time.
    var strengthOfSeven = 0
    for number in start.since.daysSinceEpoch...terms.period.upperBound.daysSinceEpoch {
      let date = LocalDate(daysSinceEpoch: number)
      progress.goOn(before: date, programme)
      let week = programme.week(progress.week)
      let day = done[date].map { ExerciseProgress.Day(date: date, done: $0) }
      let sessions = day.map { progress.add($0, programme) } ?? 0
      guard date >= terms.period.lowerBound else { continue }
      weeks = min(weeks?.lowerBound ?? week.number, week.number)...max(weeks?.upperBound ?? 0, week.number)
      sessionsDone += sessions
      sessionsPlanned += week.home.isEmpty ? 0 : programme.sessionsADay
      strengthOfSeven += week.strength.map { $0.days?.lowerBound ?? 7 }.max() ?? 0
      if let day, week.strength.contains(where: { day.done[$0.exercise] != nil }) { strengthDaysDone += 1 }
    }
    strengthDaysPlanned = (strengthOfSeven + 3) / 7
  }

  /// The last start of the programme: what came before is another run of it.
  private static func start(
    of programme: Programme, in records: [ProgrammeRecord]
  ) -> (week: Int, since: LocalDate)? {
    guard let last = records.last(where: { $0.name == programme.identity && $0.week != nil }), let week = last.week
    else { return nil }
    return (week, last.since.date)
  }

  /// How often each movement was done, by local day.
  private static func done(_ entries: [ExerciseEntry], since: LocalDate) -> [LocalDate: [String: Int]] {
    entries.reduce(into: [:]) { done, entry in
      if entry.date >= since { done[entry.date, default: [:]][entry.exercise, default: 0] += 1 }
    }
  }
}
