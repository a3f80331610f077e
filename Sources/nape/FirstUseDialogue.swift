import Glibc
import NapeCore
import NapeStore

/// Asks the first-use questions on a terminal.
enum FirstUseDialogue {
  /// Asks what is open, where somebody can answer; elsewhere says that it is open.
  ///
  /// - Returns: whether something was answered.
  static func askIfOpen(_ book: ExerciseBook) throws -> Bool {
    guard book.plan.verdict == .unanswered else { return false }
    let count = book.history.firstUse.open.count
    guard Terminal.isThere else {
      StandardError.write(
        "nape: \(count) of the five questions about your health are not answered, so only movements marked safe are "
          + "prompted. Answer them with: nape exercise questions\n")
      return false
    }
    try WarningSignsDialogue.acknowledgeIfNew(DiaryBook(writes: true))
    print(
      "Before the first exercises, \(count == 5 ? "five" : String(count)) short questions. Enter alone leaves it for later.\n"
    )
    return try ask(book.history.firstUse.open, catalogue: book.catalogue)
  }

  /// Asks one question after the other, and stores what was answered.
  static func ask(_ questions: [FirstUse.Question], catalogue: ExerciseCatalogue) throws -> Bool {
    var answers: [FirstUse.Question: Bool] = [:]
    asking: for question in questions {
      while true {
        print("\(catalogue.questions[question] ?? question.rawValue) [y/n] ", terminator: "")
        fflush(nil)
        guard let line = readLine() else { break asking }
        if line.allSatisfy(\.isWhitespace) { break asking }
        guard let answer = YesOrNo.meant(by: line) else { continue }
        answers[question] = answer
        break
      }
    }
    guard !answers.isEmpty else {
      print("\nYou can answer any time: nape exercise questions\n")
      return false
    }
    let book = try ExerciseBook(writes: true)
    try book.write { (store) throws(StoreError) in
      try store.add(answers: answers, isCleared: nil, at: book.now.utc)
    }
    print("")
    if try ExerciseBook().plan.verdict == .askFirst { print(catalogue.safety.askFirst + "\n") }
    return true
  }
}
