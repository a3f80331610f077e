import Foundation
import NapeCore
import NapeSettings
import SQLite
import Testing

@testable import NapeStore

@Suite struct EpisodeStoreTests {
  private let path = FileManager.default.temporaryDirectory.appending(path: "nape-\(UUID())/nape.db").path()
  private let rules = DiaryRules(Settings())
  private let now = Stamp(iso8601: "2026-03-02T16:00:00+01:00")!

  private func open() throws -> Store { try Store(path: path, patience: .command) }

  private func ago(_ length: Microseconds) -> Stamp { Stamp(wall: now.wall - length, offsetSeconds: 3600) }

  private func day(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

  @discardableResult
  private func add(_ episode: Episode, to store: Store, at: Stamp? = nil) throws -> RecordID {
    try store.add(episode, at: at ?? now, way: .commandLine, rules: rules).id
  }

  private func refusal(_ body: () throws(DiaryError) -> Void) -> EntryRules.Refusal? {
    do throws(DiaryError) { try body() } catch { if case .refused(let refusal) = error { return refusal } }
    return nil
  }

  /// Everything that can be noted.
  private var full: Episode {
    Episode(
      onset: Onset(at: ago(3 * .hour), precision: .quarterHour), end: .ended(ago(.hour)),
      fields: [
        .intensity: .range(4...6), .worst: .range(7...7), .side: .word("left"), .neck: .flag(true),
        .places: .words(["neck", "temple"]), .neckProvoked: .words([]), .nausea: .flag(false),
        .factors: .words(["sleep", "bag"]), .note: .text("after the move\nof the desk"),
      ],
      medicines: [
        Medicine(taken: ago(2 * .hour), name: "Ibuprofen", medicineClass: .simple, dose: "400 mg", helped: .partly),
        Medicine(taken: ago(.hour), name: "?", medicineClass: .unsure),
      ])
  }

  @Test func comesBackAsItWasEntered() throws {
    let id = try add(full, to: open())
    let record = try open().episode(named: id.short)
    #expect(record.episode == full)
    #expect(record.entered == now)
    #expect(record.way == .commandLine)
    #expect(record.edited == nil)
    #expect(record.context?.isComplete == false, "there is no record yet")
    let asleep = Episode(onset: Onset(at: ago(30 * .hour), precision: .day), end: .asleep(woke: nil))
    #expect(try open().episode(named: add(asleep, to: open()).description).episode == asleep)
  }

  @Test func aListIsInOrderAndWhole() throws {
    let store = try open()
    for hours in [50, 1, 20] { try add(Episode(onset: Onset(at: ago(Microseconds(hours) * .hour))), to: store) }
    try add(full, to: store)
    let records = try store.episodes()
    #expect(records.map(\.episode.onset.at) == [ago(50 * .hour), ago(20 * .hour), ago(3 * .hour), ago(.hour)])
    #expect(records[2].episode == full)
    #expect(records[1].episode.fields.isEmpty && records[3].episode.medicines.isEmpty)
    #expect(try store.episodes(from: ago(20 * .hour).wall, to: ago(3 * .hour).wall) == [records[1]])
  }

  @Test func twoOfOneMinuteAreRefusedAndNamed() throws {
    let store = try open()
    let id = try add(full, to: store)
    var twin = full
    twin.onset.at.wall += 5 * .minute
    #expect(
      refusal { () throws(DiaryError) in _ = try store.add(twin, at: now, way: .dbus, rules: rules) }
        == .duplicate(of: full.onset, id: id))
    twin.onset.at.wall += 1
    let entered = try store.add(twin, at: now, way: .dbus, rules: rules)
    #expect(entered.flags == [.overlaps(full.onset, id: id)])
  }

  @Test(arguments: [Int64.min, -1, Int64.max])
  func timesBeyondAllCalendarsAreRefused(wall: Int64) throws {
    let episode = Episode(onset: Onset(at: Stamp(wall: wall, offsetSeconds: 0)))
    let store = try open()
    #expect(refusal { () throws(DiaryError) in _ = try store.add(episode, at: now, way: .dbus, rules: rules) } != nil)
    #expect(try store.episodes().isEmpty)
  }

  @Test func whatIsChangedIsAudited() throws {
    let store = try open()
    let id = try add(full, to: store)
    let later = Stamp(wall: now.wall + .hour, offsetSeconds: 3600)
    let change = EpisodeChange(
      end: .some(nil), fields: [.side: .word("both"), .note: FieldValue?.none], moreMedicines: [full.medicines[0]])
    _ = try store.change(id, by: change, at: later, way: .dbus, rules: rules)
    let record = try store.episode(named: nil)
    #expect(record.episode == change.applied(to: full))
    #expect(record.edited == later)
    #expect(record.entered == now, "when it was entered stays")
    #expect(try store.changes(of: id).map(\.field) == ["end_known", "end", "side", "note", "medicine"])
    // What changes nothing leaves no trace.
    _ = try store.change(id, by: change.onlyFields, at: later, way: .dbus, rules: rules)
    #expect(try store.changes(of: id).count == 5)
  }

  @Test func whatANewerVersionNotedOutlivesAnEdit() throws {
    let store = try open()
    let id = try add(full, to: store)
    try store.database.prepare("INSERT INTO episode_field VALUES (?, 'of_tomorrow', 'yes')").run(id.bytes)
    try store.database.prepare("UPDATE medicine SET class = 'of_tomorrow' WHERE number = 0").run()
    let change = EpisodeChange(fields: [.worst: .range(8...8), .side: nil as FieldValue?])
    _ = try store.change(id, by: change, at: now, way: .commandLine, rules: rules)
    let fields = try store.database.prepare("SELECT name FROM episode_field ORDER BY name").query {
      row throws(SQLiteError) in try row.string(0)
    }
    #expect(fields.contains("of_tomorrow") && fields.contains("peak_nrs") && !fields.contains("side"))
    let classes = try store.database.prepare("SELECT class FROM medicine ORDER BY number").query {
      row throws(SQLiteError) in try row.string(0)
    }
    #expect(classes == ["of_tomorrow", "unsure"])
  }

  @Test func whatIsDeletedIsGoneAndThatItWasThereIsNot() throws {
    let store = try open()
    let id = try add(full, to: store)
    _ = try store.change(id, by: EpisodeChange(fields: [.side: .word("both")]), at: now, way: .dbus, rules: rules)
    try store.delete(id, at: now, way: .commandLine)
    #expect(try store.episodes().isEmpty)
    #expect(try store.changes(of: id) == [.init(field: "deleted", old: nil, new: nil)])
    #expect(try store.deletedCount() == 1)
    #expect(
      refusal { () throws(DiaryError) in try store.delete(id, at: now, way: .dbus) }
        == .noSuchEpisode(id.description))
    let database = try Database(path: path, mode: .readOnly, busyTimeoutMilliseconds: 1000)
    for table in ["episode_field", "medicine", "desk_context"] {
      #expect(try database.prepare("SELECT * FROM \(table)").query { _ in 0 }.isEmpty, "\(table)")
    }
  }

  @Test func namesThatFitNoneOrSeveralAreRefused() throws {
    let store = try open()
    #expect(
      refusal { () throws(DiaryError) in _ = try store.episode(named: nil) }?.description
        == "no headache is noted yet")
    let ids = [0x11, 0x12].compactMap { RecordID(high: 0, low: $0) }
    for (place, id) in ids.enumerated() {
      let episode = Episode(onset: Onset(at: ago(Microseconds(place + 1) * .hour)))
      _ = try store.add(episode, id: id, at: now, way: .dbus, rules: rules)
    }
    #expect(try store.episode(named: "11").id == ids[0])
    #expect(try store.episode(named: nil).id == ids[0])
    #expect(refusal { () throws(DiaryError) in _ = try store.episode(named: "") } == .noSuchEpisode(""))
    #expect(refusal { () throws(DiaryError) in _ = try store.episode(named: "%") } == .noSuchEpisode("%"))
  }

  // MARK: Context

  /// Three days away, then sitting for two hours, as stored by an engine; the open span is in the checkpoint.
  private func record(_ store: Store, sittingFrom begin: Stamp, checkpointAfter length: Microseconds) throws {
    func moment(_ boot: Microseconds) -> Moment {
      Moment(boot: boot, monotonic: boot, wall: begin.wall - 72 * .hour + boot, offsetSeconds: 3600)
    }
    var engine = Engine(settings: Settings(), wordings: .builtIn(), zone: .utc, bootID: "boot", at: moment(0))
    var effects = engine.handle(.locked, at: moment(1))
    effects += engine.handle(.unlocked, at: moment(72 * .hour - 1))
    effects += engine.handle(.active, at: moment(72 * .hour))
    let at = moment(72 * .hour + length)
    effects += engine.handle(.tick, at: at)
    try store.record(effects, engine.checkpoint(at: at))
  }

  /// The lunch break of a long weekend began more than a day before.
  @Test func theContextReachesBackOverALongAbsence() throws {
    let store = try open()
    try record(store, sittingFrom: ago(2 * .hour), checkpointAfter: 2 * .hour)
    let id = try add(Episode(onset: Onset(at: ago(.hour))), to: store)
    let context = try #require(try store.episode(named: id.short).context)
    #expect(context.sinceBreak == .hour)
    #expect(context.bout == .hour)
    #expect(context.windows[1] == .init(sitting: .hour, known: 2 * .hour))
    #expect(context.isComplete)
  }

  @Test func theContextIsCompletedOnceTheRecordIsThere() throws {
    let store = try open()
    try record(store, sittingFrom: ago(2 * .hour), checkpointAfter: .hour)
    let id = try add(Episode(onset: Onset(at: now)), to: store)
    let before = try #require(try store.episode(named: id.short).context)
    #expect(!before.isComplete)
    #expect(before.windows[0] == .init(sitting: 0, known: 0))
    let open = try #require(try store.checkpoint()?.open)
    let span = Span(
      kind: open[0].kind, evidence: open[0].evidence, begin: open[0].begin, length: 2 * .hour, bootID: "boot")
    try store.completeContexts(open: [span], rules: rules)
    let after = try #require(try store.episode(named: id.short).context)
    #expect(after.isComplete)
    #expect(after.windows[0] == .init(sitting: .hour, known: .hour))
    #expect(after.bout == 2 * .hour)
    // A corrected onset gets its own.
    let change = EpisodeChange(onset: Onset(at: ago(90 * .minute)))
    _ = try store.change(id, by: change, at: now, way: .dbus, rules: rules)
    #expect(try store.episode(named: id.short).context?.bout == 30 * .minute)
    let untimed = EpisodeChange(onset: Onset(at: ago(16 * .hour), precision: .day))
    _ = try store.change(id, by: untimed, at: now, way: .dbus, rules: rules)
    #expect(try store.episode(named: id.short).context == nil)
  }

  // MARK: Days

  @Test func aDayIsWhatWasSaidOrWhatItsHeadachesSay() throws {
    let store = try open()
    let (today, yesterday) = (try day("2026-03-02"), try day("2026-03-01"))
    try store.setDay(yesterday, to: .none, at: now, way: .commandLine)
    // It began at 23:00 and ended at 01:00.
    let id = try add(Episode(onset: Onset(at: ago(17 * .hour)), end: .ended(ago(15 * .hour))), to: store)
    #expect(try store.days(from: yesterday) == [yesterday: .headache, today: .headache])
    #expect(try store.days(from: today) == [today: .headache])
    #expect(
      refusal { () throws(DiaryError) in try store.setDay(today, to: .none, at: now, way: .dbus) }
        == .dayHasHeadache(today))
    #expect(
      refusal { () throws(DiaryError) in
        try store.setDay(today.adding(days: 1), to: .none, at: now, way: .dbus)
      } == .dayNotBegun(today.adding(days: 1)))
    try store.delete(id, at: now, way: .commandLine)
    #expect(try store.days(from: yesterday).isEmpty, "what was said before the headache does not come back")
    #expect(
      try store.dayChanges() == [
        .init(date: yesterday, old: .none, new: nil, at: now, way: .commandLine)
      ])
  }

  /// The daemon's own *No headache* goes the same way.
  @Test func noHeadacheSaidTooLateIsNotStored() throws {
    let store = try open()
    try add(full, to: store)
    let moment = Moment(boot: 0, monotonic: 0, wall: now.wall, offsetSeconds: 3600)
    let engine = Engine(settings: Settings(), wordings: .builtIn(), zone: .utc, bootID: "boot", at: moment)
    try store.record([.day(now.date, .none), .day(now.date.adding(days: -1), .none)], engine.checkpoint(at: moment))
    #expect(try store.dayRecords(from: now.date.adding(days: -9)).map(\.date) == [now.date.adding(days: -1)])
    try store.record([.day(now.date.adding(days: -1), .unknown)], engine.checkpoint(at: moment))
    #expect(try store.dayChanges().map(\.way) == [.notification])
  }

  @Test func whatIsSaidTwiceKeepsItsFirstTime() throws {
    let store = try open()
    let date = now.date
    try store.setDay(date, to: .none, at: now, way: .commandLine)
    let later = Stamp(wall: now.wall + 100 * .hour, offsetSeconds: 3600)
    try store.setDay(date, to: .none, at: later, way: .dbus)
    #expect(try store.dayRecords(from: date) == [DayRecord(date: date, state: .none, entered: now, way: .commandLine)])
    #expect(try store.dayChanges().isEmpty)
    try store.setDay(date, to: .unknown, at: later, way: .dbus)
    #expect(try store.dayRecords(from: date).isEmpty)
    #expect(try store.dayChanges() == [.init(date: date, old: .none, new: nil, at: later, way: .dbus)])
  }

  @Test func factorsOfADayAreKeptAndNoneIsAnAnswer() throws {
    let store = try open()
    let (today, before) = (now.date, now.date.adding(days: -1))
    try store.setFactors(of: today, to: [.sleep, .bag], at: now, way: .commandLine)
    try store.setFactors(of: before, to: [], at: now, way: .commandLine)
    try store.setDay(before, to: .none, at: now, way: .commandLine)
    let records = try store.dayRecords(from: before)
    #expect(records.map(\.factors) == [[], [.sleep, .bag]])
    #expect(records.map(\.state) == [.none, .unknown])
    #expect(try store.days(from: before) == [before: .none], "factors say nothing of headaches")
  }

  // MARK: Size, and the version before

  /// A thousand headaches and ten years of spans: what is read does not grow with the record, nor by a query each.
  @Test func tenYearsAreReadWithAHandfulOfQueries() throws {
    let store = try open()
    do {
      let database = try Database(path: path, mode: .readWrite, busyTimeoutMilliseconds: 1000)
      try database.execute(
        """
        WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 129999)
        INSERT INTO span SELECT NULL, randomblob(16), CASE i % 2 WHEN 0 THEN 'sitting' ELSE 'away' END, 'input',
          \(now.wall) - (130000 - i) * 2400000000, 3600, 'boot', i * 2400000000, 2400000000 FROM n
        """)
    }
    let items = (0..<1000).map { index -> DiaryItem in
      let onset = Onset(at: ago(Microseconds(index * 86 + 1) * .hour))
      return .episode(
        EpisodeRecord(
          id: .make(utcMicroseconds: 0), episode: Episode(onset: onset, fields: full.fields), entered: now,
          way: .imported))
    }
    #expect(try store.take(items, at: now, mode: .whatCanBe, rules: rules).allSatisfy { $0 == .new })
    let records = try store.episodes()
    #expect(records.count == 1000)
    #expect(records.allSatisfy { $0.episode.fields == full.fields })
    #expect(records.allSatisfy { $0.context?.isComplete == true })
    #expect(records.filter { $0.context?.windows[0].known == .hour }.count == 1000)
  }

  /// What was stored before there was a diary stays, whatever it says of the days.
  @Test func aStoreOfVersion3IsBroughtUp() throws {
    try OldStore.make(path, version: 3) { database in
      try database.execute(
        """
        INSERT INTO span VALUES (1, randomblob(16), 'sitting', 'input', 1000000, 3600, 'boot', 5, 7);
        INSERT INTO prompt VALUES (4, 'move', 2000000, 3600, 9, 'taken', 3000000);
        INSERT INTO checkpoint VALUES ('boot_id', 'boot');
        INSERT INTO day VALUES (20513, 'none', \(now.wall));
        INSERT INTO day VALUES (20514, 'headache', \(now.wall));
        INSERT INTO exercise_done VALUES (randomblob(16), 'E01', 1, 5, 3600, NULL, 'command-line', 6);
        """)
    }
    let store = try open()
    #expect(try store.spans().map(\.length) == [7])
    #expect(try store.prompts().map(\.id) == [4])
    #expect(try store.exercises().map(\.exercise) == ["E01"])
    let (sunday, monday) = (try day("2026-03-01"), try day("2026-03-02"))
    #expect(try store.days(from: sunday) == [sunday: .none, monday: .headache])
    #expect(try store.dayRecords(from: sunday).map(\.way) == [.notification, .notification])
    // A yes of a check-in of that time can be taken back: no headache stands behind it.
    try store.setDay(monday, to: .unknown, at: now, way: .commandLine)
    #expect(try store.days(from: sunday) == [sunday: .none])
    try add(full, to: store)
    #expect(try store.days(from: sunday) == [sunday: .none, monday: .headache])
    #expect(try store.quickCheck().isEmpty)
    #expect(try open().episodes().count == 1)
  }
}

extension EpisodeChange {
  /// Without what would be added again.
  fileprivate var onlyFields: EpisodeChange { EpisodeChange(end: end, fields: fields) }
}
