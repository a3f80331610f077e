import NapeCore

/// Reviews that a page has to bear, each with the name of its file: Juniper's, and what happens to other people.
enum PageCases {
  struct Case {
    let name: String
    let review: Review
    var notes = true
  }

  static let all: [Case] = [
    Case(name: "juniper", review: Juniper.review),
    Case(name: "no-notes", review: Juniper.review, notes: false),
    Case(name: "under-80", review: changed { keep(20, of: &$0) }),
    Case(name: "under-50", review: changed { keep(11, of: &$0) }),
    Case(name: "no-desk", review: changed { ($0.spans, $0.prompts) = ([], []) }),
    Case(name: "no-diary", review: changed { ($0.diary, $0.warnings) = (DiaryContents(), []) }),
    Case(name: "nothing", review: Review(ReviewRecords(), Juniper.terms())),
    Case(name: "vague", review: changed(vague)),
    Case(name: "many", review: changed(many)),
    Case(name: "words", review: changed(words)),
    Case(name: "settings", review: changed(settings)),
    Case(name: "full", review: full),
    Case(name: "programme", review: programme),
    Case(name: "no-before", review: changed { $0.diary.episodes.removeAll { $0.id > Juniper.id(10) } }),
    Case(name: "thursday", review: weeks(from: "2026-09-03", to: "2026-09-30")),
    Case(name: "three-days", review: weeks(from: "2026-09-14", to: "2026-09-16")),
    Case(name: "month", review: weeks(from: "2026-09-01", to: "2026-10-01")),
    Case(name: "eight-weeks", review: weeks(from: "2026-08-10", to: "2026-10-04")),
    Case(name: "twelve-weeks", review: weeks(from: "2026-07-13", to: "2026-10-04")),
    Case(name: "sixteen-weeks", review: weeks(from: "2026-06-15", to: "2026-10-04", many)),
    Case(name: "night", review: night),
    Case(name: "ratio", review: ratio),
  ]

  static func named(_ name: String) -> Review { all.first { $0.name == name }?.review ?? Juniper.review }

  // MARK: Making them

  private static func changed(_ change: (inout ReviewRecords) -> Void) -> Review {
    var records = Juniper.records()
    change(&records)
    return Review(records, Juniper.terms())
  }

  private static func weeks(
    from first: String, to last: String, _ change: (inout ReviewRecords) -> Void = { _ in }
  ) -> Review {
    var records = Juniper.records()
    change(&records)
    return Review(records, Juniper.terms(Juniper.date(first)...Juniper.date(last)))
  }

  /// Only so many days of the period stay recorded, headaches included.
  private static func keep(_ count: Int, of records: inout ReviewRecords) {
    let headaches = 7
    var left = count - headaches
    records.diary.days.removeAll { day in
      guard Juniper.period.contains(day.date) else { return false }
      let hasHeadache = records.diary.episodes.contains {
        $0.episode.onset.at.date <= day.date && $0.episode.lastDate >= day.date
      }
      if hasHeadache { return true }
      left -= 1
      return left < 0
    }
  }

  /// Ranges, hours that nobody knows, and two headaches over one midnight.
  private static func vague(_ records: inout ReviewRecords) {
    records.warnings = []
    records.diary.episodes += [
      headache(40, "2026-09-07", "22:30", .ended(Juniper.at("2026-09-08", "02:10")), [.worst: .range(4...6)]),
      headache(41, "2026-09-07", "23:40", .ended(Juniper.at("2026-09-08", "09:05")), [.worst: .range(7...10)]),
      headache(42, "2026-09-11", "00:00", nil, [.worst: .range(1...3), .side: .word("left")], .day),
      headache(43, "2026-09-16", "07:10", .stillThere(Juniper.at("2026-09-16", "20:00")), [:], .wokeWithIt),
      headache(44, "2026-09-22", "12:00", .asleep(woke: nil), [.side: .word("middle")], .partOfDay),
      headache(45, "2026-09-25", "19:30", .ended(Juniper.at("2026-09-28", "06:40")), [.worst: .range(8...8)], .hour),
    ]
  }

  /// More headaches than have room one by one, several on one day, and thirty medicines of every class.
  private static func many(_ records: inout ReviewRecords) {
    for number in 0..<9 {
      let day = Juniper.period.lowerBound.adding(days: 3 * number % 26).description
      records.diary.episodes.append(
        headache(
          UInt64(60 + number), day, "1\(number % 8):25", .ended(Juniper.at(day, "20:30")),
          [
            .worst: .range(10 - number...10 - number), .side: .word(["left", "right", "both"][number % 3]),
            .quality: .word(["pressing", "throbbing", "dull"][number % 3]), .nausea: .flag(number % 2 == 0),
            .neckProvoked: .words(number % 4 == 0 ? [] : ["movement"]), .neck: .flag(number % 3 > 0),
          ]))
    }
    for (number, clock) in ["08:05", "11:15", "19:50"].enumerated() {
      records.diary.episodes.append(
        headache(
          UInt64(80 + number), "2026-09-18", clock,
          .ended(Juniper.at("2026-09-18", clock.replacing(":05", with: ":45").replacing(":15", with: ":45"))),
          [.worst: .range(10...10), .side: .word("left")]))
    }
    for number in 0..<30 {
      let classes = Medicine.Class.allCases
      let day = Juniper.period.lowerBound.adding(days: number % 28).description
      records.diary.episodes[0].episode.medicines.append(
        Medicine(
          taken: Juniper.at(day, "12:00"), name: "medicine number \(number)",
          medicineClass: classes[number % classes.count]))
    }
  }

  /// What people write.
  private static func words(_ records: inout ReviewRecords) {
    let texts: [(DiaryNote.Kind, String)] = [
      (.helps, String(repeating: "Donaudampfschifffahrtsgesellschaftskapitän", count: 12)),
      (.worsens, "الجلوس الطويل أمام الشاشة دون استراحة، والقراءة على الهاتف في السرير كل ليلة \u{202E}desrever"),
      (.advice, "👩‍👩‍👧‍👦 Walk 🚶🏽‍♀️ before lunch 🍲; <b>not bold</b> & \"quoted\" 'twice' </dd><script>alert(1)</script>"),
      (
        .question,
        String(repeating: "歩くと頭痛が楽になりますか。", count: 20)
          + "z\u{0335}\u{0336}\u{0337}\u{0338}\u{0339}\u{033A}\u{033B}\u{033C}\u{033D}algo\u{0007}"
      ),
    ]
    for (place, text) in texts.enumerated() {
      records.diary.notes.append(
        DiaryEntry(
          id: Juniper.id(UInt64(850 + place)),
          content: DiaryNote(kind: text.0, date: Juniper.date("2026-10-04"), text: text.1),
          entered: Juniper.at("2026-10-04", "18:30"), way: .commandLine))
    }
  }

  private static func settings(_ records: inout ReviewRecords) {
    let changes = [
      ("2026-09-09", "45min"), ("2026-09-11", "35min"), ("2026-09-21", "40min"), ("2026-09-25", "1h 5min"),
    ]
    records.settings.removeLast()
    for (day, value) in changes {
      records.settings.append(
        SettingRecord(key: "prompts.move.after", value: value, since: Juniper.at(day, "09:00")))
    }
    records.settings.append(
      SettingRecord(key: "prompts.posture.enabled", value: "false", since: Juniper.at("2026-09-25", "09:05")))
    records.settings.append(
      SettingRecord(key: "sitting.prolonged", value: "45min", since: Juniper.at("2026-09-29", "09:00")))
  }

  /// The longest of everything that still has to fit on two pages.
  private static var full: Review {
    var records = Juniper.records()
    words(&records)
    settings(&records)
    for key in SettingRecord.keys where !records.settings.contains(where: { $0.key == key }) {
      records.settings.insert(
        SettingRecord(
          key: key, value: key.hasSuffix("enabled") ? "true" : key == "exercises.programme" ? "neck-headache" : "25min",
          since: Juniper.at("2026-08-03", "08:00")), at: 0)
    }
    let sentence =
      "A walk round the block before lunch, the wall head turns twice a day, and a warm pad in the evening; "
    for kind in [DiaryNote.Kind.helps, .worsens, .advice, .question] {
      records.diary.notes.append(
        DiaryEntry(
          id: Juniper.id(870),
          content: DiaryNote(kind: kind, date: Juniper.period.upperBound, text: sentence + sentence),
          entered: Juniper.at("2026-10-04", "19:00"), way: .commandLine))
    }
    for kind in [DiaryNote.Kind.manualTherapy, .acupuncture, .doctor, .dentist] {
      records.diary.notes.append(
        DiaryEntry(
          id: Juniper.id(880), content: DiaryNote(kind: kind, date: Juniper.date("2026-09-17"), text: ""),
          entered: Juniper.at("2026-09-17", "19:00"), way: .commandLine))
    }
    for (place, instrument) in Score.Instrument.allCases.enumerated() {
      records.diary.scores.append(
        DiaryEntry(
          id: Juniper.id(UInt64(890 + place)),
          content: Score(instrument: instrument, total: 40, date: Juniper.date("2026-09-24")),
          entered: Juniper.at("2026-09-24", "19:00"), way: .commandLine))
    }
    for (place, medicine) in Medicine.Class.allCases.enumerated() {
      records.diary.episodes[place % 5].episode.medicines.append(
        Medicine(
          taken: Juniper.at("2026-09-2\(place)", "12:00"), name: "a medicine with a very long name indeed",
          medicineClass: medicine))
    }
    records.diary.episodes += [
      headache(50, "2026-09-23", "20:30", .ended(Juniper.at("2026-09-24", "02:10")), [.worst: .range(4...6)]),
      headache(51, "2026-09-23", "21:40", .ended(Juniper.at("2026-09-24", "09:05")), [.worst: .range(7...10)]),
    ]
    records.warnings += [
      WarningReport(
        level: .sameDay, signs: ["greying-whooshing", "progressive", "neck-bones"],
        opened: Juniper.at("2026-09-28", "15:40")),
      WarningReport(level: .emergency, signs: ["pregnancy-severe"], opened: Juniper.at("2026-09-29", "15:40")),
    ]
    var terms = Juniper.terms()
    terms.pseudonym = "Juniper Wilhelmina of the Long Pseudonym House"
    return Review(prescribed(records), prescribed(terms))
  }

  /// Enough for an odds ratio: eight weeks, each day recorded, and a headache every other afternoon; and a trial.
  private static var ratio: Review {
    var records = Juniper.records()
    records.settings.removeLast()
    let first = Juniper.date("2026-08-10")
    let days = (0..<56).map { first.adding(days: $0) }
    records.diary.days = days.map {
      DayRecord(date: $0, state: .none, entered: Juniper.at($0.description, "17:30"), way: .notification)
    }
    records.diary.episodes = days.filter { [1, 3, 5].contains($0.weekday) }.enumerated().map { number, day in
      headache(
        UInt64(number), day.description, "15:40", .ended(Juniper.at(day.description, "18:00")),
        [.worst: .range(5...5)])
    }
    records.trials = [
      TrialRecord(
        id: Juniper.id(700),
        trial: Trial(start: first, seed: 7, pairs: 6, present: .minutes(50), shorter: .minutes(30)),
        planned: Juniper.at("2026-08-09", "18:00"))
    ]
    return Review(records, Juniper.terms(first...Juniper.period.upperBound))
  }

  // MARK: A programme

  private static var programme: Review { Review(prescribed(Juniper.records()), prescribed(Juniper.terms())) }

  private static func prescribed(_ terms: ReviewTerms) -> ReviewTerms {
    var terms = terms
    terms.programme = prescribedProgramme
    return terms
  }

  private static func prescribed(_ records: ReviewRecords) -> ReviewRecords {
    var records = records
    records.programmes.append(
      ProgrammeRecord(name: prescribedProgramme.identity, week: 1, since: Juniper.at("2026-09-07", "08:00")))
    return records
  }

  private static var prescribedProgramme: Programme {
    let item = Programme.Item(exercise: "E03", level: 1, timesADay: 1)
    let strength = Programme.Item(exercise: "E05", level: 1, days: 3...4)
    let weeks = (1...6).map {
      Programme.Week(number: $0, title: "", home: [item], strength: [strength], desk: [[item]], goal: "")
    }
    return Programme(
      name: "Upper neck, after the visit of September", by: "A. Physiotherapist", date: Juniper.date("2026-09-06"),
      review: nil, isCleared: true, sessionsADay: 2, goOnAfter: 12, weeks: weeks, own: [])
  }

  // MARK: Work at night

  private static var night: Review {
    var records = Juniper.records()
    records.spans = records.spans.map { span in
      var begin = span.begin
      begin.wall += 9 * .hour
      return Span(
        kind: span.kind, evidence: span.evidence, begin: begin, length: span.length, bootID: span.bootID)
    }
    records.diary.episodes.append(
      headache(45, "2026-09-16", "23:30", .ended(Juniper.at("2026-09-17", "01:00")), [.worst: .range(6...6)]))
    var terms = Juniper.terms()
    (terms.afternoonFrom, terms.afternoonTo) = (22 * 3600, 2 * 3600)
    return Review(records, terms)
  }

  private static func headache(
    _ number: UInt64, _ day: String, _ clock: String, _ end: EpisodeEnd?, _ fields: [EpisodeField: FieldValue],
    _ precision: Onset.Precision = .exact
  ) -> EpisodeRecord {
    let onset = Juniper.at(day, clock)
    return EpisodeRecord(
      id: Juniper.id(number), episode: Episode(onset: Onset(at: onset, precision: precision), end: end, fields: fields),
      entered: Stamp(wall: onset.wall + .hour / 2, offsetSeconds: onset.offsetSeconds), way: .commandLine)
  }
}
