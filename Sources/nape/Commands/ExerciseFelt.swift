import ArgumentParser
import NapeCore
import NapeStore

struct ExerciseFelt: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "felt",
    abstract: "Say how an exercise felt the next morning, from 0 to 10.",
    discussion: """
      0 to 2 is green, 3 and 4 amber, 5 and more red; so is any pain that is worse than usual the next day. Red takes the \
      exercise one level back and leaves it out for two days.

      Examples:
        nape exercise felt E01 1
        nape exercise felt E08 3 --worse
      """)

  @Argument(help: ArgumentHelp("Which.", valueName: "id"), completion: .exercises)
  var id: String

  @Argument(help: ArgumentHelp("Pain the next morning, 0 to 10.", valueName: "pain"))
  var pain: Int

  @Flag(name: .long, help: "It was worse than usual the next day.")
  var worse = false

  func validate() throws {
    guard (0...10).contains(pain) else { throw ValidationError("pain is \(pain): from 0 to 10") }
  }

  func run() throws {
    let book = try ExerciseBook(writes: true)
    let exercise = try book.exercise(id)
    let last: ExerciseEntry?
    do throws(StoreError) { last = try book.store?.exercises().last { $0.exercise == exercise.id } } catch {
      throw Failure("\(error)", status: 1)
    }
    guard let last else {
      throw Failure("\(exercise.id) has not been recorded yet: nape exercise done \(exercise.id)", status: 1)
    }
    let rating = ExerciseRating(
      exercise: exercise.id, level: last.level, day: book.now.today, pain: pain, worse: worse)
    try book.write { (store) throws(StoreError) in
      try store.add([rating], at: book.now.utc, offsetSeconds: book.now.offsetSeconds, way: .commandLine)
    }
    let plan = try ExerciseBook().plan
    print(book.catalogue.safety.text(rating.light))
    print("\(exercise.id) is at level \(plan.level(of: exercise.id)) of \(exercise.levels.count) now.")
    if plan.cap(of: exercise.id)?.redsInARow ?? 0 >= 2 { print(book.catalogue.safety.twoReds) }
  }
}
