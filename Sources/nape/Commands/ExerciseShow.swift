import ArgumentParser
import Glibc
import JSON
import NapeCore

struct ExerciseShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show how an exercise is done; without an id, those that a prompt would ask for now.",
    discussion: """
      A * marks your level of now. A picture is shown in terminals that can (kitty, WezTerm, iTerm2) where rsvg-convert is \
      installed; elsewhere its path is printed.

      Examples:
        nape exercise show
        nape exercise show E14
      """)

  @Argument(help: ArgumentHelp("Which, as nape exercise list names them.", valueName: "id"), completion: .exercises)
  var ids: [String] = []

  @Flag(name: .long, help: "Print a JSON array.")
  var json = false

  func run() throws {
    let book = try ExerciseBook()
    book.warnOfMistakes()
    let isNow = ids.isEmpty
    let exercises = try isNow ? ofNow(book.plan) : ids.map { try book.exercise($0) }
    if json { return print(JSONText.array(exercises.map { asJSON($0, book.plan) })) }
    guard !exercises.isEmpty else {
      let why = book.plan.verdict == .askFirst ? book.catalogue.safety.askFirst : "No exercise is advised now."
      return print(why)
    }
    if isNow, book.plan.restriction == .headache { print(book.catalogue.safety.offer + "\n") }
    for exercise in exercises { show(exercise, book.plan) }
    print(ExerciseText.stopRules(book.catalogue.safety).joined(separator: "\n"))
  }

  /// The movements of the sets of now, each once.
  private func ofNow(_ plan: ExercisePlan) -> [Exercise] {
    var ids: [String] = []
    for id in plan.sets.flatMap(\.exercises) where !ids.contains(id) { ids.append(id) }
    return ids.compactMap { plan.catalogue[$0] }
  }

  private func show(_ exercise: Exercise, _ plan: ExercisePlan) {
    guard let prescription = plan.prescription(for: exercise.id) else { return }
    print(exercise.id + "  " + exercise.name + (exercise.term.isEmpty ? "" : " (\(exercise.term))"))
    if let objection = plan.objection(to: exercise.id) { print("Not advised now: \(ExerciseText.why(objection))") }
    let picture = PictureFile.path(exercise.picture)
    if let picture, InlinePicture.show(picture) { print("") }
    for (number, step) in exercise.steps.enumerated() { print("  \(number + 1). \(step)") }
    let often = ExerciseText.often(prescription)
    let now = prescription.level.number
    var rows = exercise.levels.map { level in
      [level.number == now ? "*" : "", "level \(level.number)", dose(level, prescription) + note(level.position)]
    }
    let count = exercise.levels.count
    let whole = "level \(now) of \(count): \(prescription.doseSigns)"
    rows.append(["", "now", [whole, often].filter { !$0.isEmpty }.joined(separator: "; ")])
    if !prescription.item.instruction.isEmpty { rows.append(["", "for you", prescription.item.instruction]) }
    rows += exercise.cautions.map { ["", "care", $0] }
    rows.append(["", "stop", exercise.stop])
    if !exercise.sources.isEmpty { rows.append(["", "source", exercise.sources.joined(separator: "; ")]) }
    if let picture { rows.append(["", "picture", picture]) }
    print(TextTable.text(rows) + "\n")
  }

  /// What a level asks for, whatever is prescribed in its place.
  private func dose(_ level: ExerciseLevel, _ prescription: ExercisePlan.Prescription) -> String {
    level.dose.signs(eachSide: level.eachSide, side: prescription.item.side)
  }

  private func note(_ position: String) -> String { position.isEmpty ? "" : ": \(position)" }

  private func levels(_ prescription: ExercisePlan.Prescription) -> [String] {
    prescription.exercise.levels.map { level in
      JSONText.object([
        ("level", String(level.number)),
        ("dose", JSONText.quoted(dose(level, prescription))),
        ("position", JSONText.quoted(level.position)),
        ("now", String(level.number == prescription.level.number)),
      ])
    }
  }

  private func asJSON(_ exercise: Exercise, _ plan: ExercisePlan) -> String {
    let prescription = plan.prescription(for: exercise.id)
    return JSONText.object([
      ("id", JSONText.quoted(exercise.id)),
      ("name", JSONText.quoted(exercise.name)),
      ("term", JSONText.quoted(exercise.term)),
      ("steps", JSONText.strings(exercise.steps)),
      ("level", JSONText.optional(prescription?.level.number)),
      ("levels", JSONText.array(prescription.map(levels) ?? [])),
      ("dose", JSONText.optional(prescription?.doseSigns)),
      ("position", JSONText.optional(prescription?.level.position)),
      ("instruction", JSONText.optional(prescription?.item.instruction)),
      ("cautions", JSONText.strings(exercise.cautions)),
      ("stop", JSONText.strings([exercise.stop] + plan.catalogue.safety.stop + plan.catalogue.safety.emergency)),
      ("source", JSONText.strings(exercise.sources)),
      ("picture", JSONText.optional(PictureFile.path(exercise.picture))),
      ("advised", String(plan.objection(to: exercise.id) == nil)),
    ])
  }
}
