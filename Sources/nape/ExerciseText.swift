import JSON
import NapeCore

/// Exercises as text for people and for programs.
enum ExerciseText {
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

  /// How hard, and when to stop, whatever is done; stands with every set.
  static func stopRules(_ safety: ExerciseCatalogue.Safety) -> [String] {
    safety.conventions + ["For all of them: " + safety.stopThen] + safety.stop.map { "  - \($0)" }
      + ["At any of these: " + safety.emergencyThen] + safety.emergency.map { "  - \($0)" }
  }

  // MARK: JSON

  /// One movement of the programme's week.
  static func json(_ prescription: ExercisePlan.Prescription) -> String {
    JSONText.object([
      ("id", JSONText.quoted(prescription.exercise.id)),
      ("name", JSONText.quoted(prescription.exercise.name)),
      ("level", String(prescription.level.number)),
      ("dose", JSONText.quoted(prescription.doseSigns)),
      ("side", JSONText.optional(prescription.item.side?.rawValue)),
      ("times_a_day", JSONText.optional(prescription.timesADay?.upperBound)),
      ("days_a_week", prescription.daysAWeek.map { "[\($0.lowerBound), \($0.upperBound)]" } ?? "null"),
      ("instruction", JSONText.quoted(prescription.item.instruction)),
    ])
  }
}
