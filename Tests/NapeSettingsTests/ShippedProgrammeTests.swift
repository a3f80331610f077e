import NapeCore
import Testing

@testable import NapeSettings

/// `Config/programmes/neck-headache.toml` against `clinical.md` §4.3, line by line, and what it makes prompts ask for.
@Suite struct ShippedProgrammeTests {
  private let catalogue = ExerciseCatalogue.builtIn()

  private func programme() throws -> Programme { try #require(ProgrammeLocation.standard(catalogue)) }

  private func text(_ items: [Programme.Item]) -> String {
    items.map { item in
      let days = item.days.map { $0.count == 1 ? " \($0.lowerBound)d" : " \($0.lowerBound)-\($0.upperBound)d" } ?? ""
      return "\(item.exercise) L\(item.level)\(days)"
    }.joined(separator: ", ")
  }

  @Test(
    arguments: [
      (1, "learn", "E01 L1, E02 L1, E03 L1, E16 L1", "", ["E07 L1, E14 L1"], "hard front of the neck"),
      (2, "", "E01 L2, E02 L2, E03 L1, E06 L1", "E08 L1 3d", ["E02 L2, E15 L1"], "Green on 5 days"),
      (3, "", "E01 L2, E06 L1, E10 L1, E11 L1", "E08 L2 5d, E09 L1 2d", ["E03 L1, E14 L1"], ""),
      (4, "", "E01 L3, E05 L1, E12 L1, E13 L1", "E08 L2 5d, E09 L2 3d", ["E06 L1, E15 L1"], "ten times ten seconds"),
      (5, "", "E01 L3, E05 L2, E10 L1, E13 L1", "E09 L2 3d, E08 L2 5d", ["E07 L1, E11 L1"], ""),
      (
        6, "keep", "E01 L4, E05 L2, E16 L1", "E08 L2 3-5d, E09 L2 3-5d",
        ["E07 L1, E14 L1", "E02 L2, E15 L1", "E03 L1, E14 L1", "E06 L1, E15 L1", "E07 L1, E11 L1"],
        "2 or 3 sessions a week"
      ),
    ])
  func week(number: Int, title: String, home: String, strength: String, desk: [String], goal: String) throws {
    let programme = try programme()
    #expect(programme.weeks.count == 6)
    let week = programme.week(number)
    #expect(week.number == number)
    #expect(week.title == title)
    #expect(text(week.home) == home)
    #expect(text(week.strength) == strength)
    #expect(week.desk.map(text) == desk)
    #expect(goal.isEmpty ? week.goal.isEmpty : week.goal.contains(goal))
  }

  @Test func fourteenSessionsAWeekAndEightGoOn() throws {
    let programme = try programme()
    #expect(programme.sessionsAWeek == 14)
    #expect(programme.goOnAfter == 8)
    #expect(!programme.isPrescribed)
    #expect(!programme.exercises.contains("E04"))
  }

  // MARK: What prompts ask for

  private let today = LocalDate(daysSinceEpoch: 20_000)
  private let allNo = Dictionary(uniqueKeysWithValues: FirstUse.Question.allCases.map { ($0, false) })

  private func plan(
    week: Int = 1, answers: [FirstUse.Question: Bool]? = nil, cleared: Bool = false, ratings: [ExerciseRating] = [],
    levels: [String: Int] = [:], restriction: ExerciseRestriction = .none
  ) throws -> ExercisePlan {
    let history = ExerciseHistory(
      firstUse: FirstUse(answers: answers ?? allNo, isCleared: cleared), days: [], ratings: ratings, levels: levels,
      start: .init(week: week, since: today))
    return ExercisePlan(
      catalogue: catalogue, programme: try programme(), history: history, restriction: restriction, today: today)
  }

  private func red(_ exercise: String, level: Int, daysAgo: Int = 0) -> ExerciseRating {
    ExerciseRating(exercise: exercise, level: level, day: today.adding(days: -daysAgo), pain: 6, worse: false)
  }

  @Test func theSetOfTheFirstWeek() throws {
    #expect(
      try plan().sets == [
        ExerciseSet(
          exercises: ["E07", "E14"], text: "Reset how you sit, ten seconds. Then shoulder rolls at the wall, ten, slow."
        )
      ])
  }

  @Test func theSetOfTheSecondWeekFollowsTheLevelAtHome() throws {
    #expect(
      try plan(week: 2).sets.map(\.text) == [
        "Blades back and down, ten times ten seconds. Then a walk to the window, one to five minutes."
      ])
  }

  @Test func inTheLastWeekAllRotate() throws {
    #expect(try plan(week: 6).sets.count == 5)
  }

  @Test(arguments: 1...6)
  func everySetIsShortEnough(week: Int) throws {
    let sets = try plan(week: week).sets + plan(week: week, restriction: .headache).sets
    for set in sets { #expect(set.text.count <= ExercisePlan.longestText, "\(set.text)") }
  }

  @Test func unansweredLeavesWhatIsSafe() throws {
    #expect(try plan(answers: [:]).sets.map(\.exercises) == [["E07", "E14"]])
    #expect(try plan(week: 3, answers: [:]).sets.map(\.exercises) == [["E14"]], "E03 waits for the answers")
    #expect(try plan(week: 5, answers: [:]).sets.map(\.exercises) == [["E07"]])
    #expect(try plan(answers: [:]).objection(to: "E03") == .unanswered)
    #expect(try plan(answers: [:]).objection(to: "E04") == .needsClearance)
    #expect(try plan(answers: [:]).objection(to: "E14") == nil)
  }

  @Test(arguments: FirstUse.Question.allCases)
  func aYesTakesAllOfThemOff(question: FirstUse.Question) throws {
    let plan = try plan(answers: [question: true])
    #expect(plan.sets.isEmpty)
    for exercise in catalogue.exercises { #expect(plan.objection(to: exercise.id) == .askFirst) }
    #expect(try self.plan(answers: [question: true], cleared: true).sets.map(\.exercises) == [["E07", "E14"]])
    for restriction in ExerciseRestriction.allCases {
      #expect(try self.plan(answers: [question: true], restriction: restriction).sets.isEmpty)
    }
  }

  @Test func duringAHeadacheThreeRemainAsAnOffer() throws {
    let sets = try plan(week: 4, restriction: .headache).sets
    #expect(sets.map(\.exercises) == [["E03"], ["E15"], ["E16"]])
    #expect(
      sets.map(\.text) == [
        "If it feels good: head turns at the wall, five each side.",
        "If it feels good: a walk to the window, one to five minutes.",
        "If it feels good: soften and breathe, one minute.",
      ])
    for exercise in catalogue.exercises where !["E03", "E15", "E16"].contains(exercise.id) {
      #expect(try plan(cleared: true, restriction: .headache).objection(to: exercise.id) == .headache)
    }
    // Nothing says why.
    #expect(!sets.contains { $0.text.lowercased().contains("head ache") || $0.text.contains("headache") })
    #expect(try plan(answers: [:], restriction: .headache).sets.map(\.exercises) == [["E15"], ["E16"]])
  }

  @Test func whileAWarningSignIsOpenThereIsNone() throws {
    for week in 1...6 { #expect(try plan(week: week, cleared: true, restriction: .warningSign).sets.isEmpty) }
    for exercise in catalogue.exercises {
      #expect(try plan(cleared: true, restriction: .warningSign).objection(to: exercise.id) == .warningSign)
    }
  }

  @Test func aClearanceDoesNotLiftWhatTheCautionNames() throws {
    #expect(try plan(week: 3, answers: [.osteoporosis: true], cleared: true).objection(to: "E10") == .askFirst)
    #expect(try plan(week: 3, answers: [.pregnancy: true], cleared: true).objection(to: "E10") == nil)
    for question in [FirstUse.Question.injury, .rheumatoid, .osteoporosis, .dizziness] {
      #expect(try plan(answers: [question: true], cleared: true).objection(to: "E04") == .askFirst)
    }
    #expect(try plan(answers: [.pregnancy: true], cleared: true).objection(to: "E04") == nil)
  }

  @Test func onceADayIsNotMissedInTheSecondSession() throws {
    var history = ExerciseHistory(firstUse: FirstUse(answers: allNo), start: .init(week: 4, since: today))
    history.days = [.init(date: today, done: ["E01": 2, "E05": 2, "E12": 1, "E13": 2])]
    var programme = try programme()
    #expect(programme.week(4).home.first { $0.exercise == "E12" }?.timesADay == 1)
    func sessions() -> Int {
      ExercisePlan(
        catalogue: catalogue, programme: programme, history: history, restriction: .none, today: today
      ).progress.sessions
    }
    #expect(sessions() == 2)
    programme.weeks[3].home[2].timesADay = nil
    #expect(sessions() == 2, "the catalogue says so, too")
    // The programme's word stands over the catalogue's.
    programme.weeks[3].home[2].timesADay = 2
    #expect(sessions() == 1)
  }

  @Test func aRedThatWasCorrectedTheSameDayIsNone() throws {
    let green = ExerciseRating(exercise: "E14", level: 1, day: today, pain: 0, worse: false)
    #expect(try plan(ratings: [red("E14", level: 1), green]).objection(to: "E14") == nil)
  }

  @Test func theTowelOnlyAfterClearance() throws {
    #expect(try plan().objection(to: "E04") == .needsClearance)
    #expect(try plan(cleared: true).objection(to: "E04") == nil)
  }

  @Test func aRedMorningTakesAMovementOutForTwoDays() throws {
    for (daysAgo, isOut) in [(0, true), (1, true), (2, false)] {
      let plan = try plan(ratings: [red("E14", level: 1, daysAgo: daysAgo)])
      #expect(plan.sets.map(\.exercises) == [isOut ? ["E07"] : ["E07", "E14"]])
      #expect((plan.objection(to: "E14") == nil) == !isOut)
    }
    // Where nothing of the set is left, what is safe takes its place.
    let both = try plan(ratings: [red("E14", level: 1), red("E07", level: 1)])
    #expect(both.sets.map(\.exercises) == [["E02"], ["E15"], ["E16"]])
  }

  @Test func aRedMorningHoldsTheLevelDownWhenTheProgrammeGoesOn() throws {
    #expect(try plan(week: 4).level(of: "E01") == 3)
    #expect(try plan(week: 4, ratings: [red("E01", level: 2, daysAgo: 9)]).level(of: "E01") == 1)
    // Neither the programme nor the person lifts it; a green morning does.
    let ratings = [red("E01", level: 2, daysAgo: 9)]
    #expect(try plan(week: 4, ratings: ratings, levels: ["E01": 4]).level(of: "E01") == 1)
    let green = ExerciseRating(exercise: "E01", level: 1, day: today, pain: 0, worse: false)
    #expect(try plan(week: 4, ratings: ratings + [green]).level(of: "E01") == 2)
  }

  @Test func onesOwnLevelTakesTheProgrammesPlace() throws {
    #expect(try plan(levels: ["E02": 3]).level(of: "E02") == 3)
    #expect(try plan(levels: ["E02": 99]).level(of: "E02") == 4)
    #expect(try plan().level(of: "E09") == 1)
    #expect(try plan().level(of: "E99") == 1)
  }

  @Test func atTheDeskALevelThatSuitsItIsTaken() throws {
    // Ten minutes of relaxation are for home.
    let plan = try plan(levels: ["E16": 2], restriction: .headache)
    #expect(plan.sets.last?.text == "If it feels good: soften and breathe, one minute.")
    #expect(plan.deskLevel(of: "E16") == 1)
  }
}
