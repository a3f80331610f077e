import NapeCore
import Testing

/// A review of records that are written down here, each figure with its denominator.
@Suite struct ReviewTests {
  /// Monday to Sunday.
  private let week = date("2026-03-02")...date("2026-03-08")

  private static func date(_ text: String) -> LocalDate { LocalDate(text) ?? LocalDate(daysSinceEpoch: 0) }
  private func at(_ text: String) -> Stamp { RecordLine.stamp(text) }

  private func terms(_ period: ClosedRange<LocalDate>? = nil, programme: Programme? = nil) -> ReviewTerms {
    ReviewTerms(
      period: period ?? week, made: at("2026-03-09T09:00"), settings: Settings(), programme: programme,
      exerciseNames: ["E01": "Gentle nod"])
  }

  private func headache(
    _ number: UInt64, _ onset: String, _ end: String? = nil, _ fields: [EpisodeField: FieldValue] = [:],
    precision: Onset.Precision = .exact, lag: Microseconds = 0
  ) -> EpisodeRecord {
    let begun = at(onset)
    return EpisodeRecord(
      id: RecordID(high: 1, low: number),
      episode: Episode(
        onset: Onset(at: begun, precision: precision), end: end.map { .ended(at($0)) }, fields: fields),
      entered: Stamp(wall: begun.wall + lag, offsetSeconds: begun.offsetSeconds), way: .commandLine)
  }

  @Test func nothingAtAllIsNotRecordedAndNothingElse() {
    let review = Review(ReviewRecords(), terms())
    #expect(review.days.map(\.state) == Array(repeating: .unknown, count: 7))
    #expect(review.days.allSatisfy { $0.desk == nil })
    #expect(review.desk.daysWithoutRecord == 7)
    #expect(review.desk.deskDays == 0)
    #expect(review.desk.coverage == nil && review.desk.breaksPerDeskHour == nil && review.desk.prolongedShare == nil)
    #expect(review.desk.deskHours == nil && review.desk.longestBouts == nil)
    #expect(review.before == nil)
    #expect(review.onsets.bins.allSatisfy { $0.per10DeskHours == nil && $0.onsets == 0 })
    #expect(review.onsets.afternoonDeskShare == nil)
    #expect(review.features.allSatisfy { $0.noted == 0 })
    #expect(review.exercises.programme == nil && review.exercises.rated == 0)
    #expect(review.settings.startedSince == nil)
    #expect(review.words.isEmpty)
    #expect(review.missing.map(\.unknown) == Array(repeating: 1, count: 7))
  }

  // MARK: The desk

  @Test func aDayAddsUpAndItsUseHasACoverage() throws {
    let spans = RecordLine.of(
      "2026-03-02T08:00", (.away, 60), (.sitting, 65), (.away, 10), (.sitting, 25), (.unknown, 20), (.standing, 30),
      (.sitting, 40), (.away, 300))
    let review = Review(ReviewRecords(spans: spans), terms())
    let day = try #require(review.days[0].desk)
    #expect(day.sitting == .minutes(130) && day.standing == .minutes(30))
    #expect(day.away == .minutes(370) && day.unknown == .minutes(20))
    // From 9:00 to 12:10.
    #expect(day.inUse == .minutes(190) && day.knownInUse == .minutes(170))
    #expect([day.bouts, day.boutsOf30, day.boutsOf60, day.breaks, day.breaksOf5] == [3, 2, 1, 1, 1])
    #expect(day.sittingInBoutsOf60 == .minutes(65) && day.longestBout == .minutes(65))
    #expect(day.parts.map(\.isProlonged) == [false, true, false, false, false, false, false, false])
    #expect(day.parts.map(\.from)[1] == 9 * 3600 && day.parts.map(\.to)[1] == 9 * 3600 + 65 * 60)
    #expect(review.bouts.map(\.endedBy) == [.natural, .unknown, .natural])
    #expect(review.desk.deskDays == 1 && review.desk.daysWithoutRecord == 6)
    #expect(review.desk.prolongedShare == 0.5)
    #expect(review.desk.breaksPerDeskHour == 1 / (160.0 / 60))
    #expect(review.desk.longestBouts?.median == 65)
  }

  @Test func spansAreCutAtMidnightAndBoutsAreNot() throws {
    let spans = RecordLine.of("2026-03-02T23:00", (.sitting, 90), (.away, 600), (.sitting, 10))
    let review = Review(ReviewRecords(spans: spans), terms())
    let (monday, tuesday) = (try #require(review.days[0].desk), try #require(review.days[1].desk))
    #expect(monday.sitting == .minutes(60) && tuesday.sitting == .minutes(40))
    #expect([monday.bouts, tuesday.bouts] == [1, 1])
    #expect(monday.longestBout == .minutes(90))
    #expect(monday.parts.last?.to == 86_400)
    #expect(tuesday.parts.first?.isProlonged == true)
    #expect(review.onsets.bins[11].desk == .minutes(60) && review.onsets.bins[0].desk == .minutes(30))
  }

  @Test func daysBeforeAndAfterThePeriodDoNotCount() {
    let spans = RecordLine.of("2026-03-01T23:00", (.sitting, 120), (.away, 7 * 24 * 60 - 120), (.sitting, 120))
    let review = Review(ReviewRecords(spans: spans), terms())
    #expect(review.desk.sitting == .minutes(120))
    // The bout is of the Sunday before.
    #expect(review.bouts.map(\.begin) == [at("2026-03-08T23:00")])
    #expect(review.days.map { $0.desk?.bouts } == [0, 0, 0, 0, 0, 0, 1])
  }

  @Test func totalsStandForTheSpansOfOldDays() {
    var total = DayTotal(date: Self.date("2026-03-03"))
    (total.sitting, total.away, total.bouts, total.breaks) = (.minutes(300), .minutes(60), 5, 4)
    total.longestBout = .minutes(80)
    let review = Review(ReviewRecords(dayTotals: [total]), terms())
    #expect(review.desk.deskDays == 1 && review.desk.sitting == .minutes(300) && review.desk.breaks == 4)
    #expect(review.desk.longestBouts?.max == 80)
    // When on that day they were is known no more.
    #expect(review.onsets.desk == 0 && review.desk.coverage == nil && review.desk.prolongedShare == nil)
  }

  @Test func anOnsetOfADayOfTotalsIsInNoRate() {
    var total = DayTotal(date: Self.date("2026-03-03"))
    total.sitting = .minutes(300)
    let known = DeskContext.windowMinutes.map { minutes in
      DeskContext.Window(sitting: .minutes(Int64(minutes)), known: .minutes(Int64(minutes)))
    }
    var records = ReviewRecords(dayTotals: [total])
    var episode = headache(1, "2026-03-03T14:30")
    episode.context = DeskContext(
      windows: known, bout: .minutes(60), sinceBreak: .minutes(60), longestBout: .minutes(60), ignoredPrompts: 0,
      partOfDay: .afternoon, isComplete: true)
    records.diary.episodes = [episode]
    let review = Review(records, terms())
    #expect(review.episodes.map(\.atDesk) == [nil])
    #expect(review.onsets.bins[7].unknown == 1 && review.onsets.bins.allSatisfy { $0.atDesk == 0 })
  }

  @Test func aDayOfWhichNothingIsKnownHasNoRecord() {
    let review = Review(ReviewRecords(spans: RecordLine.of("2026-03-02T00:00", (.unknown, 1440))), terms())
    #expect(review.days[0].desk == nil)
    #expect(review.desk.daysWithoutRecord == 7)
  }

  // MARK: Headaches

  @Test func onsetsAreCountedBesideTheHoursAtTheDesk() {
    var records = ReviewRecords(
      spans: RecordLine.of("2026-03-02T12:00", (.sitting, 300), (.away, 120), (.unknown, 60), (.away, 3000)))
    records.diary.episodes = [
      headache(1, "2026-03-02T14:30"), headache(2, "2026-03-02T17:30"), headache(3, "2026-03-02T19:30"),
      headache(4, "2026-03-03T00:00", precision: .day), headache(5, "2026-03-03T12:00", precision: .partOfDay),
      headache(6, "2026-03-07T14:00"),
    ]
    let review = Review(records, terms())
    let bins = review.onsets.bins
    #expect(bins.map(\.atDesk) == [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0])
    #expect(bins.map(\.away) == [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0])
    #expect(bins.map(\.unknown) == [0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0])
    #expect(bins[7].per10DeskHours == 5 && bins[6].per10DeskHours == 0 && bins[9].per10DeskHours == nil)
    #expect(review.onsets.untimed == 2)
    #expect(review.onsets.desk == .minutes(300) && review.onsets.afternoonDesk == .minutes(300))
    #expect(review.episodes.map(\.atDesk) == [true, false, nil, nil, nil, nil])
    // The part of the day is known of five.
    #expect(review.diary.timedOnsets == 5 && review.diary.afternoonOnsets == 4)
  }

  @Test func anAfternoonMayWrapAroundMidnight() {
    var terms = terms()
    (terms.afternoonFrom, terms.afternoonTo) = (22 * 3600, 2 * 3600)
    let spans = RecordLine.of("2026-03-02T21:00", (.sitting, 360))
    #expect(Review(ReviewRecords(spans: spans), terms).onsets.afternoonDesk == .minutes(240))
  }

  @Test func aHeadacheOverMidnightIsOnBothDays() {
    var records = ReviewRecords()
    records.diary.episodes = [
      headache(1, "2026-03-02T20:00", "2026-03-03T10:20", [.worst: .range(7...7), .side: .word("right")]),
      headache(2, "2026-03-02T23:00", "2026-03-03T01:00", [.worst: .range(4...6)]),
      headache(3, "2026-03-01T20:00", "2026-03-02T01:00"),
    ]
    records.diary.days = [
      DayRecord(date: Self.date("2026-03-03"), state: .none, entered: at("2026-03-03T17:00"), way: .notification),
      DayRecord(date: Self.date("2026-03-04"), state: .none, entered: at("2026-03-07T09:00"), way: .commandLine),
    ]
    let review = Review(records, terms())
    #expect(review.days.map(\.headaches.count) == [3, 2, 0, 0, 0, 0, 0])
    #expect(review.days[0].onsets.count == 2)
    #expect(review.days[1].headaches.map(\.isCarriedOver) == [true, true])
    #expect(review.days[1].peak == 7...7 && review.days[1].headaches[0].side == "right")
    // A headache is more than what was said of the day.
    #expect(review.days.prefix(4).map(\.state) == [.headache, .headache, .none, .unknown])
    #expect(review.days[2].isRecalled && review.days[2].confirmed == at("2026-03-07T09:00"))
    #expect(review.lags.daysConfirmed == 2 && review.lags.daysRecalled == 1)
    #expect(review.diary.episodes == 2 && review.episodes.count == 3)
  }

  @Test func theHighestPainMayBeARange() {
    func highest(_ peaks: ClosedRange<Int>...) -> ClosedRange<Int>? {
      var records = ReviewRecords()
      records.diary.episodes = peaks.enumerated().map { number, peak in
        headache(UInt64(number), "2026-03-0\(number + 2)T10:00", nil, [.worst: .range(peak)])
      }
      return Review(records, terms()).diary.highestPeak
    }
    #expect(highest(5...5, 7...10, 4...6) == 7...10)
    #expect(highest(10...10, 7...10) == 10...10)
    #expect(highest() == nil)
  }

  @Test func featuresAreCountsOfWhatWasNoted() throws {
    var records = ReviewRecords()
    records.diary.episodes = [
      headache(
        1, "2026-03-02T10:00", nil,
        [
          .side: .word("left"), .startPlace: .word("neck"), .neckProvoked: .words(["movement"]),
          .easedByMove: .word("partly"),
        ]),
      headache(
        2, "2026-03-03T10:00", nil,
        [
          .side: .word("right"), .startPlace: .word("temple"), .neckProvoked: .words([]),
          .easedByMove: .word("not-tried"),
        ]),
      headache(3, "2026-03-04T10:00", nil, [.side: .word("right"), .neckLimited: .word("no"), .neck: .flag(true)]),
      headache(4, "2026-03-05T10:00"),
    ]
    let review = Review(records, terms())
    func feature(_ kind: Feature.Kind) throws -> Feature { try #require(review.features.first { $0.kind == kind }) }
    #expect(try feature(.side).words.map(\.word) == ["right", "left"])
    #expect(try feature(.side).words.map(\.count) == [2, 1])
    #expect(try feature(.side).noted == 3)
    #expect(try feature(.beganInNeck).answers == [.yes, .no, .unknown, .unknown])
    #expect(try feature(.provoked).yes == 1 && feature(.provoked).noted == 2)
    #expect(try feature(.limited).answers == [.unknown, .unknown, .no, .unknown])
    let eased = try feature(.eased)
    #expect(eased.partly == 1 && eased.yes == 0 && eased.noted == 1)
    #expect(try feature(.quality).noted == 0)
  }

  @Test func medicineIsCountedByDaysOfTheLastThirty() {
    var records = ReviewRecords()
    var early = headache(1, "2026-02-08T10:00")
    early.episode.medicines = [Medicine(taken: at("2026-02-07T11:00"), name: "ibuprofen", medicineClass: .simple)]
    var late = headache(2, "2026-03-08T10:00")
    late.episode.medicines = [
      Medicine(taken: at("2026-03-08T11:00"), name: "sumatriptan", medicineClass: .triptan),
      Medicine(taken: at("2026-03-08T18:00"), name: "ibuprofen", medicineClass: .simple),
    ]
    records.diary.episodes = [late, early]
    let review = Review(records, terms())
    // 7 February to 8 March are thirty days.
    #expect(review.medicine30.total == 2 && review.medicine30.byClass == [.simple: 2, .triptan: 1])
    #expect(review.diary.medicineDays.any == 1)
    #expect(review.days[6].hasMedicine && review.days[6].hasTenDayMedicine)
    #expect(review.diary.episodes == 1)
  }

  @Test func medicineOfANightBelongsToTheDayOnWhichItWasTaken() {
    var evening = headache(1, "2026-03-01T21:00", "2026-03-01T23:00")
    evening.episode.medicines = [
      Medicine(taken: at("2026-03-02T00:30"), name: "sumatriptan", medicineClass: .triptan)
    ]
    var records = ReviewRecords()
    records.diary.episodes = [evening]
    let review = Review(records, terms())
    #expect(review.episodes.isEmpty && review.diary.medicineDays.any == 1)
    #expect(review.days.map(\.hasMedicine) == [true] + Array(repeating: false, count: 6))
    #expect(review.days[0].hasTenDayMedicine && review.days[0].headaches.isEmpty)
  }

  @Test func theTimeBeforeIsAsLong() throws {
    var records = ReviewRecords()
    records.diary.episodes = [headache(1, "2026-02-23T10:00"), headache(2, "2026-02-22T10:00")]
    let before = try #require(Review(records, terms()).before)
    #expect(before.period == Self.date("2026-02-23")...Self.date("2026-03-01"))
    #expect(before.diary.episodes == 1)
    let today = Self.date("2026-03-09")
    #expect(ReviewTerms.weeks(1, before: today) == week)
  }

  @Test func howSoonHeadachesWereEntered() {
    var records = ReviewRecords()
    records.diary.episodes = [
      headache(1, "2026-03-02T10:00", lag: .minutes(59)), headache(2, "2026-03-02T14:00", lag: 19 * .hour),
      headache(3, "2026-03-03T10:00", lag: 49 * .hour),
      headache(4, "2026-03-04T00:00", precision: .day, lag: 17 * .hour),
    ]
    let lags = Review(records, terms()).lags
    #expect([lags.withinAnHour, lags.withinTwoDays, lags.recalled, lags.untimed] == [1, 1, 1, 1])
  }

  // MARK: Prompts, exercises, settings, words

  @Test func promptsThatBecameMootSayNothing() {
    let outcomes: [Outcome?] = [.taken, .expired, .skipped, .withdrawn, .superseded, .undeliverable, nil]
    let prompts = outcomes.map {
      RecordedPrompt(kind: .move, posted: at("2026-03-02T10:00"), outcome: $0, ended: nil)
    }
    let review = Review(ReviewRecords(prompts: prompts), terms())
    #expect(review.desk.movePrompts == 3 && review.desk.movesTaken == 1)
    #expect(review.days[0].movePrompts == 3 && review.days[0].movesTaken == 1)
  }

  @Test func exercisesAreCountedBesideWhatWasPlanned() {
    let item = Programme.Item(exercise: "E01", level: 1)
    let strength = Programme.Item(exercise: "E08", level: 1, days: 3...5)
    let programme = Programme(
      name: "p", by: "", date: nil, review: nil, isCleared: false, sessionsADay: 2, goOnAfter: 2,
      weeks: [
        .init(number: 1, title: "", home: [item], strength: [], desk: [], goal: ""),
        .init(number: 2, title: "", home: [item], strength: [strength], desk: [], goal: ""),
      ], own: [])
    var records = ReviewRecords()
    records.programmes = [ProgrammeRecord(name: programme.identity, week: 1, since: at("2026-02-25T08:00"))]
    func done(_ exercise: String, _ time: String) -> ExerciseEntry {
      ExerciseEntry(
        exercise: exercise, level: 1, done: at(time).wall, offsetSeconds: RecordLine.offset, way: .commandLine)
    }
    records.exercises = [
      done("E01", "2026-02-25T09:00"), done("E01", "2026-02-25T18:00"), done("E01", "2026-03-03T09:00"),
      done("E01", "2026-03-04T09:00"), done("E08", "2026-03-04T09:10"), done("E08", "2026-03-05T09:10"),
    ]
    records.ratings = [
      ExerciseRating(exercise: "E01", level: 1, day: Self.date("2026-03-04"), pain: 6, worse: false),
      ExerciseRating(exercise: "E01", level: 1, day: Self.date("2026-03-05"), pain: 0, worse: false),
      ExerciseRating(exercise: "E01", level: 1, day: Self.date("2026-03-05"), pain: 3, worse: false),
    ]
    records.prompts = [.done, .expired, .withdrawn].map {
      RecordedPrompt(kind: .exercise, posted: at("2026-03-04T11:00"), outcome: $0, ended: nil)
    }
    let review = Review(records, terms(programme: programme))
    let figures = review.exercises
    // The second week began on 4 March, seven days after the first session.
    #expect(figures.weeks == 1...2 && figures.weeksInAll == 2)
    #expect(figures.sessionsDone == 2 && figures.sessionsPlanned == 14)
    // Three of seven days, five days long.
    #expect(figures.strengthDaysDone == 2 && figures.strengthDaysPlanned == 2)
    #expect(figures.deskSetsPrompted == 2 && figures.deskSetsDone == 1 && figures.movementsDone == 4)
    #expect(figures.lights == [.red: 1, .amber: 1] && figures.rated == 2)
    #expect(figures.reds.map(\.name) == ["Gentle nod"] && figures.reds.map(\.day) == [Self.date("2026-03-04")])
    #expect(review.movements.map(\.nextDay) == [.red, .amber, nil, nil])
    #expect(review.movements.map(\.name).first == "Gentle nod")
  }

  @Test func theHistoryOfSettingsTellsWhatChangedInThePeriod() {
    func record(_ key: String, _ value: String, _ since: String) -> SettingRecord {
      SettingRecord(key: key, value: value, since: at(since))
    }
    let move = "prompts.move.after"
    let records = ReviewRecords(settings: [
      record(move, "50min", "2026-01-01T08:00"), record("sitting.daily_budget", "6h", "2026-01-01T08:00"),
      record(move, "45min", "2026-02-10T08:00"), record(move, "40min", "2026-03-04T08:00"),
      record("sitting.daily_budget", "5h", "2026-03-05T08:00"), record(move, "30min", "2026-03-09T08:00"),
    ])
    let settings = Review(records, terms()).settings
    #expect(settings.atStart == [move: "45min", "sitting.daily_budget": "6h"])
    #expect(settings.startedSince == at("2026-02-10T08:00"))
    #expect(settings.changes.map(\.before) == ["45min", "6h"])
    #expect(settings.changes.map(\.after) == ["40min", "5h"])
    #expect(settings.scheduleChanges == [Self.date("2026-03-04")])
    // What is recorded for the first time within the period has not changed there.
    let young = Review(
      ReviewRecords(settings: [record(move, "50min", "2026-03-03T08:00"), record(move, "40min", "2026-03-03T09:00")]),
      terms()
    ).settings
    #expect(young.atStart == [move: "40min"] && young.changes.isEmpty)
  }

  @Test func aSettingThatChangesBackHasChangedTwice() {
    let values = [("50min", "2026-01-01"), ("30min", "2026-03-03"), ("30min", "2026-03-04"), ("50min", "2026-03-05")]
    let records = values.map {
      SettingRecord(key: "prompts.move.after", value: $0, since: at("\($1)T08:00"))
    }
    let settings = Review(ReviewRecords(settings: records), terms()).settings
    #expect(settings.changes.map(\.before) == ["50min", "30min"])
    #expect(settings.changes.map(\.after) == ["30min", "50min"])
    #expect(settings.scheduleChanges == [Self.date("2026-03-03"), Self.date("2026-03-05")])
    #expect(settings.atStart == ["prompts.move.after": "50min"])
  }

  @Test func theLastWordsOfEachKindCount() {
    func note(_ number: UInt64, _ kind: DiaryNote.Kind, _ day: String, _ text: String) -> DiaryEntry<DiaryNote> {
      DiaryEntry(
        id: RecordID(high: 2, low: number), content: DiaryNote(kind: kind, date: Self.date(day), text: text),
        entered: at("\(day)T18:00"), way: .commandLine)
    }
    var records = ReviewRecords()
    records.diary.notes = [
      note(1, .helps, "2026-01-02", "a walk"), note(2, .helps, "2026-02-02", "a nap"),
      note(3, .physiotherapy, "2026-03-03", ""), note(4, .advice, "2026-03-03", "nod lying down"),
      note(5, .question, "2026-03-09", "and the chair?"), note(6, .question, "2026-03-10", "of tomorrow"),
    ]
    let review = Review(records, terms())
    #expect(review.words.helps?.text == "a nap")
    #expect(review.words.worsens == nil)
    #expect(review.words.question?.text == "and the chair?")
    #expect(review.visits.map(\.date.description) == ["2026-03-03"])
    #expect(review.notes.map(\.id.bytes.last) == [3, 4])
  }

  @Test func warningSignsStayOnTheReviewWhileTheyAreOpen() {
    func report(_ opened: String, _ closed: String?) -> WarningReport {
      WarningReport(level: .days, signs: [], opened: at(opened), closed: closed.map(at))
    }
    let records = ReviewRecords(warnings: [
      report("2026-01-02T10:00", "2026-01-03T10:00"), report("2026-01-05T10:00", nil),
      report("2026-03-03T10:00", "2026-03-03T11:00"), report("2026-03-09T08:00", "2026-03-09T08:30"),
    ])
    #expect(
      Review(records, terms()).warnings.map(\.opened.date.description) == ["2026-01-05", "2026-03-03", "2026-03-09"])
  }

  @Test func aTrialIsWholeWhateverThePeriod() {
    var records = ReviewRecords()
    records.diary.episodes = [headache(1, "2026-02-24T10:00"), headache(2, "2026-03-03T10:00")]
    records.diary.days = (0..<14).map { day in
      let date = Self.date("2026-02-23").adding(days: day)
      return DayRecord(date: date, state: .none, entered: at("\(date)T17:00"), way: .notification)
    }
    func trial(_ number: UInt64, _ start: String) -> TrialRecord {
      TrialRecord(
        id: RecordID(high: 3, low: number),
        trial: Trial(start: Self.date(start), seed: 1, pairs: 1, present: .minutes(50), shorter: .minutes(30)),
        planned: at("\(start)T08:00"))
    }
    records.trials = [trial(1, "2025-12-01"), trial(2, "2026-02-23"), trial(3, "2026-03-09")]
    let trials = Review(records, terms()).trials
    #expect(trials.map(\.record.id.bytes.last) == [2])
    #expect(trials.first?.result.blocks.map(\.figures.headacheDays) == [1, 1])
    #expect(trials.first?.result.blocks.map(\.figures.recordedDays) == [7, 7])
  }
}
