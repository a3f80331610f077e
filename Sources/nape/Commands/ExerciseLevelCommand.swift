import ArgumentParser
import NapeCore
import NapeStore

struct ExerciseLevelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "level",
    abstract: "Choose your own level of an exercise, in place of the programme's.",
    discussion: """
      After a red morning it is lowered all the same, and rises again with green ones. What was prescribed for you can only be \
      lowered here.

      Examples:
        nape exercise level E01 1
        nape exercise level E01 programme
      """)

  @Argument(help: ArgumentHelp("Which.", valueName: "id"), completion: .exercises)
  var id: String

  @Argument(
    help: ArgumentHelp("A number from 1, or \"programme\".", valueName: "level"), completion: .list(["programme"]))
  var level: String

  func run() throws {
    let book = try ExerciseBook(writes: true)
    let exercise = try book.exercise(id)
    let number = level == "programme" ? nil : Int(level)
    guard level == "programme" || number.map({ (1...exercise.levels.count).contains($0) }) ?? false else {
      throw Failure(
        "the level is \(Failure.quoted(level)): 1 to \(exercise.levels.count), or programme", status: 64)
    }
    try book.write { (store) throws(StoreError) in
      try store.setLevel(of: exercise.id, to: number, at: book.now.utc)
    }
    let now = try ExerciseBook().plan.level(of: exercise.id)
    print("\(exercise.id) is at level \(now) of \(exercise.levels.count) now.")
  }
}
