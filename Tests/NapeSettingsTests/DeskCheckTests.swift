import NapeCore
import Testing

@testable import NapeSettings

/// `Config/desk-check.toml`.
@Suite struct DeskCheckTests {
  private let check = DeskCheckQuestions.builtIn()

  @Test func nothingIsWrongWithTheFile() {
    #expect(DeskCheckQuestions.read(PackageResources.desk_check_toml).diagnostics == [])
    #expect((9...12).contains(check.questions.count))
  }

  @Test func everyQuestionIsShortAndItsAnswersCanBeToldApart() {
    for question in check.questions {
      #expect(question.text.split(separator: " ").count <= 20 && question.text.hasSuffix("?"), "\(question.id)")
      #expect((2...4).contains(question.answers.count))
      for answer in question.answers {
        #expect(question.answer(answer) == answer)
        #expect(!answer.contains { $0 == " " || $0 == "=" || $0.isUppercase })
      }
    }
  }

  @Test func firstLettersAreEnoughWhereTheyTell() {
    let question = DeskCheckQuestions.Question(id: "q", text: "?", answers: ["below", "below-all", "be"])
    #expect(question.answer("be") == "be")
    #expect(question.answer("bel") == nil)
    #expect(question.answer("below-") == "below-all")
    #expect(question.answer("") == nil && question.answer("x") == nil)
  }

  @Test func damageIsToldWithLineAndKey() {
    let text = """
      version = "1"
      [[question]]
      id = "a"
      text = "A?"
      answers = ["yes"]
      [[question]]
      id = "b"
      answers = ["yes", "no"]
      """
    #expect(
      DeskCheckQuestions.read(Array(text.utf8)).diagnostics.map(\.description) == [
        "desk-check.toml:5: answers: has one text: 2 to 4 answers",
        "desk-check.toml:6: text: is missing: text in quotes, on one line, 1 to 120 characters",
      ])
  }
}
