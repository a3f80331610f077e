import NapeCore
import SQLite

/// A checkpoint as rows of names and values, and back. Names that are not known are passed over, so that an older
/// version goes on from what a newer one stored.
enum CheckpointRows {
  static func rows(of checkpoint: Checkpoint) -> [(String, Value)] {
    var rows: [(String, Value)] = [
      ("boot_id", .text(checkpoint.bootID))
    ]
    rows += moment(checkpoint.made, "made")
    for (index, span) in checkpoint.open.enumerated() {
      let prefix = "open.\(index)"
      rows.append((prefix + ".kind", .text(span.kind.rawValue)))
      rows.append((prefix + ".evidence", .text(span.evidence.rawValue)))
      rows.append((prefix + ".length_usec", .integer(span.length)))
      rows += moment(span.begin, prefix)
    }
    if let bout = checkpoint.bout {
      rows.append(("bout.from_usec", .integer(bout.from)))
      rows.append(("bout.to_usec", .integer(bout.to)))
      rows.append(("bout.sitting_usec", .integer(bout.sitting)))
    }
    if let prompt = checkpoint.openPrompt {
      rows.append(("prompt.id", .integer(Int64(clamping: prompt.id))))
      rows.append(("prompt.kind", .text(prompt.kind.rawValue)))
    }
    for (mark, value) in checkpoint.marks { rows.append(("mark.\(mark.rawValue)", .integer(value))) }
    for day in checkpoint.days { rows += self.rows(of: day) }
    return rows
  }

  private static func rows(of day: DayCount) -> [(String, Value)] {
    let prefix = "day.\(day.date.daysSinceEpoch)"
    return [
      (prefix, .integer(day.sitting)),
      (prefix + ".standing", .integer(day.standing)),
      (prefix + ".exercise_prompts", .integer(Int64(day.exercisePrompts))),
      (prefix + ".budget_prompted", .integer(Int64(day.budgetPrompted))),
      (prefix + ".asked_about", .integer(day.isAskedAbout ? 1 : 0)),
    ]
  }

  private static func moment(_ moment: Moment, _ prefix: String) -> [(String, Value)] {
    [
      (prefix + ".boottime_usec", .integer(moment.boot)),
      (prefix + ".monotonic_usec", .integer(moment.monotonic)),
      (prefix + ".utc_usec", .integer(moment.wall)),
      (prefix + ".offset_s", .integer(Int64(moment.offsetSeconds))),
    ]
  }

  /// - Returns: `nil` where the rows hold no checkpoint.
  static func checkpoint(from rows: [String: Value]) -> Checkpoint? {
    func integer(_ name: String) -> Int64? {
      if case .integer(let value)? = rows[name] { Row.bounded(value) } else { nil }
    }
    func text(_ name: String) -> String? { if case .text(let value)? = rows[name] { value } else { nil } }
    func moment(_ prefix: String) -> Moment? {
      guard let boot = integer(prefix + ".boottime_usec"), let monotonic = integer(prefix + ".monotonic_usec"),
        let wall = integer(prefix + ".utc_usec"), let offset = integer(prefix + ".offset_s")
      else { return nil }
      return Moment(boot: boot, monotonic: monotonic, wall: wall, offsetSeconds: Row.boundedOffset(offset))
    }
    guard let made = moment("made"), let bootID = text("boot_id") else { return nil }

    var open: [Span] = []
    while let begin = moment("open.\(open.count)"), let length = integer("open.\(open.count).length_usec"), length > 0 {
      let prefix = "open.\(open.count)"
      open.append(
        Span(
          kind: text(prefix + ".kind").flatMap(Span.Kind.init) ?? .unknown,
          evidence: text(prefix + ".evidence").flatMap(Evidence.init) ?? .notRunning,
          begin: begin, length: Row.boundedLength(length), bootID: bootID))
    }
    var bout: Checkpoint.OpenBout?
    if let from = integer("bout.from_usec"), let sitting = integer("bout.sitting_usec") {
      bout = .init(from: from, to: integer("bout.to_usec") ?? from + sitting, sitting: sitting)
    }
    var prompt: Checkpoint.OpenPromptID?
    if let id = integer("prompt.id"), let kind = text("prompt.kind").flatMap(Prompt.Kind.init) {
      prompt = .init(id: UInt64(clamping: id), kind: kind)
    }
    var marks: [Checkpoint.Mark: Int64] = [:]
    for mark in Checkpoint.Mark.allCases { marks[mark] = integer("mark.\(mark.rawValue)") }
    let days = rows.keys.compactMap { name -> DayCount? in
      guard name.hasPrefix("day."), let day = Int(name.dropFirst(4)), let sitting = integer(name) else { return nil }
      return DayCount(
        date: Row.boundedDay(Int64(day)), sitting: sitting, standing: integer(name + ".standing") ?? 0,
        exercisePrompts: Int(clamping: integer(name + ".exercise_prompts") ?? 0),
        budgetPrompted: Int(clamping: integer(name + ".budget_prompted") ?? 0),
        isAskedAbout: integer(name + ".asked_about") == 1)
    }
    return Checkpoint(
      made: made, bootID: bootID, open: open, bout: bout, openPrompt: prompt, marks: marks,
      days: days.sorted { $0.date < $1.date })
  }
}
