import ArgumentParser
import JSON
import NapeCore
import NapeStore

struct ExerciseQuestions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "questions",
    abstract: "Answer the five questions that come before exercises.",
    discussion: """
      On a terminal they are asked one by one; elsewhere answers are given as words. After any yes, exercises stay off \
      until a professional has cleared you (--cleared). The answers stay on this machine.

      Examples:
        nape exercise questions
        nape exercise questions injury=no pregnancy=no
        nape exercise questions --cleared
      """)

  @Argument(
    help: ArgumentHelp(
      "injury, rheumatoid, osteoporosis, pregnancy, dizziness; each with yes or no.", valueName: "question=answer"))
  var words: [String] = []

  @Flag(
    name: .long, inversion: .prefixedNo,
    help: "A health professional has checked you and cleared you for exercise, the towel-assisted turn included.")
  var cleared: Bool?

  @Flag(name: .long, help: "Print what is answered as a JSON object.")
  var json = false

  func run() throws {
    let catalogue = ExerciseCatalogue.builtIn()
    let answers = try answers()
    if answers.isEmpty, cleared == nil, !json, Terminal.isThere {
      _ = try FirstUseDialogue.ask(FirstUse.Question.allCases, catalogue: catalogue)
    } else if !answers.isEmpty || cleared != nil {
      let book = try ExerciseBook(writes: true)
      try book.write { (store) throws(StoreError) in
        try store.add(answers: answers, isCleared: cleared, at: book.now.utc)
      }
    }
    let book = try ExerciseBook()
    print(json ? asJSON(book) : asText(book))
  }

  private func answers() throws -> [FirstUse.Question: Bool] {
    var answers: [FirstUse.Question: Bool] = [:]
    for word in words {
      let parts = word.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, let question = FirstUse.Question(rawValue: parts[0]), ["yes", "no"].contains(parts[1])
      else {
        let names = FirstUse.Question.allCases.map(\.rawValue).joined(separator: ", ")
        throw Failure("\(Failure.quoted(word)): one of \(names), then =yes or =no", status: 64)
      }
      answers[question] = parts[1] == "yes"
    }
    return answers
  }

  private func asText(_ book: ExerciseBook) -> String {
    var rows: [[String]] = FirstUse.Question.allCases.map { question in
      let answer = book.history.firstUse.answers[question].map { $0 ? "yes" : "no" } ?? "not answered"
      return [question.rawValue, answer, book.catalogue.questions[question] ?? ""]
    }
    rows.append([
      "cleared", book.history.firstUse.isCleared ? "yes" : "no", "A professional has checked you and cleared you.",
    ])
    let verdict =
      switch book.plan.verdict {
      case .ready: "Exercises are on."
      case .askFirst: book.catalogue.safety.askFirst
      case .unanswered: "Until all are answered, only movements marked safe are prompted."
      }
    return TextTable.text(rows) + "\n\n" + verdict
  }

  private func asJSON(_ book: ExerciseBook) -> String {
    var members = FirstUse.Question.allCases.map { question in
      (question.rawValue, book.history.firstUse.answers[question].map(String.init) ?? "null")
    }
    members.append(("cleared", String(book.history.firstUse.isCleared)))
    let verdict =
      switch book.plan.verdict {
      case .ready: "ready"
      case .askFirst: "ask-first"
      case .unanswered: "unanswered"
      }
    members.append(("verdict", JSONText.quoted(verdict)))
    return JSONText.object(members)
  }
}
