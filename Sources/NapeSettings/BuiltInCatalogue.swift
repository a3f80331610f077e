import NapeCore
import TOML

extension ExerciseCatalogue {
  /// What `Config/exercises.toml` says.
  public static func builtIn() -> ExerciseCatalogue { readBuiltIn().catalogue }

  /// - Returns: the catalogue, and what is wrong with the file; a test holds that nothing is.
  static func readBuiltIn() -> (catalogue: ExerciseCatalogue, diagnostics: [Diagnostic]) {
    let findings = TableReader.Findings(file: "exercises.toml")
    let empty = Safety(
      stop: [], stopThen: "", emergency: [], emergencyThen: "", conventions: [], green: "", amber: "", red: "",
      twoReds: "", askFirst: "", offer: "")
    var catalogue = ExerciseCatalogue(exercises: [], safety: empty, questions: [:])
    do throws(SyntaxError) {
      let root = try TOML.parse(PackageResources.exercises_toml)
      let keys = ["safety", "question", "exercise"]
      let reader = TableReader(root, line: 1, keys: keys, place: "the catalogue", findings)
      if let node = reader.node("safety"), case .table(let table) = node.value {
        catalogue.safety = safety(table, line: node.position.line, findings)
      } else {
        reader.missing("safety", "a table with the stop rules")
      }
      for (table, line) in reader.tables("question", most: 10) {
        let question = TableReader(table, line: line, keys: ["id", "text"], place: "a question", findings)
        guard let id = question.word("id", FirstUse.Question.self),
          let text = question.text("text", longest: 200, isNeeded: true)
        else { continue }
        catalogue.questions[id] = text
      }
      let exercises = ExerciseReader(findings: findings, catalogue: nil)
      for (table, line) in reader.tables("exercise", most: 100) {
        guard let exercise = exercises.exercise(table, line: line) else { continue }
        if catalogue[exercise.id] != nil { findings.add(line, "id", "\(exercise.id) stands twice", "each id once") }
        catalogue.exercises.append(exercise)
      }
    } catch {
      findings.add(error.position.line, "", error.message, "TOML 1.0")
    }
    return (catalogue, findings.inOrder)
  }

  private static func safety(_ table: Table, line: Int, _ findings: TableReader.Findings) -> Safety {
    let keys = [
      "stop", "stop_then", "emergency", "emergency_then", "conventions", "green", "amber", "red", "two_reds",
      "ask_first", "offer",
    ]
    let reader = TableReader(table, line: line, keys: keys, place: "safety", findings)
    func text(_ key: String) -> String { reader.text(key, longest: 200, isNeeded: true) ?? "" }
    return Safety(
      stop: reader.texts("stop", most: 8, longest: 120, isNeeded: true), stopThen: text("stop_then"),
      emergency: reader.texts("emergency", most: 8, longest: 120, isNeeded: true),
      emergencyThen: text("emergency_then"),
      conventions: reader.texts("conventions", most: 8, longest: 120, isNeeded: true),
      green: text("green"), amber: text("amber"), red: text("red"), twoReds: text("two_reds"),
      askFirst: text("ask_first"), offer: text("offer"))
  }
}
