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
    guard let programme = terms.programme, let start = Self.start(of: programme, in: records.programmes) else { return }
    let days = Self.days(records.exercises, since: start.since)
    let first = max(start.since, terms.period.lowerBound)
    guard first <= terms.period.upperBound else { return }
    // Whole weeks of days with strength exercises cannot be told from single days: so many of seven, a day at a time.
    var strengthOfSeven = 0
    for number in first.daysSinceEpoch...terms.period.upperBound.daysSinceEpoch {
      let today = LocalDate(daysSinceEpoch: number)
      // In which week the morning found the person.
      let progress = ExerciseProgress(
        programme, startWeek: start.week, since: start.since, days: days.filter { $0.date < today }, today: today)
      let week = programme.week(progress.week)
      weeks = min(weeks?.lowerBound ?? week.number, week.number)...max(weeks?.upperBound ?? 0, week.number)
      sessionsPlanned += week.home.isEmpty ? 0 : programme.sessionsADay
      strengthOfSeven += week.strength.map { $0.days?.lowerBound ?? 7 }.max() ?? 0
      guard let day = days.first(where: { $0.date == today }) else { continue }
      sessionsDone += programme.sessions(of: week, on: day)
      if week.strength.contains(where: { day.done[$0.exercise, default: 0] > 0 }) { strengthDaysDone += 1 }
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

  private static func days(_ entries: [ExerciseEntry], since: LocalDate) -> [ExerciseProgress.Day] {
    var done: [LocalDate: [String: Int]] = [:]
    for entry in entries where entry.date >= since { done[entry.date, default: [:]][entry.exercise, default: 0] += 1 }
    return done.map { ExerciseProgress.Day(date: $0.key, done: $0.value) }.sorted { $0.date < $1.date }
  }
}
