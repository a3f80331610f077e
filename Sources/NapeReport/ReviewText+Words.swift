import NapeCore

/// How the forms of the review say what is no number.
extension ReviewText {
  /// `R`, `B+R`: the sides that were noted, each once; `–` where none was.
  public static func sides(_ sides: [String?]) -> String {
    var letters: [String] = []
    for side in sides {
      guard let letter = side.flatMap(letter), !letters.contains(letter) else { continue }
      letters.append(letter)
    }
    return letters.isEmpty ? "–" : letters.joined(separator: "+")
  }

  /// The first letter of a word of a field, which tells it from the others of its field.
  public static func letter(_ word: String) -> String? { word.first.map { $0.uppercased() } }

  /// `14:40`, `~14:40`, `woke 07:10`, `afternoon`, `hour ?`: as far as it is known.
  public static func onset(_ onset: Onset, _ terms: ReviewTerms) -> String {
    switch onset.precision {
    case .exact: onset.at.clock
    case .quarterHour, .hour: "~\(onset.at.clock)"
    case .wokeWithIt: "woke \(onset.at.clock)"
    case .partOfDay: partOfDay(onset, terms)
    case .day: "hour ?"
    }
  }

  private static func partOfDay(_ onset: Onset, _ terms: ReviewTerms) -> String {
    PartOfDay(second: onset.at.secondOfDay, afternoon: (from: terms.afternoonFrom, to: terms.afternoonTo)).rawValue
  }

  /// `12:00–18:00`
  public static func afternoon(_ terms: ReviewTerms) -> String {
    "\(clock(terms.afternoonFrom))–\(clock(terms.afternoonTo))"
  }

  /// Seconds since midnight as `HH:MM`.
  public static func clock(_ second: Int) -> String {
    let two = { (number: Int) in (number < 10 ? "0" : "") + String(number) }
    return "\(two(second / 3600)):\(two(second / 60 % 60))"
  }

  /// `2 h 37 min`, `45 min`
  public static func length(_ length: Microseconds) -> String {
    let minutes = Int((Double(length) / Double(Microseconds.minute)).rounded())
    let parts = [
      minutes >= 60 ? "\(minutes / 60) h" : nil, minutes % 60 > 0 || minutes < 60 ? "\(minutes % 60) min" : nil,
    ]
    return parts.compactMap { $0 }.joined(separator: " ")
  }

  /// `1 day`, `3 days`
  public static func count(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(count) \(count == 1 ? one : many ?? one + "s")"
  }

  /// The column of a class of medicine.
  public static func medicineClass(_ medicineClass: Medicine.Class) -> String {
    switch medicineClass {
    case .simple, .triptan, .opioid, .ergotamine, .other, .unsure: medicineClass.rawValue
    case .combination: "combin."
    }
  }

  /// A setting with its value as it was in force: `move after 40 min`.
  public static func setting(_ key: String, _ value: String) -> String {
    let value = settingValue(value)
    return switch key {
    case "presence.away_after": "away after \(value) without input"
    case "presence.break_after": "away after \(value) when locked or announced"
    case "sitting.daily_budget": "budget \(value) a day"
    case "sitting.prolonged": "long bouts from \(value) on"
    case "prompts.follow": "followed within \(value)"
    case "prompts.move.enabled": "move reminders \(value)"
    case "prompts.move.after": "move after \(value)"
    case "prompts.move.target": "breaks of \(value)"
    case "prompts.posture.enabled": "posture reminders \(value)"
    case "prompts.posture.every": "posture every \(value)"
    case "prompts.exercise.enabled": "exercise reminders \(value)"
    case "prompts.exercise.every": "exercise every \(value)"
    case "prompts.micro.enabled": "micro-breaks \(value)"
    case "prompts.micro.every": "micro-breaks every \(value)"
    case "exercises.programme": "programme \(value)"
    default: "\(key) \(value)"
    }
  }

  /// `2h 30min` as `2 h 30 min`, `true` as `on`.
  public static func settingValue(_ value: String) -> String {
    if let flag = Bool(value) { return flag ? "on" : "off" }
    guard let first = value.first, first.isNumber else { return value }
    var text = ""
    for character in value {
      if let last = text.last, last.isNumber, character.isLetter { text.append("\u{A0}") }
      text.append(character)
    }
    return text
  }
}
