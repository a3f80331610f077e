/// What was prompted and done in the period: the part of a review that comes of prompts and exercises.
struct ReviewPractice {
  /// By local day.
  private(set) var moves: [LocalDate: Adherence] = [:]
  private(set) var exercises: [LocalDate: Adherence] = [:]
  private(set) var done: [LocalDate: Int] = [:]
  let figures: ExerciseFigures
  let movements: [ReviewExercise]

  init(_ records: ReviewRecords, _ terms: ReviewTerms) {
    let period = terms.period
    for prompt in records.prompts {
      let date = prompt.posted.date
      guard period.contains(date), let outcome = prompt.outcome else { continue }
      switch prompt.kind {
      case .move: moves[date, default: Adherence(of: .move)].add(outcome)
      case .exercise: exercises[date, default: Adherence(of: .exercise)].add(outcome)
      case .checkin, .posture, .budget, .micro: break
      }
    }
    let entries = records.exercises.filter { period.contains($0.date) }
    for entry in entries { done[entry.date, default: 0] += 1 }

    // A rating is of the day before it.
    let ratings = ExerciseRating.lastOfDays(records.ratings)
    let felt = Dictionary(
      ratings.map { (RatedDay(exercise: $0.exercise, day: $0.day), $0.light) }, uniquingKeysWith: { $1 })
    movements = entries.map { entry in
      ReviewExercise(
        entry: entry, name: terms.exerciseNames[entry.exercise] ?? entry.exercise,
        dose: terms.exerciseDoses[entry.exercise]?[entry.level],
        nextDay: felt[RatedDay(exercise: entry.exercise, day: entry.date.adding(days: 1))])
    }
    let rated = ratings.filter { period.contains($0.day) }
    let course = ProgrammeCourse(records, terms)
    figures = ExerciseFigures(
      programme: course.isUsed ? terms.programme?.name : nil, isPrescribed: terms.programme?.isPrescribed ?? false,
      weeks: course.weeks, weeksInAll: terms.programme?.weeks.count ?? 0,
      sessionsDone: course.sessionsDone, sessionsPlanned: course.sessionsPlanned,
      strengthDaysDone: course.strengthDaysDone, strengthDaysPlanned: course.strengthDaysPlanned,
      deskSetsPrompted: exercises.values.reduce(0) { $0 + $1.counted },
      deskSetsDone: exercises.values.reduce(0) { $0 + ($1.followed ?? 0) }, movementsDone: entries.count,
      lights: Dictionary(rated.map { ($0.light, 1) }, uniquingKeysWith: +),
      reds: rated.filter { $0.light == .red }.map {
        ExerciseFigures.Red(exercise: $0.exercise, name: terms.exerciseNames[$0.exercise] ?? $0.exercise, day: $0.day)
      })
  }

  private struct RatedDay: Hashable {
    let exercise: String
    let day: LocalDate
  }
}

extension ExerciseEntry {
  /// The local day on which it was done.
  var date: LocalDate { WallTime.date(utcMicroseconds: done, offsetSeconds: offsetSeconds) }
}
