import ArgumentParser
import NapeCore
import NapeSettings
import NapeStore

struct ExerciseDone: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "done",
    abstract: "Record what you have done.",
    discussion: """
      Works without the daemon. Sessions count from the day on which your programme began here. How it felt the next \
      morning goes into: nape exercise felt

      Examples:
        nape exercise done E07 E14
        nape exercise done --home
        nape exercise done E01 --level 2 --ago 30min
      """)

  @Argument(help: ArgumentHelp("Which, as nape exercise list names them.", valueName: "id"), completion: .exercises)
  var ids: [String] = []

  @Flag(name: .long, help: "The home session of this week of your programme, too.")
  var home = false

  @Option(name: .long, help: ArgumentHelp("The level it was done at; without it, yours.", valueName: "n"))
  var level: Int?

  @Option(name: .long, help: ArgumentHelp("When: HH:MM today, or \"YYYY-MM-DD HH:MM\".", valueName: "time"))
  var at: String?

  @Option(name: .long, help: ArgumentHelp("How long ago, for instance 30min.", valueName: "duration"))
  var ago: Length?

  func validate() throws {
    if ids.isEmpty && !home { throw ValidationError("an id or --home is needed") }
    if at != nil && ago != nil { throw ValidationError("either --at or --ago") }
  }

  func run() throws {
    var book = try ExerciseBook(writes: true)
    book.warnOfMistakes()
    let done = try time(book.now)
    var exercises = try ids.map { try book.exercise($0) }
    if home { exercises += homeSession(book.plan) }
    guard !exercises.isEmpty else { throw Failure("this week has no home session", status: 1) }
    let entries = try exercises.map { exercise in
      if let level, !(1...exercise.levels.count).contains(level) {
        throw Failure("--level is \(level): \(exercise.id) has level 1 to \(exercise.levels.count)", status: 64)
      }
      return ExerciseEntry(
        exercise: exercise.id, level: level ?? book.plan.level(of: exercise.id), done: done,
        offsetSeconds: book.now.zone.offset(atUTC: done / .second), way: .commandLine)
    }
    try book.write { (store) throws(StoreError) in try store.add(entries, entered: book.now.utc) }
    let names = entries.map { "\($0.exercise) (level \($0.level))" }
    print("Recorded: \(names.joined(separator: ", ")).")
    // What was done is safe by now, whatever comes of the questions.
    if try FirstUseDialogue.askIfOpen(book) { book = try ExerciseBook() }
    for entry in entries {
      guard let objection = book.plan.objection(to: entry.exercise) else { continue }
      print("\(entry.exercise) is not advised now: \(ExerciseText.why(objection)).")
    }
    if let start = start(of: book, after: done) {
      print("It counts for no session: those of your programme count from \(start).")
    }
    let plan = try ExerciseBook().plan
    print(ExerciseProgramme.progressLine(plan))
  }

  /// The day from which sessions count, where that is later than what was done.
  private func start(of book: ExerciseBook, after done: Microseconds) -> LocalDate? {
    let offset = book.now.zone.offset(atUTC: done / .second)
    guard let start = book.history.start?.since else { return nil }
    return WallTime.date(utcMicroseconds: done, offsetSeconds: offset) < start ? start : nil
  }

  /// Without what is to be left out after a red morning.
  private func homeSession(_ plan: ExercisePlan) -> [Exercise] {
    plan.week.home.compactMap { item in
      if case .rests = plan.objection(to: item.exercise) { return nil }
      return plan.catalogue[item.exercise]
    }
  }

  /// UTC in µs.
  private func time(_ now: Now) throws -> Microseconds {
    if let ago { return now.utc - ago.microseconds }
    guard let at else { return now.utc }
    let text = at.count == 5 ? "\(now.today)T\(at):00" : at.split(separator: " ").joined(separator: "T") + ":00"
    guard let local = WallTime.localSeconds(text) else {
      throw Failure(
        "--at is \(Failure.quoted(at)): HH:MM, or \"YYYY-MM-DD HH:MM\"", status: 64)
    }
    let utc = now.zone.utc(local: local) * .second
    guard utc <= now.utc else { throw Failure("--at is in the future: a time up to now", status: 1) }
    return utc
  }
}
