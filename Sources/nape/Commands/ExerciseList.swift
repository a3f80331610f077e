import ArgumentParser
import JSON
import NapeCore

struct ExerciseList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List all exercises with your level, and whether they are advised now.",
    discussion: """
      A * marks those of this week of your programme.

      Examples:
        nape exercise list
        nape exercise list --json
      """)

  @Flag(name: .long, help: "Print a JSON array.")
  var json = false

  func run() throws {
    var book = try ExerciseBook()
    book.warnOfMistakes()
    if try !json && FirstUseDialogue.askIfOpen(book) { book = try ExerciseBook() }
    print(json ? asJSON(book.plan) : asTable(book.plan))
    guard !json else { return }
    if book.plan.verdict == .askFirst { print("\n" + book.catalogue.safety.askFirst) }
    for exercise in book.plan.catalogue.exercises where book.plan.cap(of: exercise.id)?.redsInARow ?? 0 >= 2 {
      print("\n\(exercise.id): \(book.catalogue.safety.twoReds)")
    }
  }

  private func asTable(_ plan: ExercisePlan) -> String {
    let asked = plan.week.exercises
    var rows = [["", "id", "name", "level", "dose", "at the desk", "now"]]
    for exercise in plan.catalogue.exercises {
      guard let prescription = plan.prescription(for: exercise.id) else { continue }
      rows.append([
        asked.contains(exercise.id) ? "*" : "", exercise.id, exercise.name,
        "\(prescription.level.number) of \(exercise.levels.count)", prescription.doseSigns,
        ExerciseText.desk(prescription.level.desk), plan.objection(to: exercise.id).map(ExerciseText.why) ?? "yes",
      ])
    }
    return TextTable.text(rows)
  }

  private func asJSON(_ plan: ExercisePlan) -> String {
    let asked = plan.week.exercises
    return JSONText.array(
      plan.catalogue.exercises.compactMap { exercise in
        guard let prescription = plan.prescription(for: exercise.id) else { return nil }
        let objection = plan.objection(to: exercise.id)
        return JSONText.object([
          ("id", JSONText.quoted(exercise.id)),
          ("name", JSONText.quoted(exercise.name)),
          ("level", String(prescription.level.number)),
          ("levels", String(exercise.levels.count)),
          ("dose", JSONText.quoted(prescription.doseSigns)),
          ("desk", JSONText.quoted(prescription.level.desk.rawValue)),
          ("this_week", String(asked.contains(exercise.id))),
          ("advised", String(objection == nil)),
          ("because", JSONText.optional(objection.map(ExerciseText.code))),
        ])
      })
  }
}
