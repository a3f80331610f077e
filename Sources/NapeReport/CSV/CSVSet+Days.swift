import NapeCore

extension CSVSet {
  static let days: [CSVColumn<ReviewDay>] = [
    CSVColumn("date", .date, "Local calendar day", allowed: "YYYY-MM-DD") { .text($0.date.description) },
    CSVColumn("weekday", .word, "Its weekday", allowed: "Mon, Tue, Wed, Thu, Fri, Sat, Sun") {
      .text(ReviewText.weekdays[$0.date.weekday - 1])
    },
    CSVColumn(
      "state", .word, "H: a headache touched the day; N: the person said that there was none; U: nobody said anything",
      allowed: "H, N, U"
    ) { .text(letter($0.state)) },
    CSVColumn("confirmed_at", .time, "When the person said that there was no headache", allowed: iso) {
      .time($0.confirmed)
    },
    CSVColumn("confirm_lag_h", .number, unit: "h", "From the end of the day to that; below zero on the day itself") {
      $0.confirmLag.map { .number(ReviewText.hours($0)) } ?? .empty
    },
    CSVColumn("headache_count", .integer, "Headaches that touched the day", allowed: "0 or more") {
      $0.state == .unknown ? .empty : .count($0.headaches.count)
    },
    CSVColumn("peak_nrs", .pain, unit: "0-10", "Greatest pain of the day that was noted", allowed: pain) {
      .pain($0.peak)
    },
    CSVColumn("acute_med_any", .flag, "Acute medicine was noted; empty: none was", allowed: "yes") {
      .noted($0.hasMedicine)
    },
    CSVColumn(
      "acute_med_10day_class", .flag, "One of a class for which guidelines name ten days a month was noted",
      allowed: "yes"
    ) { .noted($0.hasTenDayMedicine) },
    CSVColumn(
      "desk_minutes", .integer, unit: "min", "Sitting and standing at the desk; sitting is assumed from input"
    ) { .minutes($0.desk?.desk) },
    CSVColumn(
      "desk_known_pct", .integer, unit: "%",
      "Share of the time between first and last use of which it is known where the person was", allowed: "0 to 100"
    ) { $0.desk?.coverage.map { .number(ReviewText.percent($0).filter(\.isNumber)) } ?? .empty },
    CSVColumn("bouts", .integer, "Bouts of sitting that began on the day") { .count($0.desk?.bouts) },
    CSVColumn("longest_bout_min", .integer, unit: "min", "The longest of them") { .minutes($0.desk?.longestBout) },
    CSVColumn("bouts_ge30", .integer, "Those of at least 30 min; empty where only totals of the day are kept") {
      .count($0.detailed?.boutsOf30)
    },
    CSVColumn("bouts_ge60", .integer, "Those of at least 60 min; likewise") { .count($0.detailed?.boutsOf60) },
    CSVColumn("min_in_ge60", .integer, unit: "min", "Sitting in those of at least 60 min; likewise") {
      .minutes($0.detailed?.sittingInBoutsOf60)
    },
    CSVColumn(
      "breaks_ge2", .integer, "Breaks between two bouts, of at least presence.break_after (2 min unless changed)"
    ) { .count($0.desk?.breaks) },
    CSVColumn("breaks_ge5", .integer, "Those of at least 5 min; empty where only totals of the day are kept") {
      .count($0.detailed?.breaksOf5)
    },
    CSVColumn("prompts_move", .integer, "Prompts to move that were shown") {
      $0.desk == nil ? .empty : .count($0.movePrompts)
    },
    CSVColumn("prompts_followed", .integer, "Those that a break followed within prompts.follow (5 min unless changed)")
    {
      $0.desk == nil ? .empty : .count($0.movesTaken)
    },
    CSVColumn("exercise_sets", .integer, "Movements that were entered as done") { .count($0.exercisesDone) },
  ]

  private static func letter(_ state: DayState) -> String {
    switch state {
    case .headache: "H"
    case .none: "N"
    case .unknown: "U"
    }
  }

  static let iso = "ISO 8601 with offset"
  static let pain = "0 to 10, or a range such as 4 to 6 where only words were asked for"
}

extension ReviewDay {
  /// What is known of the desk beyond totals.
  fileprivate var detailed: DeskDay? { desk.flatMap { $0.parts.isEmpty && $0.desk > 0 ? nil : $0 } }
}
