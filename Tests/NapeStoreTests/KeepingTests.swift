import Foundation
import NapeCore
import NapeSettings
import SQLite
import Testing

@testable import NapeStore

/// Copies, erasing, old spans, and records from elsewhere.
@Suite struct KeepingTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "nape-\(UUID())/data/nape").path()
  private var path: String { folder + "/nape.db" }
  private let files = FileManager.default
  private let rules = DiaryRules(Settings())
  /// A Monday.
  private let now = Stamp(iso8601: "2026-03-02T16:00:00+01:00")!
  private let marker = "marker-4711"

  private func open() throws -> Store { try Store(path: path, patience: .command) }

  private func moment(_ stamp: Stamp) -> Moment {
    Moment(boot: stamp.wall, monotonic: stamp.wall, wall: stamp.wall, offsetSeconds: stamp.offsetSeconds)
  }

  private func at(_ text: String) -> Stamp { Stamp(iso8601: text + "+01:00")! }

  private func span(_ kind: Span.Kind, _ from: String, _ to: String, _ evidence: Evidence = .input) -> Span {
    Span(
      kind: kind, evidence: evidence, begin: moment(at(from)), length: at(to).wall - at(from).wall, bootID: "boot")
  }

  private func checkpoint(open: [Span] = [], days: [DayCount] = []) -> Checkpoint {
    Checkpoint(
      made: moment(now), bootID: "boot", open: open, bout: .init(from: now.wall - 100, to: now.wall, sitting: 50),
      openPrompt: nil, marks: [.lastID: 7], days: days)
  }

  /// Sunday from 22:00 over midnight, and Monday.
  private var spans: [Span] {
    [
      span(.sitting, "2026-03-01T20:00:00", "2026-03-01T22:00:00"),
      span(.away, "2026-03-01T22:00:00", "2026-03-02T09:00:00", .idle),
      span(.sitting, "2026-03-02T09:00:00", "2026-03-02T12:00:00"),
      span(.sitting, "2026-03-02T12:00:00", "2026-03-03T01:00:00"),
      span(.away, "2026-03-03T01:00:00", "2026-03-03T02:00:00", .locked),
    ]
  }

  private func day(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

  private func episode(_ text: String, note: String? = nil, precision: Onset.Precision = .exact) -> Episode {
    Episode(
      onset: Onset(at: at(text), precision: precision), fields: note.map { [.note: .text($0)] } ?? [:],
      medicines: note.map { [Medicine(taken: at(text), name: $0, medicineClass: .other)] } ?? [])
  }

  private func add(_ episode: Episode, to store: Store) throws -> RecordID {
    try store.add(episode, at: now, way: .commandLine, rules: rules).id
  }

  private func holds(_ text: String) throws -> [String] {
    try files.contentsOfDirectory(atPath: folder).filter {
      try Data(contentsOf: URL(filePath: folder + "/" + $0)).range(of: Data(text.utf8)) != nil
    }
  }

  // MARK: Totals

  @Test func theTotalOfADayFollowsTheRulesOfBouts() throws {
    let date = try day("2026-03-02")
    let spans = [
      span(.unknown, "2026-03-02T00:00:00", "2026-03-02T08:00:00", .notRunning),
      span(.sitting, "2026-03-02T08:00:00", "2026-03-02T08:30:00"),
      // Too short for a break; and unknown for no longer than a checkpoint may be old.
      span(.away, "2026-03-02T08:30:00", "2026-03-02T08:31:00", .locked),
      span(.sitting, "2026-03-02T08:31:00", "2026-03-02T09:00:00"),
      span(.unknown, "2026-03-02T09:00:00", "2026-03-02T09:06:00", .notRunning),
      span(.sitting, "2026-03-02T09:06:00", "2026-03-02T09:10:00"),
      // A break of two kinds.
      span(.away, "2026-03-02T09:10:00", "2026-03-02T09:11:00", .idle),
      span(.standing, "2026-03-02T09:11:00", "2026-03-02T09:12:00", .manual),
      span(.sitting, "2026-03-02T09:12:00", "2026-03-02T09:22:00"),
      // It ends the bout and is no break.
      span(.unknown, "2026-03-02T09:22:00", "2026-03-02T10:00:00", .sourceLost),
      span(.sitting, "2026-03-02T10:00:00", "2026-03-02T10:01:00"),
      span(.away, "2026-03-02T10:01:00", "2026-03-03T00:00:00", .suspended),
    ]
    var expected = DayTotal(date: date)
    expected.sitting = .minutes(30 + 29 + 4 + 10 + 1)
    expected.standing = .minutes(1)
    expected.away = .minutes(1 + 1 + 839)
    expected.unknown = .minutes(480 + 6 + 38)
    expected.bouts = 3
    expected.longestBout = .minutes(63)
    expected.breaks = 2
    let total = DayTotal(of: date, spans, breakAfter: rules.breakAfter)
    #expect(total == expected)
    let whole = [total.sitting, total.standing, total.away, total.unknown].reduce(0, +)
    #expect(whole / .hour == 24)
    #expect(DayTotal(of: date, [], breakAfter: rules.breakAfter) == DayTotal(date: date))
  }

  @Test func aSpanIsCutAtMidnightsOfItsOwnOffset() throws {
    let parts = span(.away, "2026-03-01T22:00:00", "2026-03-04T01:00:00").parts
    #expect(parts.map(\.date.description) == ["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04"])
    #expect(parts.map { $0.length / .hour } == [2, 24, 24, 1])
    #expect(span(.away, "2026-03-01T00:00:00", "2026-03-02T00:00:00").parts.count == 1)
  }

  // MARK: Retention

  @Test func oldSpansBecomeTotalsAndTheDiaryStays() throws {
    let store = try open()
    try store.record(spans.map { .span($0) }, checkpoint())
    let id = try add(episode("2026-03-02T11:00:00"), to: store)
    let before = try store.episode(named: id.short)
    let tuesday = try day("2026-03-03")
    try store.reduceSpans(before: tuesday, breakAfter: rules.breakAfter)
    #expect(
      try store.spans() == [
        span(.sitting, "2026-03-03T00:00:00", "2026-03-03T01:00:00"), spans[4],
      ])
    let totals = try store.dayTotals()
    #expect(totals.map(\.date) == [tuesday.adding(days: -2), tuesday.adding(days: -1)])
    #expect(totals.map { $0.sitting / .hour } == [2, 15])
    #expect(totals.map { $0.away / .hour } == [2, 9])
    #expect(totals.map(\.bouts) == [1, 1])
    #expect(totals.map { $0.longestBout / .hour } == [2, 15])
    #expect(totals.map(\.breaks) == [1, 0])
    #expect(try store.episode(named: id.short) == before, "with its context")
    try store.reduceSpans(before: tuesday, breakAfter: rules.breakAfter)
    #expect(try store.dayTotals() == totals)
    #expect(try store.spans().count == 2)
  }

  @Test func yearsAreReducedInPieces() throws {
    let store = try open()
    let first = try day("2023-01-01")
    let days = (0..<400).map { index -> Effect in
      let begin = Stamp(wall: Microseconds(first.daysSinceEpoch + index) * 24 * .hour, offsetSeconds: 0)
      return .span(Span(kind: .away, evidence: .idle, begin: moment(begin), length: 24 * .hour, bootID: "boot"))
    }
    try store.record(days, checkpoint())
    try store.reduceSpans(before: first.adding(days: 390), breakAfter: rules.breakAfter)
    #expect(try store.dayTotals().map(\.away) == [Microseconds](repeating: 24 * .hour, count: 390))
    #expect(try store.spans().count == 10)
  }

  // MARK: Erasing

  @Test func everythingIsGoneFromFileAndLog() throws {
    let store = try open()
    try store.record(spans.map { .span($0) }, checkpoint())
    let id = try add(episode("2026-03-02T11:00:00", note: marker), to: store)
    _ = try store.change(
      id, by: EpisodeChange(fields: [.note: .text(marker + "!")]), at: now, way: .dbus, rules: rules)
    try store.setFactors(of: now.date, to: [.sleep], at: now, way: .dbus)
    #expect(try !holds(marker).isEmpty)
    // Another connection, as the daemon's, stays open.
    let other = try open()
    #expect(try other.episodes().count == 1)
    try store.erase(Erasure(days: nil, isDiaryOnly: false), offsetSeconds: 3600, rules: rules)
    #expect(try store.emptyLog())
    #expect(try holds(marker).isEmpty)
    #expect(try other.episodes().isEmpty)
    #expect(try other.takeErasures() == [nil])
    #expect(try other.takeErasures().isEmpty)
    let database = try Database(path: path, mode: .readOnly, busyTimeoutMilliseconds: 1000)
    let tables = try database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").query {
      row throws(SQLiteError) in try row.string(0)
    }
    #expect(tables.count > 20)
    for table in tables {
      #expect(try database.prepare("SELECT 1 FROM \(table)").query { _ in 0 }.isEmpty, "\(table)")
    }
    try other.record([.span(spans[4])], checkpoint())
    #expect(try store.spans().count == 1)
  }

  @Test func aReaderThatHoldsTheLogIsReported() throws {
    let store = try Store(path: path, patience: .daemon)
    _ = try add(episode("2026-03-02T11:00:00", note: marker), to: store)
    let reader = try Database(path: path, mode: .readOnly, busyTimeoutMilliseconds: 0)
    try reader.execute("BEGIN; SELECT * FROM episode")
    try store.erase(Erasure(days: nil, isDiaryOnly: false), offsetSeconds: 3600, rules: rules)
    #expect(try !store.emptyLog())
    #expect(try store.episodes().isEmpty, "what is deleted stays deleted")
    try reader.execute("COMMIT")
    #expect(try store.emptyLog())
    #expect(try holds(marker).isEmpty)
  }

  @Test func aDayIsTakenOutOfTheLedgerAndTheRestStays() throws {
    let store = try open()
    let monday = try day("2026-03-02")
    let count = DayCount(date: monday, sitting: 99)
    let open = span(.sitting, "2026-03-03T02:00:00", "2026-03-03T03:00:00")
    try store.record(
      spans.map { .span($0) }, checkpoint(open: [open], days: [count, DayCount(date: monday.adding(days: 1))]))
    let inside = try add(episode("2026-03-02T11:00:00", note: marker), to: store)
    let outside = try add(episode("2026-03-01T21:00:00", note: "stays"), to: store)
    let later = at("2026-03-03T04:00:00")
    let after = try store.add(episode("2026-03-03T00:30:00"), at: later, way: .dbus, rules: rules).id
    #expect(try store.episode(named: after.short).context?.windows[2].sitting == 4 * .hour)
    try store.erase(Erasure(days: monday...monday, isDiaryOnly: false), offsetSeconds: 3600, rules: rules)
    #expect(
      try store.spans() == [
        spans[0], span(.away, "2026-03-01T22:00:00", "2026-03-02T00:00:00", .idle),
        span(.unknown, "2026-03-02T00:00:00", "2026-03-03T00:00:00", .notRunning),
        span(.sitting, "2026-03-03T00:00:00", "2026-03-03T01:00:00"), spans[4],
      ])
    #expect(try store.episodes().map(\.id) == [outside, after])
    #expect(try store.changes(of: inside).isEmpty)
    let context = try #require(try store.episode(named: after.short).context)
    #expect(
      context.windows[2] == .init(sitting: 30 * .minute, known: 30 * .minute), "nothing of that day shines through")
    #expect(try store.checkpoint()?.days == [DayCount(date: monday.adding(days: 1))])
    #expect(try store.checkpoint()?.open == [open])
    #expect(try store.takeErasures() == [monday...monday])
    #expect(try store.emptyLog())
    #expect(try holds(marker).isEmpty)
    // The ledger goes on where it was.
    try store.record([.span(open)], checkpoint())
    #expect(try store.spans().last == open)
  }

  /// One span over three days becomes three.
  @Test func aDayWithinALongSpanIsCutOut() throws {
    let store = try open()
    let long = span(.away, "2026-03-01T12:00:00", "2026-03-03T12:00:00", .idle)
    let next = span(.sitting, "2026-03-03T12:00:00", "2026-03-03T13:00:00")
    try store.record([.span(long), .span(next)], checkpoint())
    let monday = try day("2026-03-02")
    try store.erase(Erasure(days: monday...monday, isDiaryOnly: false), offsetSeconds: 3600, rules: rules)
    let spans = try store.spans()
    #expect(spans.map(\.kind) == [.away, .unknown, .away, .sitting])
    #expect(spans.map { $0.length / .hour } == [12, 24, 12, 1])
    #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.end == $1.begin.boot })
  }

  @Test func theFirstDaysOfALedgerLeaveNothing() throws {
    let store = try open()
    try store.record(spans.map { .span($0) }, checkpoint())
    try store.erase(
      Erasure(days: try day("2020-01-01")...(try day("2026-03-02")), isDiaryOnly: false), offsetSeconds: 3600,
      rules: rules)
    #expect(try store.spans() == [span(.sitting, "2026-03-03T00:00:00", "2026-03-03T01:00:00"), spans[4]])
  }

  @Test func theDiaryAloneIsErased() throws {
    let store = try open()
    try store.record(spans.map { .span($0) }, checkpoint())
    _ = try add(episode("2026-03-02T11:00:00"), to: store)
    try store.setDay(try day("2026-03-01"), to: .none, at: now, way: .dbus)
    let monday = try day("2026-03-02")
    try store.erase(Erasure(days: monday...monday, isDiaryOnly: true), offsetSeconds: 3600, rules: rules)
    #expect(try store.days(from: monday.adding(days: -9)).count == 1)
    try store.erase(Erasure(days: nil, isDiaryOnly: true), offsetSeconds: 3600, rules: rules)
    #expect(try store.days(from: monday.adding(days: -9)).isEmpty)
    #expect(try store.spans() == spans)
    #expect(try store.checkpoint() == checkpoint())
    #expect(try store.takeErasures().isEmpty)
  }

  // MARK: Copies

  private func mode(_ path: String) throws -> Int? {
    try files.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func aCopyHoldsAllAndLeavesNothingBesides() throws {
    let store = try open()
    try store.record(spans.map { .span($0) }, checkpoint())
    _ = try add(episode("2026-03-02T11:00:00", note: marker), to: store)
    let place = folder + "/../copies"
    try files.createDirectory(atPath: place, withIntermediateDirectories: true)
    let counts = try Backup.make(of: store, in: place + "/copy.db", replacing: false)
    #expect(counts.filter { $0.count > 0 }.map(\.what) == ["spans", "headaches"])
    #expect(counts.filter { $0.count > 0 }.map(\.count) == [5, 1])
    #expect(try files.contentsOfDirectory(atPath: place) == ["copy.db"])
    #expect(try mode(place + "/copy.db") == 0o600)
    #expect(try Store(path: place + "/copy.db", patience: .command).episodes() == store.episodes())
    let error = #expect(throws: StoreError.self) {
      try Backup.make(of: store, in: place + "/copy.db", replacing: false)
    }
    if case .file(_, _, EEXIST) = error {} else { Issue.record("\(String(describing: error))") }
    try store.erase(Erasure(days: nil, isDiaryOnly: false), offsetSeconds: 0, rules: rules)
    #expect(try Backup.make(of: store, in: place + "/copy.db", replacing: true).allSatisfy { $0.count == 0 })
  }

  @Test func aLinkIsNotFollowedAndTheRecordNotReplaced() throws {
    let store = try open()
    let place = folder + "/../copies"
    try files.createDirectory(atPath: place, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: URL(filePath: place + "/target"))
    try files.createSymbolicLink(atPath: place + "/link", withDestinationPath: place + "/target")
    #expect(throws: StoreError.self) { try Backup.make(of: store, in: place + "/link", replacing: false) }
    _ = try Backup.make(of: store, in: place + "/link", replacing: true)
    #expect(try String(contentsOfFile: place + "/target", encoding: .utf8) == "mine")
    #expect(try files.attributesOfItem(atPath: place + "/link")[.type] as? FileAttributeType == .typeRegular)
    for file in [path, path + "-wal", place, place + "/", place + "/no/copy.db", ""] {
      #expect(throws: StoreError.self, "\(file)") { try Backup.make(of: store, in: file, replacing: true) }
    }
    #expect(try store.quickCheck().isEmpty)
    #expect(try files.contentsOfDirectory(atPath: place).sorted() == ["link", "target"])
  }

  // MARK: Records from elsewhere

  private func items() throws -> [DiaryItem] {
    let ids = (1...9).compactMap { RecordID(high: 7, low: UInt64($0)) }
    let context = DeskContext(
      windows: (1...3).map { .init(sitting: $0, known: $0) }, bout: nil, sinceBreak: 5, longestBout: 6,
      ignoredPrompts: 7, partOfDay: .afternoon, isComplete: true)
    let day = try day("2026-02-20")
    return [
      .episode(
        EpisodeRecord(
          id: ids[0], episode: episode("2026-02-20T11:00:00", note: "one"), context: context,
          entered: at("2026-02-20T11:05:00"), way: .notification, edited: at("2026-02-21T11:05:00"))),
      .day(
        DayRecord(
          date: day.adding(days: 1), state: .none, factors: [.bag], entered: at("2026-02-21T20:00:00"), way: .dbus)),
      .note(
        DiaryEntry(
          id: ids[1], content: DiaryNote(kind: .acupuncture, date: day, text: ""), entered: now, way: .commandLine)),
      .score(
        DiaryEntry(
          id: ids[2], content: Score(instrument: .hit6, total: 50, date: day), entered: now, way: .commandLine)),
      .deskCheck(
        DiaryEntry(
          id: ids[3], content: DeskCheck(date: day, answers: ["screen": "low", "light": "good"]), entered: now,
          way: .commandLine)),
    ]
  }

  @Test func recordsAreTakenAsTheyAreAndOnce() throws {
    let store = try open()
    let items = try items()
    #expect(try store.take(items, at: now, mode: .tryOut, rules: rules) == [Store.Taken](repeating: .new, count: 5))
    #expect(try store.diaryContents() == DiaryContents())
    #expect(try store.take(items, at: now, mode: .whatCanBe, rules: rules) == [Store.Taken](repeating: .new, count: 5))
    let contents = try store.diaryContents()
    var there: [DiaryItem] = contents.episodes.map(DiaryItem.episode)
    there += contents.days.map(DiaryItem.day)
    there += contents.notes.map(DiaryItem.note)
    there += contents.scores.map(DiaryItem.score)
    there += contents.deskChecks.map(DiaryItem.deskCheck)
    #expect(there == items)
    #expect(
      try store.take(items, at: now, mode: .allOrNothing, rules: rules) == [Store.Taken](repeating: .known, count: 5))
    #expect(try store.diaryContents() == contents)
  }

  @Test func whatDoesNotFitIsToldAndTheRestIsTaken() throws {
    let store = try open()
    let id = try add(episode("2026-02-20T11:02:00"), to: store)
    var items = try items()
    let future = Stamp(wall: now.wall + .hour, offsetSeconds: 0)
    items.append(.episode(EpisodeRecord(id: id, episode: episode("2026-01-01T00:00:00"), entered: now, way: .dbus)))
    items.append(
      .episode(
        EpisodeRecord(
          id: .make(utcMicroseconds: 0), episode: Episode(onset: Onset(at: future)), entered: now, way: .imported)))
    items.append(.day(DayRecord(date: try day("2026-02-20"), state: .none, entered: now, way: .dbus)))
    items.append(
      .score(
        DiaryEntry(
          id: .make(utcMicroseconds: 0), content: Score(instrument: .ndi, total: 51, date: now.date), entered: now,
          way: .dbus)))
    func kinds(_ mode: Store.TakeMode) throws -> [String] {
      try store.take(items, at: now, mode: mode, rules: rules).map { String("\($0)".prefix { $0 != "(" }) }
    }
    let expected = ["duplicate", "new", "new", "new", "new", "differs", "refused", "refused", "refused"]
    #expect(try kinds(.allOrNothing) == expected)
    #expect(try store.diaryContents().notes.isEmpty, "nothing is left of it")
    #expect(try kinds(.whatCanBe) == expected)
    #expect(try store.diaryContents().notes.count == 1)
    #expect(try store.episodes().map(\.id) == [id])
  }

  @Test func ofTwoWithoutAnHourTheContentTells() throws {
    let store = try open()
    func item(_ note: String?) -> DiaryItem {
      .episode(
        EpisodeRecord(
          id: .make(utcMicroseconds: 0), episode: episode("2026-02-20T00:00:00", note: note, precision: .day),
          entered: now, way: .imported))
    }
    #expect(
      try store.take([item("a"), item("b"), item("a")], at: now, mode: .whatCanBe, rules: rules)
        == [.new, .new, .known])
    #expect(try store.take([item("b")], at: now, mode: .whatCanBe, rules: rules) == [.known])
  }

  // MARK: What goes wrong while a headache is entered

  @Test func aFullDiskTakesNothingAndSaysSo() throws {
    let store = try open()
    _ = try add(episode("2026-03-02T11:00:00", note: "first"), to: store)
    let pages = try #require(try store.database.pragma("page_count"))
    try store.database.setPragma("max_page_count", to: pages)
    let long = String(repeating: "long ", count: 200)
    var stored = 1
    var failure: DiaryError?
    for hour in 0..<24 where failure == nil {
      do throws(DiaryError) {
        let episode = episode("2026-02-0\(1 + hour % 9)T\(10 + hour / 9):00:00", note: long)
        _ = try store.add(episode, at: now, way: .dbus, rules: rules)
        stored += 1
      } catch { failure = error }
    }
    guard case .store(let error)? = failure else { return #expect(Bool(false), "it did not fill up") }
    #expect(error.isPassing)
    #expect(!error.description.contains("long"))
    let records = try store.episodes()
    #expect(records.count == stored)
    #expect(records.allSatisfy { $0.episode.fields.count == 1 && $0.episode.medicines.count == 1 })
    try store.database.setPragma("max_page_count", to: 100_000)
    _ = try add(episode("2026-02-28T11:00:00", note: long), to: store)
    #expect(try store.quickCheck().isEmpty)
  }

  /// A copy of the files as the disk may hold them at any moment of an entry, the log torn at every place.
  @Test func aPowerCutLeavesAHeadacheWholeOrNotAtAll() throws {
    let store = try open()
    _ = try add(episode("2026-03-01T11:00:00", note: "first"), to: store)
    #expect(try store.emptyLog())
    let id = try add(episode("2026-03-02T11:00:00", note: "second"), to: store)
    _ = try store.change(id, by: EpisodeChange(fields: [.side: .word("left")]), at: now, way: .dbus, rules: rules)
    try store.delete(id, at: now, way: .dbus)
    let size = try #require(try files.attributesOfItem(atPath: path + "-wal")[.size] as? Int)
    var seen: Set<String> = []
    for length in stride(from: 0, through: size, by: 1024) {
      let copy = folder + "/../cut-\(length)"
      try files.createDirectory(atPath: copy, withIntermediateDirectories: true)
      for suffix in ["", "-wal"] { try files.copyItem(atPath: path + suffix, toPath: copy + "/nape.db" + suffix) }
      let log = try FileHandle(forWritingTo: URL(filePath: copy + "/nape.db-wal"))
      try log.truncate(atOffset: UInt64(length))
      let cut = try Store(path: copy + "/nape.db", patience: .command)
      let records = try cut.episodes()
      #expect(records.allSatisfy { $0.episode.medicines.count == 1 && $0.episode.fields[.note] != nil })
      #expect(records.allSatisfy { $0.context != nil })
      let changes = try cut.changes(of: id).map(\.field).joined(separator: ",")
      seen.insert("\(records.count) \(records.last?.episode.fields.count ?? 0) \(changes)")
      #expect(try cut.quickCheck().isEmpty)
    }
    #expect(seen == ["1 1 ", "2 1 ", "2 2 side", "1 1 deleted"])
  }

  // MARK: Rights

  @Test func allFilesAreForTheirPersonAloneWhateverTheFolderWas() throws {
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try files.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder)
    let store = try open()
    _ = try add(episode("2026-03-02T11:00:00"), to: store)
    #expect(try mode(folder) == 0o700)
    let names = try files.contentsOfDirectory(atPath: folder).sorted()
    #expect(names == ["nape.db", "nape.db-shm", "nape.db-wal"])
    for name in names { #expect(try mode(folder + "/" + name) == 0o600, "\(name)") }
  }
}
