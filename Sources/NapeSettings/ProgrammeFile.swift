import NapeCore
import TOML

/// Reads a programme: a shipped one, one's own, or one that was prescribed. `docs/programmes.md` explains the form.
public struct ProgrammeFile {
  /// Why a file is no programme: all that is wrong with it, in the order of the lines; never empty.
  public struct Mistakes: Error, Hashable, Sendable, CustomStringConvertible {
    public let diagnostics: [Diagnostic]

    public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
  }

  private let findings: TableReader.Findings
  private var catalogue: ExerciseCatalogue

  private static let keys = [
    "name", "by", "date", "review", "cleared", "sessions_a_day", "go_on_after", "exercise", "week",
  ]
  private static let weekKeys = ["number", "title", "home", "strength", "desk", "goal"]
  private static let itemKeys = ["exercise", "level", "side", "dose", "times_a_day", "days", "instruction"]
  private static let mostWeeks = 52
  private static let mostItems = 20

  /// - Parameters:
  ///   - file: the name for messages.
  ///   - catalogue: the movements that it may ask for.
  public static func read(
    _ bytes: [UInt8], file: String, catalogue: ExerciseCatalogue
  ) throws(Mistakes) -> Programme {
    let root: Table
    do throws(SyntaxError) { root = try TOML.parse(bytes) } catch {
      let what = "column \(error.position.column): \(error.message)"
      throw Mistakes(
        diagnostics: [Diagnostic(file: file, line: error.position.line, key: "", what: what, allowed: "TOML 1.0")])
    }
    var reader = ProgrammeFile(findings: TableReader.Findings(file: file), catalogue: catalogue)
    let programme = reader.programme(root)
    let diagnostics = reader.findings.inOrder
    guard diagnostics.isEmpty, let programme else { throw Mistakes(diagnostics: diagnostics) }
    return programme
  }

  private mutating func programme(_ root: Table) -> Programme? {
    let reader = TableReader(root, line: 1, keys: Self.keys, place: "a programme", findings)
    let name = reader.text("name", longest: 60, isNeeded: true)
    let by = reader.text("by", longest: 80)
    let date = reader.date("date")
    let review = reader.date("review")
    let isCleared = reader.flag("cleared") ?? false
    let sessionsADay = reader.integer("sessions_a_day", in: 1...6) ?? 2
    // Four days' worth of seven, as in the shipped one.
    let goOnAfter = reader.integer("go_on_after", in: 1...7 * sessionsADay) ?? 4 * sessionsADay
    if by != nil, !reader.has("date") {
      findings.add(reader.line(of: "by"), "date", "is missing", "the day of the prescription such as 2026-11-25")
    }
    if isCleared, !reader.has("by") {
      findings.add(
        reader.line(of: "cleared"), "cleared", "is not for oneself to say", "only beside by: who has checked you")
    }
    if let date, let review, review < date {
      findings.add(
        reader.line(of: "review"), "review", "\(review) is before the date \(date)", "the same day or a later one")
    }
    let own = ownExercises(reader)
    let weeks = weeks(reader, isCleared: isCleared)
    guard let name, !weeks.isEmpty else { return nil }
    return Programme(
      name: name, by: by ?? "", date: date, review: review, isCleared: isCleared, sessionsADay: sessionsADay,
      goOnAfter: goOnAfter, weeks: weeks, own: own)
  }

  private mutating func ownExercises(_ reader: TableReader) -> [Exercise] {
    let exercises = ExerciseReader(findings: findings, catalogue: catalogue)
    var own: [Exercise] = []
    for (table, line) in reader.tables("exercise", most: 50) {
      guard let exercise = exercises.exercise(table, line: line) else { continue }
      if own.contains(where: { $0.id == exercise.id }) {
        findings.add(line, "id", "\(exercise.id) stands twice", "each exercise once")
      }
      own.append(exercise)
    }
    catalogue = catalogue.adding(own)
    return own
  }

  // MARK: Weeks

  private func weeks(_ reader: TableReader, isCleared: Bool) -> [Programme.Week] {
    let tables = reader.tables("week", most: Self.mostWeeks)
    if !reader.has("week") { reader.missing("week", "1 to \(Self.mostWeeks) tables with the header [[week]]") }
    var weeks: [Programme.Week] = []
    for (index, (table, line)) in tables.enumerated() {
      let week = TableReader(table, line: line, keys: Self.weekKeys, place: "a week", findings)
      let number = week.integer("number", in: 1...Self.mostWeeks, isNeeded: true)
      if let number, number != index + 1 {
        findings.add(
          week.line(of: "number"), "number", "is \(number)", "\(index + 1): weeks count from 1 without gaps, in order")
      }
      let title = week.text("title", longest: 60) ?? ""
      let goal = week.text("goal", longest: 200) ?? ""
      let home = items(week.node("home"), "home")
      let strength = items(week.node("strength"), "strength")
      let desk = desk(week, home: home, before: weeks)
      checkClearance(home + strength, week, isCleared: isCleared)
      checkClearance(desk.flatMap { $0 }, week, isCleared: isCleared)
      if !week.has("home"), index < tables.count - 1 {
        week.missing("home", "a list of exercises: a week ends by its home sessions, only the last may do without")
      } else if !week.has("home"), !week.has("strength"), !week.has("desk") {
        week.missing("home", "at least one of home, strength and desk")
      }
      weeks.append(
        Programme.Week(
          number: index + 1, title: title, home: home.map(\.item), strength: strength.map(\.item),
          desk: desk.map { $0.map(\.item) }, goal: goal))
    }
    return weeks
  }

  /// An item, where it stands, and whether the file says its level.
  private struct Placed {
    var item: Programme.Item
    var line: Int
    var saysLevel: Bool
  }

  private func checkClearance(_ items: [Placed], _ week: TableReader, isCleared: Bool) {
    guard !isCleared else { return }
    for placed in items where catalogue[placed.item.exercise]?.needsClearance ?? false {
      findings.add(
        placed.line, "exercise", "\(placed.item.exercise) is only for those whom a professional has checked",
        "cleared = true and by at the top of the file, or another exercise")
    }
  }

  private func items(_ node: Node?, _ key: String) -> [Placed] {
    let allowed =
      "a list of exercises such as [\"E01 L2\", { exercise = \"E03\", times_a_day = 2 }], \(Self.mostItems) at most"
    guard let node else { return [] }
    guard case .array(let nodes) = node.value, !nodes.isEmpty, nodes.count <= Self.mostItems else {
      let count = if case .array(let nodes) = node.value { "has \(nodes.count) entries" } else { "is \(node.kindName)" }
      findings.add(node.position.line, key, count, allowed)
      return []
    }
    var items: [Placed] = []
    for node in nodes {
      guard let placed = item(node, key) else { continue }
      if items.contains(where: { $0.item.exercise == placed.item.exercise }) {
        findings.add(placed.line, key, "\(placed.item.exercise) stands twice in one list", "each exercise once")
      }
      items.append(placed)
    }
    return items
  }

  private func item(_ node: Node, _ key: String) -> Placed? {
    let line = node.position.line
    switch node.value {
    case .string(let text):
      guard let (id, level) = reference(text, line: line, key: key) else { return nil }
      return checked(
        Placed(item: Programme.Item(exercise: id, level: level ?? 1), line: line, saysLevel: level != nil), key)
    case .table(let table):
      let reader = TableReader(table, line: line, keys: Self.itemKeys, place: "an entry of a week", findings)
      let text = reader.text("exercise", longest: 40, isNeeded: true)
      let number = reader.integer("level", in: 1...10)
      let item = Programme.Item(
        exercise: "", level: 1, side: reader.word("side", BodySide.self), dose: reader.dose("dose"),
        timesADay: reader.integer("times_a_day", in: 1...10), days: days(reader),
        instruction: reader.text("instruction", longest: 300) ?? "")
      guard let text, let (id, level) = reference(text, line: reader.line(of: "exercise"), key: "exercise") else {
        return nil
      }
      if level != nil, number != nil {
        findings.add(
          reader.line(of: "level"), "level", "is said twice", "in one place: \"\(id) L\(number ?? 1)\", or level")
      }
      var placed = Placed(item: item, line: line, saysLevel: level != nil || number != nil || item.dose != nil)
      placed.item.exercise = id
      placed.item.level = level ?? number ?? 1
      return checked(placed, reader.has("level") ? "level" : key)
    default:
      findings.add(
        line, key, "an entry is \(node.kindName)", "an exercise such as \"E01 L2\", or a table with exercise")
      return nil
    }
  }

  /// Reads `E01` and `E01 L2`.
  private func reference(_ text: String, line: Int, key: String) -> (id: String, level: Int?)? {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    let id = parts.first.map(String.init) ?? ""
    let isID = ExerciseReader.isID(id)
    if isID, let exercise = catalogue[id] {
      if parts.count == 1 { return (id, nil) }
      if parts.count == 2, let level = Self.level(parts[1]) { return (id, level) }
      findings.add(
        line, key, "\(ShownText.quoted(text)) says its level wrong",
        "the id, one space, L and a number from 1: \"\(id) L\(min(2, exercise.levels.count))\"")
      return nil
    }
    let near = catalogue.exercises.first { $0.id == id.uppercased() }?.id
    if near != nil || isID && parts.count <= 2 {
      findings.add(
        line, key, "\(ShownText.quoted(id)) is no exercise",
        near.map { "did you mean \($0)?" } ?? "an id of `nape exercise list`, or of an [[exercise]] of this file")
    } else {
      findings.add(
        line, key, "\(ShownText.quoted(text)) names no exercise",
        "an id, and a level if you like: \"E01\" or \"E01 L2\"")
    }
    return nil
  }

  /// Reads `L2`.
  private static func level(_ word: Substring) -> Int? {
    let digits = word.dropFirst()
    guard word.first == "L", digits.utf8.count <= 2, digits.first != "0", let level = Int(digits), level >= 1,
      digits.first != "+"
    else { return nil }
    return level
  }

  private func checked(_ placed: Placed, _ key: String) -> Placed? {
    guard let exercise = catalogue[placed.item.exercise] else { return nil }
    guard placed.item.level <= exercise.levels.count else {
      let levels = exercise.levels.count == 1 ? "its only level is 1" : "1 to \(exercise.levels.count)"
      findings.add(placed.line, key, "\(exercise.id) has no level \(placed.item.level)", levels)
      return nil
    }
    return placed
  }

  /// `3`, or `"3-5"`.
  private func days(_ reader: TableReader) -> ClosedRange<Int>? {
    reader.range("days", within: 1...7, "is no number of days a week", "1 to 7, or a range such as \"3-5\"")
  }

  // MARK: The desk

  /// One set `["E07", "E14"]`, several of them, or `"all"` sets of the weeks before.
  private func desk(_ week: TableReader, home: [Placed], before: [Programme.Week]) -> [[Placed]] {
    guard let node = week.node("desk") else { return [] }
    let allowed = "a set such as [\"E07\", \"E14\"], a list of sets, or \"all\" for those of the weeks before"
    switch node.value {
    case .string("all"):
      var sets: [[Programme.Item]] = []
      for set in before.flatMap(\.desk) where !sets.contains(set) { sets.append(set) }
      if sets.isEmpty { findings.add(node.position.line, "desk", "there is no set in a week before", allowed) }
      return sets.map { $0.map { Placed(item: $0, line: node.position.line, saysLevel: true) } }
    case .array(let nodes) where !nodes.isEmpty && nodes.count <= Self.mostItems:
      let isList = nodes.allSatisfy { if case .array = $0.value { true } else { false } }
      return (isList ? nodes : [node]).map { set in
        let items = items(set, "desk").map { atDesk($0, home: home) }
        check(items, line: set.position.line)
        return items
      }
    default:
      findings.add(node.position.line, "desk", "is \(node.kindName)", allowed)
      return []
    }
  }

  /// What the file does not say of it is as at home in the same week, where that suits the desk.
  private func atDesk(_ placed: Placed, home: [Placed]) -> Placed {
    guard !placed.saysLevel, let same = home.first(where: { $0.item.exercise == placed.item.exercise }),
      catalogue[same.item.exercise]?.level(same.item.level)?.desk.suitsPrompts ?? false
    else { return placed }
    var placed = placed
    placed.item.level = same.item.level
    placed.item.dose = same.item.dose
    if placed.item.side == nil { placed.item.side = same.item.side }
    if placed.item.instruction.isEmpty { placed.item.instruction = same.item.instruction }
    return placed
  }

  private func check(_ items: [Placed], line: Int) {
    var prescriptions: [ExercisePlan.Prescription] = []
    for placed in items {
      guard let exercise = catalogue[placed.item.exercise], let level = exercise.level(placed.item.level) else {
        continue
      }
      if !level.desk.suitsPrompts {
        let fitting = exercise.levels.filter(\.desk.suitsPrompts).map { String($0.number) }
        findings.add(
          placed.line, "desk", "\(exercise.id) does not suit the desk at level \(level.number)",
          fitting.isEmpty ? "another exercise" : "level \(fitting.joined(separator: " or ")), or another exercise")
      }
      prescriptions.append(
        ExercisePlan.Prescription(
          exercise: exercise, level: level, item: placed.item, dose: placed.item.dose ?? level.dose))
    }
    let length = ExercisePlan.text(of: prescriptions).count
    if length > ExercisePlan.longestText {
      findings.add(
        line, "desk", "the set's text has \(length) characters",
        "at most \(ExercisePlan.longestText): fewer exercises, or shorter prompts")
    }
  }
}
