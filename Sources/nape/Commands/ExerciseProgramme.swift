import ArgumentParser
import JSON
import NapeCore
import NapeStore

struct ExerciseProgramme: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "programme",
    abstract: "Show your programme: the week, today's home session, the desk set, and what takes you on.",
    discussion: """
      A week lasts until enough of its sessions are done, however many days that takes. With --week you start one by hand, \
      for instance to repeat it. A programme that your physiotherapist has written is set with exercises.programme.

      Examples:
        nape exercise programme
        nape exercise programme --week 2
      """)

  @Option(name: .long, help: ArgumentHelp("Start this week now.", valueName: "n"))
  var week: Int?

  @Flag(name: .long, help: "Print one JSON object.")
  var json = false

  func run() throws {
    if let week { try start(week) }
    var book = try ExerciseBook()
    book.warnOfMistakes()
    if try !json && FirstUseDialogue.askIfOpen(book) { book = try ExerciseBook() }
    print(json ? asJSON(book) : asText(book))
  }

  private func start(_ week: Int) throws {
    let book = try ExerciseBook(writes: true)
    guard book.mistakes.isEmpty else {
      throw Failure(book.mistakes.map(\.description).joined(separator: "\n"), status: 78)
    }
    guard (1...book.programme.weeks.count).contains(week) else {
      throw Failure("--week is \(week): 1 to \(book.programme.weeks.count)", status: 64)
    }
    try book.write { (store) throws(StoreError) in
      try store.startWeek(week, of: book.programme, at: book.now.utc, offsetSeconds: book.now.offsetSeconds)
    }
  }

  static func progressLine(_ plan: ExercisePlan) -> String {
    let progress = plan.progress
    let count = "\(progress.sessions) session\(progress.sessions == 1 ? "" : "s")"
    if progress.isLastWeek { return "\(count) in the last seven days; this week stays." }
    return
      "\(count) of \(plan.programme.sessionsAWeek) this week; \(plan.programme.goOnAfter) take you on, in your own time."
  }

  private func asText(_ book: ExerciseBook) -> String {
    let plan = book.plan
    let programme = plan.programme
    var lines = [programme.name]
    if programme.isPrescribed {
      let date = programme.date.map { ", \($0)" } ?? ""
      lines[0] += " by \(programme.by)\(date)" + (programme.review.map { "; to be reviewed \($0)" } ?? "")
    }
    let title = plan.week.title.isEmpty ? "" : " (\(plan.week.title))"
    lines.append("Week \(plan.week.number) of \(programme.weeks.count)\(title): \(Self.progressLine(plan))")
    if !plan.week.goal.isEmpty { lines.append("Goal: \(plan.week.goal)") }
    if plan.verdict == .askFirst { lines.append(book.catalogue.safety.askFirst) }
    let sessions = programme.sessionsADay == 1 ? "once a day" : "\(programme.sessionsADay) times a day"
    lines += section("Home session, \(sessions)", plan.week.home, plan, withDay: false)
    lines += section("Strength", plan.week.strength, plan, withDay: true)
    let sets = plan.sets
    if !sets.isEmpty {
      lines += ["", "At the desk"] + sets.map { "  \($0.exercises.joined(separator: " + ")): \($0.text)" }
    }
    lines += [""] + ExerciseText.stopRules(book.catalogue.safety)
    return lines.joined(separator: "\n")
  }

  private func section(
    _ title: String, _ items: [Programme.Item], _ plan: ExercisePlan, withDay: Bool
  ) -> [String] {
    let rows = items.compactMap { item -> [String]? in
      guard let prescription = plan.prescription(for: item) else { return nil }
      let own = item.timesADay.map { $0 != plan.programme.sessionsADay } ?? false
      let objection = plan.objection(to: item.exercise).map { "(\(ExerciseText.why($0)))" }
      let notes = [ExerciseText.often(prescription, withDay: withDay || own), item.instruction, objection ?? ""]
      return [
        " ", prescription.exercise.id, prescription.exercise.name, "level \(prescription.level.number)",
        prescription.doseSigns, notes.filter { !$0.isEmpty }.joined(separator: "; "),
      ]
    }
    return rows.isEmpty ? [] : ["", title, TextTable.text(rows)]
  }

  private func asJSON(_ book: ExerciseBook) -> String {
    let plan = book.plan
    func list(_ items: [Programme.Item]) -> String {
      JSONText.array(items.compactMap { plan.prescription(for: $0) }.map(ExerciseText.json))
    }
    return JSONText.object([
      ("programme", JSONText.quoted(plan.programme.name)),
      ("by", JSONText.optional(plan.programme.isPrescribed ? plan.programme.by : nil)),
      ("date", JSONText.optional(plan.programme.date?.description)),
      ("review", JSONText.optional(plan.programme.review?.description)),
      ("week", String(plan.week.number)),
      ("weeks", String(plan.programme.weeks.count)),
      ("sessions_done", String(plan.progress.sessions)),
      ("sessions_planned", String(plan.programme.sessionsAWeek)),
      ("go_on_after", String(plan.programme.goOnAfter)),
      ("sessions_in_all", String(plan.progress.sessionsInAll)),
      ("goal", JSONText.quoted(plan.week.goal)),
      ("home", list(plan.week.home)),
      ("strength", list(plan.week.strength)),
      (
        "desk",
        JSONText.array(
          plan.sets.map { set in
            JSONText.object([
              ("exercises", JSONText.strings(set.exercises)), ("text", JSONText.quoted(set.text)),
            ])
          })
      ),
      ("stop", JSONText.strings(book.catalogue.safety.stop + book.catalogue.safety.emergency)),
    ])
  }
}
