import NapeCore
import NapeSettings

/// Steps an engine through a trace, in virtual time, and tells what would have happened (§14 of the design).
///
/// The same trace gives the same records. A zone's file is read by the caller.
public struct Simulation {
  /// The bytes of a zone's TZif file by its name; `nil` if there is none of that name.
  public typealias ZoneFile = (String) -> [UInt8]?

  private var reader: TraceReader
  private let exercises: [ExerciseSet]
  private let zoneFile: ZoneFile
  private var loaded: LoadedSettings
  private let emit: (Record) -> Void

  private var driver: Driver?
  private var diary = TraceDiary()
  private var summary = Summary()
  private var kept: TraceRecords?
  private var isFinished = false

  /// - Parameters:
  ///   - file: the trace's name, for errors.
  ///   - loaded: the settings at the start.
  ///   - exercises: what exercise prompts may ask for.
  ///   - keepsRecords: whether ``records`` is wanted.
  ///   - emit: takes each record as it comes.
  public init(
    file: String, settings loaded: LoadedSettings, exercises: [ExerciseSet], zoneFile: @escaping ZoneFile,
    keepsRecords: Bool = false, emit: @escaping (Record) -> Void
  ) {
    kept = keepsRecords ? TraceRecords() : nil
    reader = TraceReader(file: file)
    self.loaded = loaded
    self.exercises = exercises
    self.zoneFile = zoneFile
    self.emit = emit
  }

  /// Takes the next line of the trace in.
  ///
  /// - Throws: `TraceError` for a line that cannot be taken; the run is over then.
  public mutating func take(_ bytes: some Sequence<UInt8>) throws(TraceError) {
    guard driver != nil else { return try start(bytes) }
    guard let line = try reader.line(bytes) else { return }
    if isFinished { throw error("a line after the end", "nothing after {\"end\": true}") }
    driver?.advance(to: line.t)
    tell()
    try apply(line.event)
    tell()
  }

  /// The trace is over.
  public mutating func finish() throws(TraceError) {
    guard driver != nil else {
      throw TraceError(file: reader.file, line: 1, what: "the trace is empty", allowed: "a header on its first line")
    }
    if !isFinished { end() }
  }

  /// What the daemon would have stored by now; `nil` where it is not kept, and before the header.
  public var records: TraceRecords? {
    guard var kept, let checkpoint = driver?.checkpoint else { return nil }
    kept.episodes = diary.entries.map(\.record)
    kept.checkpoint = checkpoint
    return kept
  }

  private func error(_ what: String, _ allowed: String) -> TraceError {
    TraceError(file: reader.file, line: reader.number, what: what, allowed: allowed)
  }

  private mutating func start(_ bytes: some Sequence<UInt8>) throws(TraceError) {
    guard let header = try reader.header(bytes) else { return }
    let zone = try zone(named: header.zone)
    driver = Driver(
      settings: loaded.settings, wordings: .builtIn(), exercises: exercises, zone: zone,
      startWall: .seconds(zone.utc(local: header.start)))
    noteSettings()
  }

  private func zone(named name: String) throws(TraceError) -> Zone {
    guard let bytes = zoneFile(name), let zone = try? Zone(tzif: bytes) else {
      throw error("there is no zone \"\(name)\"", "a name of the time zone database, such as \"Europe/Berlin\"")
    }
    return zone
  }

  // MARK: Lines

  private mutating func apply(_ event: TraceEvent) throws(TraceError) {
    switch event {
    case .clock(let step): driver?.stepClock(by: step)
    case .zone(let name):
      let zone = try zone(named: name)
      driver?.change(zone: zone)
    case .config(let settings): configure(settings)
    case .restart(let length): driver?.goDown(for: length)
    case .end: end()
    case .answer(let choice): driver?.answer(choice)
    case .headache(let line): enter(line)
    case .input(let input):
      // Before the engine hears of it, so that what that makes due finds the typing.
      if input != .once { driver?.note(typing: input == .typing) }
      hand(event)
    default: hand(event)
    }
  }

  private mutating func hand(_ event: TraceEvent) {
    if let event = event.engineEvent(at: driver?.t ?? 0) { driver?.handle(event) }
  }

  private mutating func configure(_ settings: [(key: String, literal: String)]) {
    for (key, literal) in settings {
      if key == "exercises.programme" {
        tell(
          .refused(what: "config", why: "\(key): it is read at the start, from the file of --config"),
          at: driver?.t ?? 0)
        continue
      }
      do {
        try loaded.set(key, toTOML: literal, file: reader.file, line: reader.number)
      } catch {
        tell(.refused(what: "config", why: "\(error.key): \(error.what): \(error.allowed)"), at: driver?.t ?? 0)
      }
    }
    driver?.change(settings: loaded.settings)
    noteSettings()
  }

  private mutating func noteSettings() {
    guard let now = driver?.now.stamp else { return }
    kept?.settings += KeyTable.history(of: loaded.settings, since: now)
  }

  // MARK: The diary

  private mutating func enter(_ line: HeadacheLine) {
    guard let driver else { return }
    let now = driver.now
    if driver.isAsleep {
      return self.driver?.report([.refused(what: "headache", why: "the machine is asleep")]) ?? ()
    }
    let before = diary.dates
    do throws(EntryRules.Refusal) {
      let outcome = try diary.enter(
        line, time: line.when.map { stamp($0, now, in: driver.zone) }, at: now, open: driver.openSpans,
        settings: loaded.settings)
      emit(Record(outcome, of: line.action, at: driver.t, fractions: reader.hasFractions))
    } catch {
      return tell(.refused(what: "headache", why: error.description), at: driver.t)
    }
    know(before)
  }

  private func stamp(_ when: HeadacheLine.When, _ now: Moment, in zone: Zone) -> Stamp {
    switch when {
    case .ago(let length): return Stamp(wall: now.wall - length, in: zone)
    case .at(let second):
      return Stamp(secondOfDay: second, of: now.stamp.date, in: zone)
    }
  }

  /// Tells what has become of the days of headaches.
  private mutating func know(_ before: Set<LocalDate>) {
    guard let driver else { return }
    let after = diary.dates
    var days = driver.days
    for date in before.union(after).sorted() {
      let state: DayState = after.contains(date) ? .headache : .unknown
      guard days[date] ?? .unknown != state else { continue }
      days[date] = state
      tell(.day(date, state), at: driver.t)
    }
    self.driver?.know(days: days, cards: diary.cards)
  }

  private mutating func end() {
    driver?.end()
    tell()
    emit(Record(summary, at: driver?.t ?? 0, fractions: reader.hasFractions))
    isFinished = true
  }

  // MARK: Telling

  private mutating func tell() {
    let cards = diary.cards
    for told in driver?.takeTold() ?? [] {
      if let zone = driver?.zone { diary.note(told.effect, at: told.at, in: zone) }
      kept?.note(told.effect, at: told.at)
      tell(told.effect, at: told.t)
    }
    if diary.cards != cards, let days = driver?.days { driver?.know(days: days, cards: diary.cards) }
  }

  /// Times are whole seconds unless the trace, as far as it has been read, has fractions.
  private mutating func tell(_ effect: Effect, at t: Microseconds) {
    summary.count(effect)
    if let record = Record(effect, at: t, fractions: reader.hasFractions) { emit(record) }
  }
}
