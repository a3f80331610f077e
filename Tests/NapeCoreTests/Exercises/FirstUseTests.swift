import NapeCore
import Testing

@Suite struct FirstUseTests {
  private let allNo = Dictionary(uniqueKeysWithValues: FirstUse.Question.allCases.map { ($0, false) })

  @Test func thereAreFive() {
    #expect(FirstUse.Question.allCases.count == 5)
    #expect(FirstUse().open.count == 5)
  }

  @Test func nothingAnsweredIsUnanswered() {
    #expect(FirstUse().verdict == .unanswered)
  }

  @Test(arguments: FirstUse.Question.allCases)
  func oneOpenQuestionLeavesItUnanswered(question: FirstUse.Question) {
    var answers = allNo
    answers[question] = nil
    #expect(FirstUse(answers: answers).verdict == .unanswered)
    #expect(FirstUse(answers: answers).open == [question])
  }

  @Test(arguments: FirstUse.Question.allCases)
  func oneYesAsksForAProfessionalFirst(question: FirstUse.Question) {
    // Also when others are open: yes is enough.
    #expect(FirstUse(answers: [question: true]).verdict == .askFirst)
    var answers = allNo
    answers[question] = true
    #expect(FirstUse(answers: answers).verdict == .askFirst)
    #expect(FirstUse(answers: answers, isCleared: true).verdict == .ready)
  }

  @Test func whatWasWrittenBeforeAYesDoesNotKnowIt() {
    let day = LocalDate(daysSinceEpoch: 20_000)
    let answered = FirstUse(answers: [.dizziness: true], lastYes: day)
    #expect(!answered.isKnown(on: day.adding(days: -1)))
    #expect(!answered.isKnown(on: day), "which came first is not known")
    #expect(answered.isKnown(on: day.adding(days: 1)))
    #expect(!answered.isKnown(on: nil))
    #expect(FirstUse(answers: allNo).isKnown(on: nil))
  }

  @Test func fiveTimesNoIsReady() {
    #expect(FirstUse(answers: allNo).verdict == .ready)
  }
}
