import NapeCore

/// An invented person with eight weeks of records; the diary of the last four is `diary_28d` of `Tests/Support/diary`.
///
/// The desk is made from a fixed seed: mornings and afternoons of bouts and breaks, a holiday on two days of which nothing
/// is recorded, and another schedule of breaks from 21 September on.
enum Juniper {
  static let period = date("2026-09-07")...date("2026-10-04")
  static let changed = date("2026-09-21")

  static let review = Review(records(), terms())

  static func terms(_ period: ClosedRange<LocalDate> = period) -> ReviewTerms {
    ReviewTerms(
      period: period, made: at("2026-10-05", "09:00"), settings: Settings(), pseudonym: "Juniper",
      exerciseNames: ["E03": "Head turns at the wall", "E05": "Head-hold push", "E15": "One-minute walk"])
  }

  static func records() -> ReviewRecords {
    var desk = Desk()
    for day in period.lowerBound.adding(days: -28).daysSinceEpoch...period.upperBound.daysSinceEpoch {
      desk.add(LocalDate(daysSinceEpoch: day))
    }
    var records = ReviewRecords(spans: desk.spans, prompts: desk.prompts, exercises: desk.exercises)
    records.diary.episodes = episodes + earlier
    records.diary.days = days
    records.diary.notes = notes
    records.diary.scores = [
      DiaryEntry(
        id: id(900), content: Score(instrument: .hit6, total: 58, date: date("2026-09-22")),
        entered: at("2026-09-22", "18:00"), way: .commandLine)
    ]
    records.warnings = [
      WarningReport(
        level: .days, signs: ["pattern-change"], opened: at("2026-09-14", "15:40"), closed: at("2026-09-14", "18:00"))
    ]
    records.ratings = [
      ExerciseRating(exercise: "E03", level: 1, day: date("2026-09-10"), pain: 1, worse: false),
      ExerciseRating(exercise: "E03", level: 1, day: date("2026-09-17"), pain: 3, worse: false),
      ExerciseRating(exercise: "E05", level: 1, day: date("2026-09-25"), pain: 6, worse: true),
    ]
    records.settings = [
      SettingRecord(key: "prompts.move.after", value: "50min", since: at("2026-08-03", "08:00")),
      SettingRecord(key: "prompts.posture.every", value: "30min", since: at("2026-08-03", "08:00")),
      SettingRecord(key: "prompts.exercise.every", value: "2h 30min", since: at("2026-08-03", "08:00")),
      SettingRecord(key: "sitting.daily_budget", value: "6h", since: at("2026-08-03", "08:00")),
      SettingRecord(key: "prompts.move.after", value: "40min", since: at("2026-09-21", "08:00")),
    ]
    return records
  }

  // MARK: The diary

  private static var episodes: [EpisodeRecord] {
    [
      episode(
        1, "2026-09-09", "14:40", .ended(at("2026-09-09", "19:10")), 5, [.side: .word("right"), .neck: .flag(true)],
        .simple),
      episode(
        2, "2026-09-14", "15:20", .asleep(woke: at("2026-09-15", "10:20")), 7,
        [
          .side: .word("right"), .neck: .flag(true), .quality: .word("throbbing"), .worseWithActivity: .flag(true),
          .nausea: .flag(true), .light: .flag(true), .sound: .flag(true), .neckProvoked: .words([]),
          .startPlace: .word("temple"), .easedByMove: .word("no"),
        ], .triptan),
      episode(
        3, "2026-09-18", "13:05", .ended(at("2026-09-18", "15:05")), 3,
        [.side: .word("both"), .neck: .flag(true), .easedByMove: .word("yes")], nil),
      episode(
        4, "2026-09-18", "17:30", .ended(at("2026-09-18", "20:00")), 4,
        [.side: .word("right"), .neck: .flag(true), .armPain: .flag(true), .easedByMove: .word("partly")], .simple),
      episode(
        5, "2026-09-24", "16:00", nil, 6,
        [.side: .word("right"), .neck: .flag(true), .neckLimited: .word("right"), .light: .flag(true)], .simple),
      episode(
        6, "2026-09-29", "15:45", .ended(at("2026-09-29", "18:45")), 4,
        [.side: .word("both"), .neck: .flag(false), .nausea: .flag(false), .easedByMove: .word("yes")], nil),
      episode(
        7, "2026-10-04", "14:10", .ended(at("2026-10-04", "16:10")), 5, [:], .combination, enteredLater: 19 * .hour),
    ]
  }

  private static var earlier: [EpisodeRecord] {
    ["2026-08-11", "2026-08-14", "2026-08-17", "2026-08-20", "2026-08-25", "2026-08-28", "2026-09-01", "2026-09-03"]
      .enumerated().map { place, day in
        episode(
          20 + place, day, "15:\(10 + place)", .ended(at(day, "18:40")), 3 + place % 6, [.side: .word("right")],
          place % 3 == 0 ? .simple : nil)
      }
  }

  private static func episode(
    _ number: UInt64, _ day: String, _ clock: String, _ end: EpisodeEnd?, _ peak: Int,
    _ fields: [EpisodeField: FieldValue], _ medicine: Medicine.Class?, enteredLater: Microseconds = 10 * .minute
  ) -> EpisodeRecord {
    let onset = at(day, clock)
    var fields = fields
    fields[.worst] = .range(peak...peak)
    if number == 5 { fields[.note] = .text("=SUM(A1) said \"it\"; Übung,\nnew line") }
    var medicines: [Medicine] = []
    if let medicine {
      let taken = Stamp(wall: onset.wall + 50 * .minute, offsetSeconds: onset.offsetSeconds)
      medicines.append(
        Medicine(taken: taken, name: names[medicine] ?? "", medicineClass: medicine, dose: "400 mg", helped: .partly))
      // Over midnight, as `diary_med_days.csv` has it.
      if number == 2 {
        medicines.append(Medicine(taken: at("2026-09-15", "08:00"), name: "sumatriptan", medicineClass: medicine))
      }
    }
    return EpisodeRecord(
      id: id(number), episode: Episode(onset: Onset(at: onset), end: end, fields: fields, medicines: medicines),
      entered: Stamp(wall: onset.wall + enteredLater, offsetSeconds: onset.offsetSeconds), way: .commandLine)
  }

  private static func episode(
    _ number: Int, _ day: String, _ clock: String, _ end: EpisodeEnd?, _ peak: Int,
    _ fields: [EpisodeField: FieldValue], _ medicine: Medicine.Class?
  ) -> EpisodeRecord {
    episode(UInt64(number), day, clock, end, peak, fields, medicine)
  }

  private static let names: [Medicine.Class: String] = [
    .simple: "ibuprofen", .triptan: "sumatriptan", .combination: "aspirin-paracetamol-caffeine",
  ]

  /// The days without headache that were confirmed; those of 12, 13 and 21 September and 1 October are not recorded.
  private static var days: [DayRecord] {
    let silent = ["2026-09-12", "2026-09-13", "2026-09-21", "2026-10-01", "2026-08-15", "2026-08-16", "2026-08-23"].map(
      date)
    return (period.lowerBound.adding(days: -28).daysSinceEpoch...period.upperBound.daysSinceEpoch)
      .map(LocalDate.init(daysSinceEpoch:)).filter { !silent.contains($0) }
      .map { day in
        DayRecord(date: day, state: .none, entered: at(day.description, "17:30"), way: .notification)
      }
  }

  private static var notes: [DiaryEntry<DiaryNote>] {
    let all: [(DiaryNote.Kind, String, String)] = [
      (.helps, "2026-09-12", "A walk round the block, and the wall head turns. Warm pad in the evening."),
      (.worsens, "2026-09-20", "Long calls on the laptop without the screen. Reading on the phone in bed."),
      (.physiotherapy, "2026-09-22", ""),
      (.advice, "2026-09-22", "Nod lying down again for a week, then sitting; shorter stretches at the desk."),
      (.question, "2026-10-03", "Is it worth changing the desk, or first the breaks and the exercises?"),
    ]
    return all.enumerated().map { place, note in
      DiaryEntry(
        id: id(UInt64(800 + place)), content: DiaryNote(kind: note.0, date: date(note.1), text: note.2),
        entered: at(note.1, "18:30"), way: .commandLine)
    }
  }

  // MARK: The desk

  private struct Desk {
    var spans: [Span] = []
    var prompts: [RecordedPrompt] = []
    var exercises: [ExerciseEntry] = []
    private var state: UInt64 = 20_260_907
    private var clock = Juniper.at("2026-08-10", "00:00").wall

    /// 0 ..< bound
    private mutating func draw(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }

    private mutating func add(_ kind: Span.Kind, _ evidence: Evidence, minutes: Int) {
      let begin = Moment(boot: clock, monotonic: clock, wall: clock, offsetSeconds: Juniper.offset)
      spans.append(
        Span(kind: kind, evidence: evidence, begin: begin, length: .minutes(Int64(minutes)), bootID: "invented"))
      clock += .minutes(Int64(minutes))
    }

    private mutating func go(to stamp: Stamp, _ kind: Span.Kind, _ evidence: Evidence) {
      let minutes = Int((stamp.wall - clock) / .minute)
      if minutes > 0 { add(kind, evidence, minutes: minutes) }
    }

    mutating func add(_ date: LocalDate) {
      let day = date.description
      let midnight = Juniper.at(date.adding(days: 1).description, "00:00")
      if [Juniper.date("2026-09-12"), Juniper.date("2026-09-13"), Juniper.date("2026-10-01")].contains(date) {
        return go(to: midnight, .unknown, .notRunning)
      }
      if date.weekday >= 6 {
        if draw(2) == 0 {
          go(to: Juniper.at(day, "10:00"), .away, .suspended)
          add(.sitting, .input, minutes: 20 + draw(30))
        }
        return go(to: midnight, .away, .suspended)
      }
      go(to: Juniper.at(day, "08:\(10 + draw(30))"), .away, .suspended)
      work(until: Juniper.at(day, "12:\(10 + draw(20))"))
      go(to: Juniper.at(day, "13:00"), .away, .locked)
      if draw(3) == 0 { add(.standing, .manual, minutes: 25) }
      if draw(5) == 0 { add(.unknown, .sourceLost, minutes: 12) }
      work(until: Juniper.at(day, "17:\(10 + draw(40))"))
      exercises.append(
        ExerciseEntry(
          exercise: "E03", level: 1, done: Juniper.at(day, "10:30").wall, offsetSeconds: Juniper.offset,
          way: .commandLine))
      go(to: midnight, .away, .suspended)
    }

    private mutating func work(until end: Stamp) {
      let after = Juniper.at("2026-09-21", "00:00").wall <= clock ? 40 : 50
      while clock < end.wall {
        let bout = min(20 + draw(70), max(1, Int((end.wall - clock) / .minute)))
        if bout >= after {
          let posted = Stamp(wall: clock + .minutes(Int64(after)), offsetSeconds: Juniper.offset)
          let isTaken = bout - after <= 5
          prompts.append(
            RecordedPrompt(
              kind: .move, posted: posted, outcome: isTaken ? .taken : .expired, ended: posted.wall + 5 * .minute))
        }
        add(.sitting, .input, minutes: bout)
        if clock < end.wall { add(.away, .idle, minutes: 5 + draw(9)) }
      }
    }
  }

  // MARK: Times

  /// Behind UTC, as on the west coast.
  static let offset = -7 * 3600

  static func date(_ text: String) -> LocalDate { LocalDate(text) ?? LocalDate(daysSinceEpoch: 0) }

  static func at(_ day: String, _ clock: String) -> Stamp {
    let parts = clock.split(separator: ":").compactMap { Int($0) }
    return Stamp(
      secondOfDay: parts[0] * 3600 + parts[1] * 60, of: date(day), in: .fixed(offsetSeconds: offset))
  }

  static func id(_ number: UInt64) -> RecordID {
    RecordID(high: 0x0199_0000_0000_7000, low: 0x8000_0000_0000_0000 | number)
  }
}
