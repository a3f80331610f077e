import NapeCore
import Testing

@testable import NapeDesktop

@Suite struct NotificationContentTests {
  private func prompt(_ kind: Prompt.Kind) -> Prompt {
    Prompt(
      id: 1, kind: kind, posted: Moment(boot: 0, monotonic: 0, wall: 0, offsetSeconds: 0), sat: 0,
      text: Wording(title: "Title", body: "Body"), exercises: kind == .exercise ? ["E07", "E14"] : [])
  }

  private func content(of kind: Prompt.Kind, plain: Bool = false, snooze: Microseconds = .minutes(10))
    -> NotificationContent
  {
    NotificationContent(of: prompt(kind), snooze: snooze, makesSound: false, plainCheckIn: plain, pictures: .none)
  }

  @Test func aMoveHasThreeButtonsAndNoClick() {
    let content = content(of: .move)
    #expect(content.actions.map(\.label) == ["Going", "10 more minutes", "Skip"])
    #expect(content.actions.map(\.reply) == [.answer(.going), .answer(.snoozed), .answer(.skipped)])
    #expect(content.click == nil && !content.isLow)
    #expect(self.content(of: .move, snooze: .minutes(1)).actions[1].label == "1 more minute")
    #expect(self.content(of: .move, snooze: 1).actions[1].label == "1 more minute")
  }

  @Test func anExerciseHasThreeButtons() {
    let content = content(of: .exercise)
    #expect(content.actions.map(\.label) == ["Done", "Later", "Skip"])
    #expect(content.actions.map(\.reply) == [.answer(.done), .answer(.snoozed), .answer(.skipped)])
    #expect(content.otherWay == "To answer: nape exercise done E07 E14, or nape snooze.")
    #expect(content.click == nil && !content.isLow)
  }

  @Test func aCheckInNamesNothingUnlessThePersonWantsIt() {
    let neutral = content(of: .checkin)
    #expect(neutral.actions.map(\.label) == ["Nothing to note", "Something to note", "Not now"])
    #expect(content(of: .checkin, plain: true).actions.map(\.label) == ["No headache", "Yes", "Not now"])
    for content in [neutral, content(of: .checkin, plain: true)] {
      #expect(content.actions.map(\.reply) == [.answer(.none), .answer(.yes), .answer(.skipped)])
      #expect(content.click == nil && !content.isLow)
    }
    #expect(neutral.otherWay == "To answer: nape day")
    #expect(content(of: .checkin, plain: true).otherWay == "To answer: nape day none, or nape headache.")
  }

  @Test(arguments: [
    (DiaryQuestion.Kind.strength, ["Mild", "Moderate", "Severe"]), (.side, ["Left", "Right", "Both"]),
    (.neck, ["Yes", "No", "Not sure"]), (.details(RecordID(high: 1, low: 2)), []),
  ])
  func aQuestionHasItsChoicesAsButtons(_ kind: DiaryQuestion.Kind, _ labels: [String]) throws {
    let question = DiaryQuestion(
      id: 1 << 62, kind: kind, date: LocalDate(daysSinceEpoch: 20_000), text: Wording(title: "Diary", body: "?"))
    let content = NotificationContent(of: question, makesSound: false)
    #expect(content.actions.map(\.label) == labels)
    #expect(content.actions.map(\.reply) == question.choices.map { .choice($0) })
    // It looks as a check-in does, and a click beside the buttons says nothing.
    #expect(content.category == "x-nape.checkin" && content.click == nil && !content.isLow)
    #expect(content.otherWay == (labels.isEmpty ? nil : "To answer: nape detail"))
  }

  @Test(arguments: [Prompt.Kind.posture, .budget, .micro])
  func aClickIsTheAnswerToTheRest(_ kind: Prompt.Kind) {
    let content = content(of: kind)
    #expect(content.actions.isEmpty && content.click == .answer(.done) && content.isLow)
  }

  @Test(arguments: Prompt.Kind.allCases)
  func everyAnswerIsOneThatItsPromptTakes(_ kind: Prompt.Kind) {
    let content = content(of: kind)
    let allowed = Answer.allowed(for: kind).map { NotificationContent.Reply.answer($0) }
    #expect(content.actions.allSatisfy { allowed.contains($0.reply) })
    #expect(content.click.map(allowed.contains) ?? true)
    #expect(content.actions.count <= 3)
    #expect(content.category == "x-nape.\(kind.rawValue)")
  }
}
