import NapeCore
import NapeSimulation

/// Exercises as text for people and for programs.
enum ExerciseText {
  /// What was typed, fit to be shown.
  static func quoted(_ text: String) -> String { JSONText.quoted(String(text.prefix(40))) }

  static func why(_ objection: ExercisePlan.Objection) -> String {
    switch objection {
    case .warningSign: "not while a warning sign is open"
    case .askFirst: "ask a health professional first"
    case .unanswered: "after the five questions"
    case .needsClearance: "only when a professional has cleared you"
    case .headache: "not during a headache"
    case .rests(let until): "rests until \(until)"
    }
  }

  /// A word for programs.
  static func code(_ objection: ExercisePlan.Objection) -> String {
    switch objection {
    case .warningSign: "warning-sign"
    case .askFirst: "ask-first"
    case .unanswered: "unanswered"
    case .needsClearance: "needs-clearance"
    case .headache: "headache"
    case .rests: "rests"
    }
  }

  static func desk(_ fit: DeskFit) -> String {
    switch fit {
    case .yes: "sitting"
    case .stand: "standing"
    case .leave: "away from it"
    case .no: "no"
    }
  }

  /// How often: "2 times a day, 3–5 days a week".
  static func often(_ prescription: ExercisePlan.Prescription, withDay: Bool = true) -> String {
    var parts: [String] = []
    if withDay, let times = prescription.timesADay {
      parts.append(times == 1...1 ? "once a day" : "\(range(times)) times a day")
    }
    if let days = prescription.daysAWeek {
      parts.append("\(range(days)) day\(days.upperBound == 1 ? "" : "s") a week")
    }
    return parts.joined(separator: ", ")
  }

  private static func range(_ range: ClosedRange<Int>) -> String {
    range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)–\(range.upperBound)"
  }

  /// A table with two spaces between its columns; the last is not filled up.
  static func table(_ rows: [[String]]) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let isLast = column == row.count - 1
        line += cell + (isLast ? "" : String(repeating: " ", count: widths[column] - cell.count + 2))
      }
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }

  /// How hard, and when to stop, whatever is done; stands with every set.
  static func stopRules(_ safety: ExerciseCatalogue.Safety) -> [String] {
    safety.conventions + ["For all of them: " + safety.stopThen] + safety.stop.map { "  - \($0)" }
      + ["At any of these: " + safety.emergencyThen] + safety.emergency.map { "  - \($0)" }
  }

  // MARK: JSON

  static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { "\(JSONText.quoted($0)): \($1)" }.joined(separator: ", ") + "}"
  }

  static func array(_ items: [String]) -> String { "[" + items.joined(separator: ", ") + "]" }

  static func strings(_ items: [String]) -> String { array(items.map(JSONText.quoted)) }

  static func optional(_ text: String?) -> String { text.map(JSONText.quoted) ?? "null" }

  static func optional(_ number: Int?) -> String { number.map(String.init) ?? "null" }

  /// One movement of the programme's week.
  static func json(_ prescription: ExercisePlan.Prescription) -> String {
    object([
      ("id", JSONText.quoted(prescription.exercise.id)),
      ("name", JSONText.quoted(prescription.exercise.name)),
      ("level", String(prescription.level.number)),
      ("dose", JSONText.quoted(prescription.doseSigns)),
      ("side", optional(prescription.item.side?.rawValue)),
      ("times_a_day", optional(prescription.timesADay?.upperBound)),
      ("days_a_week", prescription.daysAWeek.map { "[\($0.lowerBound), \($0.upperBound)]" } ?? "null"),
      ("instruction", JSONText.quoted(prescription.item.instruction)),
    ])
  }
}
