import NapeCore
import Testing

@Suite struct ExerciseProgressTests {
  private let day = LocalDate(daysSinceEpoch: 20_000)

  private func programme(weeks: Int = 3, sessionsADay: Int = 2, goOnAfter: Int = 8) -> Programme {
    Programme(
      name: "test", by: "", date: nil, review: nil, isCleared: false, sessionsADay: sessionsADay, goOnAfter: goOnAfter,
      weeks: (1...weeks).map { number in
        Programme.Week(
          number: number, title: "", home: ["A", "B"].map { Programme.Item(exercise: $0, level: 1) }, strength: [],
          desk: [], goal: "")
      }, own: [])
  }

  /// So many whole sessions on each day from the first on.
  private func progress(
    _ sessions: [Int], today: Int, programme: Programme? = nil, startWeek: Int = 1
  ) -> ExerciseProgress {
    let days = sessions.enumerated().map { index, count in
      ExerciseProgress.Day(date: day.adding(days: index), done: ["A": count, "B": count])
    }
    return ExerciseProgress(
      programme ?? self.programme(), startWeek: startWeek, since: day, days: days, today: day.adding(days: today))
  }

  @Test func nothingDoneIsTheFirstWeekForEver() {
    let progress = progress([], today: 400)
    #expect(progress.week == 1)
    #expect(progress.began == nil)
    #expect(progress.sessions == 0)
  }

  @Test func eightSessionsAndSevenDaysTakeOneOn() {
    #expect(progress([2, 2, 2, 2], today: 6).week == 1)
    #expect(progress([2, 2, 2, 2], today: 6).sessions == 8)
    #expect(progress([2, 2, 2, 2], today: 7).week == 2)
    #expect(progress([2, 2, 2, 2], today: 7).sessions == 0)
    #expect(progress([2, 2, 2, 2], today: 400).week == 2, "one week at a time, however long ago")
  }

  @Test func sevenSessionsDoNot() {
    #expect(progress([2, 2, 2, 1], today: 7).week == 1)
    #expect(progress([2, 2, 2, 1], today: 300).week == 1)
  }

  @Test func aMissedDayTakesNothingBack() {
    let long = progress([1, 0, 0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 0, 1], today: 21)
    #expect(long.week == 1)
    #expect(long.sessions == 8)
    #expect(progress([1, 0, 0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 0, 1], today: 22).week == 2)
  }

  @Test func aDayCountsAtMostItsSessions() {
    #expect(progress([9], today: 0).sessions == 2)
  }

  @Test func aSessionNeedsAllOfIt() {
    let days = [ExerciseProgress.Day(date: day, done: ["A": 2, "B": 1])]
    let half = ExerciseProgress(programme(), startWeek: 1, since: day, days: days, today: day)
    #expect(half.sessions == 1)
    let none = ExerciseProgress(
      programme(), startWeek: 1, since: day, days: [.init(date: day, done: ["A": 5])], today: day)
    #expect(none.sessions == 0)
  }

  @Test func whatIsToBeLeftOutIsNotMissing() {
    let days = [ExerciseProgress.Day(date: day, done: ["A": 2], resting: ["B"])]
    #expect(ExerciseProgress(programme(), startWeek: 1, since: day, days: days, today: day).sessions == 2)
    let nothing = [ExerciseProgress.Day(date: day, done: [:], resting: ["A", "B"])]
    #expect(ExerciseProgress(programme(), startWeek: 1, since: day, days: nothing, today: day).sessions == 0)
  }

  @Test func whatIsAskedOnceADayIsNeededOnce() {
    var once = programme()
    once.weeks[0].home[1].timesADay = 1
    let days = [ExerciseProgress.Day(date: day, done: ["A": 2, "B": 1])]
    #expect(ExerciseProgress(once, startWeek: 1, since: day, days: days, today: day).sessions == 2)
  }

  @Test func theLastWeekStaysAndCountsSevenDays() {
    let last = progress(Array(repeating: 2, count: 60), today: 59)
    #expect(last.week == 3)
    #expect(last.isLastWeek)
    #expect(last.sessions == 14)
    #expect(last.sessionsInAll == 120)
    #expect(progress(Array(repeating: 2, count: 60), today: 70).sessions == 0)
  }

  @Test func aWeekIsStartedByHand() {
    #expect(progress([2, 2, 2, 2], today: 3, startWeek: 2).week == 2)
    #expect(progress([2, 2, 2, 2], today: 7, startWeek: 2).week == 3)
    #expect(progress([], today: 0, startWeek: 99).week == 3)
  }

  @Test func daysBeforeTheStartAndAfterTodayDoNotCount() {
    let days = [-1, 0, 1].map { ExerciseProgress.Day(date: day.adding(days: $0), done: ["A": 2, "B": 2]) }
    #expect(ExerciseProgress(programme(), startWeek: 1, since: day, days: days, today: day).sessions == 2)
  }
}
