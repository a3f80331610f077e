import NapeCore

extension CSVSet {
  static let medicines: [CSVColumn<(id: RecordID, medicine: Medicine)>] = [
    CSVColumn("episode_id", .text, "Id of the headache it was taken for") { .text($0.id.description) },
    CSVColumn("time", .time, "When it was taken", allowed: iso) { .time($0.medicine.taken) },
    CSVColumn("name_as_written", .text, "Its name as the person wrote it; empty in an export without notes") {
      .text($0.medicine.name.isEmpty ? nil : $0.medicine.name)
    },
    CSVColumn(
      "class", .word, "Class of the medicine; unsure: the name is not in the table of nape",
      allowed: Medicine.Class.allCases.map(\.rawValue).joined(separator: ", ")
    ) { .text($0.medicine.medicineClass.rawValue) },
    CSVColumn("dose_text", .text, "Its dose as the person wrote it; empty in an export without notes") {
      .text($0.medicine.dose)
    },
    CSVColumn("helped_2h", .word, "Whether it had helped two hours later", allowed: "yes, partly, no") {
      .text($0.medicine.helped?.rawValue)
    },
  ]

  static let bouts: [CSVColumn<DeskStretch>] = [
    CSVColumn("start", .time, "When it began", allowed: iso) { .time($0.begin) },
    CSVColumn("end", .time, "When it ended", allowed: iso) { .time($0.end) },
    CSVColumn(
      "minutes", .number, unit: "min", "Its length; of a bout its sitting, without absences too short for a break"
    ) { .number(ReviewText.decimal(Double($0.length) / Double(Microseconds.minute))) },
    CSVColumn(
      "kind", .word, "sitting: a bout; standing as declared; unknown: it is not known where the person was",
      allowed: "sitting, standing, unknown"
    ) { .text($0.kind.rawValue) },
    CSVColumn(
      "end_reason", .word,
      "What ended a bout: a break that a prompt asked for, another break, standing, unknown time, the end of the record",
      allowed: "move, natural, standing, unknown, end"
    ) { .text($0.endedBy?.rawValue) },
  ]

  static let exercises: [CSVColumn<ReviewExercise>] = [
    CSVColumn("date_time", .time, "When it was done", allowed: iso) { .time($0.done) },
    CSVColumn("exercise_id", .text, "Id of the movement in the catalogue or the programme") {
      .text($0.entry.exercise)
    },
    CSVColumn("level", .integer, "Its level", allowed: "1 to 10") { .count($0.entry.level) },
    CSVColumn("sets", .integer, "Sets that the level asks for") { .count($0.dose?.sets) },
    CSVColumn("reps", .integer, "Repetitions in a set that it asks for") { .count($0.dose?.repetitions) },
    CSVColumn(
      "hold_s", .integer, unit: "s", "How long it asks to hold each, or how long a set lasts; the longest where a range"
    ) { .count($0.dose?.time?.longest) },
    CSVColumn("done", .flag, "It was entered as done; what was not done is not entered", allowed: "yes") { _ in
      .text("yes")
    },
    CSVColumn(
      "next_day_light", .word, "How the movement felt the next day",
      allowed: TrafficLight.allCases.map(\.rawValue)
        .joined(separator: ", ")
    ) { .text($0.nextDay?.rawValue) },
  ]

  static let scores: [CSVColumn<DiaryEntry<Score>>] = [
    CSVColumn("date", .date, "Day of the questionnaire", allowed: "YYYY-MM-DD") { .text($0.content.date.description) },
    CSVColumn(
      "instrument", .word, "Which questionnaire; nape has its total alone",
      allowed: Score.Instrument.allCases.map(\.rawValue).joined(separator: ", ")
    ) { .text($0.content.instrument.rawValue) },
    CSVColumn(
      "total", .integer, "Its total, as a clinic gave it", allowed: "HIT-6 36 to 78, MIDAS 0 to 270, NDI 0 to 50"
    ) {
      .count($0.content.total)
    },
    CSVColumn(
      "entered_by", .word, "By which way it was entered",
      allowed: EntryWay.allCases.map(\.rawValue).joined(separator: ", ")
    ) { .text($0.way.rawValue) },
  ]
}
