import NapeCore
import TOML

extension DeskCheckQuestions {
  /// What `Config/desk-check.toml` says.
  public static func builtIn() -> DeskCheckQuestions { read(PackageResources.desk_check_toml).check }

  /// - Returns: the questions, and what is wrong with the file; a test holds that nothing is.
  static func read(_ bytes: [UInt8]) -> (check: DeskCheckQuestions, diagnostics: [Diagnostic]) {
    let findings = TableReader.Findings(file: "desk-check.toml")
    var check = DeskCheckQuestions()
    do throws(SyntaxError) {
      let root = try TOML.parse(bytes)
      let reader = TableReader(root, line: 1, keys: ["version", "question"], place: "the desk check", findings)
      check.version = reader.text("version", longest: 20, isNeeded: true) ?? ""
      for (table, line) in reader.tables("question", most: 20) {
        guard let question = question(table, line: line, findings) else { continue }
        if check[question.id] != nil { findings.add(line, "id", "\(question.id) stands twice", "each id once") }
        check.questions.append(question)
      }
    } catch {
      findings.add(error.position.line, "", error.message, "TOML 1.0")
    }
    return (check, findings.inOrder)
  }

  private static func question(_ table: Table, line: Int, _ findings: TableReader.Findings) -> Question? {
    let reader = TableReader(
      table, line: line, keys: ["id", "text", "answers"], place: "a question", findings)
    let id = reader.id()
    let text = reader.text("text", longest: 120, isNeeded: true)
    let answers = reader.texts("answers", most: 4, longest: 20, isNeeded: true)
    if answers.count == 1 { findings.add(reader.line(of: "answers"), "answers", "has one text", "2 to 4 answers") }
    guard let id, let text, answers.count > 1 else { return nil }
    return Question(id: id, text: text, answers: answers)
  }
}
