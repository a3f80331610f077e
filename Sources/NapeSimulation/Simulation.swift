import NapeCore
import NapeSettings

/// Steps an engine through a trace, in virtual time, and tells what would have happened (§14 of the design).
///
/// The same trace gives the same records. A zone's file is read by the caller.
public struct Simulation {
  /// The bytes of a zone's TZif file by its name; `nil` if there is none of that name.
  public typealias ZoneFile = (String) -> [UInt8]?

  private var reader: TraceReader
  private let zoneFile: ZoneFile
  private var loaded: LoadedSettings
  private let emit: (Record) -> Void

  private var engine: Engine?
  private var summary = Summary()
  private var zone = Zone.utc
  private var facts = Facts()

  /// Now, and what the clocks show beside it.
  private var t: Microseconds = 0
  private var startWall: Microseconds = 0
  private var stepped: Microseconds = 0
  private var slept: Microseconds = 0
  private var asleepSince: Microseconds?

  /// The notification that stands, and when its server closes it.
  private var notification: (id: UInt64, closes: Microseconds)?
  private static let notificationCloses: Microseconds = .minutes(1)

  /// When the last checkpoint was made because something changed, and when a killed daemon comes back.
  private var changed: Microseconds = 0
  private var down: (checkpoint: Checkpoint, until: Microseconds)?

  /// What was told during a sleep; it is told at the resume.
  private var held: [Effect] = []
  private var isFinished = false

  /// What sources would say to a daemon that has just been started.
  private struct Facts {
    var input: Event?
    var inhibited = false
    var locked = false
    var switched = false
    var lost = false

    mutating func note(_ event: TraceEvent, at t: Microseconds) {
      switch event {
      case .input(.active), .input(.typing): input = .active
      case .input(.idle), .sleep(true): input = .idle(since: t)
      case .input(.once): if input != .active { input = .idle(since: t) }
      case .inhibited(let held): inhibited = held
      case .session(.locked): locked = true
      case .session(.unlocked): locked = false
      case .session(.switched): switched = true
      case .session(.active): switched = false
      case .source(let source): lost = source == .lost
      default: break
      }
    }
  }

  /// - Parameters:
  ///   - file: the trace's name, for errors.
  ///   - loaded: the settings at the start.
  ///   - emit: takes each record as it comes.
  public init(
    file: String, settings loaded: LoadedSettings, zoneFile: @escaping ZoneFile, emit: @escaping (Record) -> Void
  ) {
    reader = TraceReader(file: file)
    self.loaded = loaded
    self.zoneFile = zoneFile
    self.emit = emit
  }

  /// Takes the next line of the trace in.
  ///
  /// - Throws: `TraceError` for a line that cannot be taken; the run is over then.
  public mutating func take(_ bytes: some Sequence<UInt8>) throws(TraceError) {
    guard engine != nil || down != nil else { return try start(bytes) }
    guard let line = try reader.line(bytes) else { return }
    if isFinished { throw error("a line after the end", "nothing after {\"end\": true}") }
    advance(to: line.t)
    try apply(line.event)
  }

  /// The trace is over.
  public mutating func finish() throws(TraceError) {
    guard engine != nil || down != nil else {
      throw TraceError(file: reader.file, line: 1, what: "the trace is empty", allowed: "a header on its first line")
    }
    if !isFinished { end() }
  }

  private func error(_ what: String, _ allowed: String) -> TraceError {
    TraceError(file: reader.file, line: reader.number, what: what, allowed: allowed)
  }

  private mutating func start(_ bytes: some Sequence<UInt8>) throws(TraceError) {
    guard let header = try reader.header(bytes) else { return }
    zone = try zone(named: header.zone)
    startWall = .seconds(zone.utc(local: header.start))
    engine = Engine(settings: loaded.settings, wordings: .builtIn(), zone: zone, bootID: "trace", at: now)
  }

  private func zone(named name: String) throws(TraceError) -> Zone {
    guard let bytes = zoneFile(name), let zone = try? Zone(tzif: bytes) else {
      throw error("there is no zone \"\(name)\"", "a name of the time zone database, such as \"Europe/Berlin\"")
    }
    return zone
  }

  // MARK: Time

  private var now: Moment {
    let wall = startWall + t + stepped
    let suspended = slept + (asleepSince.map { t - $0 } ?? 0)
    return Moment(
      boot: t, monotonic: t - suspended, wall: wall, offsetSeconds: zone.offset(atUTC: wall / .second))
  }

  /// Works off everything that is due up to and including a time, and goes there.
  private mutating func advance(to target: Microseconds) {
    comeUp(by: target)
    while asleepSince == nil, let engine {
      let due = [engine.deadline, notification?.closes].compactMap { $0 }.min()
      guard let due, due <= target else { break }
      t = max(t, due)
      if let closed = notification, closed.closes <= t {
        notification = nil
        hand(.notificationClosed(id: closed.id, byPerson: false))
      } else {
        hand(.tick)
      }
    }
    t = max(t, target)
  }

  private mutating func hand(_ event: Event) {
    guard var engine else { return }
    // Given up here, so that the engine's arrays are changed in place and not copied.
    self.engine = nil
    let before = engine.durable
    let effects = engine.handle(event, at: now)
    if engine.durable != before { changed = t }
    self.engine = engine
    if asleepSince == nil { tell(effects) } else { held += effects }
  }

  // MARK: Lines

  private mutating func apply(_ event: TraceEvent) throws(TraceError) {
    facts.note(event, at: t)
    switch event {
    case .input, .inhibited, .session, .source, .posture, .respond, .command:
      if let event = event.engineEvent(at: t) { hand(event) }
    case .sleep(true): fallAsleep()
    case .sleep(false): wake()
    case .clock(let step):
      stepped += step
      hand(.tick)
    case .zone(let name):
      zone = try zone(named: name)
      hand(.zone(zone))
    case .config(let settings): configure(settings)
    case .restart(let length): goDown(for: length)
    case .end: end()
    case .notYet(let what):
      let known = "input, inhibitors, sessions, sleep, sources, posture, clocks, settings, answers, pauses and restarts"
      throw error("\(what) is not supported yet", "this version knows \(known)")
    }
  }

  private mutating func fallAsleep() {
    guard asleepSince == nil else { return }
    hand(.asleep)
    asleepSince = t
  }

  private mutating func wake() {
    guard let since = asleepSince else { return }
    slept += t - since
    asleepSince = nil
    let told = held
    held = []
    tell(told)
    hand(.awake)
  }

  private mutating func configure(_ settings: [(key: String, literal: String)]) {
    for (key, literal) in settings {
      do {
        try loaded.set(key, toTOML: literal, file: reader.file, line: reader.number)
      } catch {
        tell([.refused(what: "config", why: "\(error.key): \(error.what): \(error.allowed)")])
      }
    }
    hand(.settings(loaded.settings))
  }

  // MARK: Restarts

  /// The daemon is killed; what it stored last is its last checkpoint.
  private mutating func goDown(for length: Microseconds) {
    guard let engine else { return }
    let here = t
    let since = engine.status(at: now).since.boot
    t = max(changed, since + (here - since) / Checkpoint.interval * Checkpoint.interval)
    let checkpoint = engine.checkpoint(at: now)
    t = here
    down = (checkpoint, here + length)
    self.engine = nil
    notification = nil
  }

  private mutating func comeUp(by target: Microseconds) {
    guard let down, down.until <= target else { return }
    self.down = nil
    t = max(t, down.until)
    let (engine, effects) = Engine.resuming(
      down.checkpoint, settings: loaded.settings, wordings: .builtIn(), zone: zone, bootID: "trace", at: now)
    self.engine = engine
    changed = t
    tell(effects)
    if facts.lost { hand(.sourceLost) }
    if facts.inhibited { hand(.inhibited(true, since: t)) }
    if facts.switched { hand(.switched) }
    if facts.locked { hand(.locked) }
    if let input = facts.input { hand(input) }
  }

  private mutating func end() {
    if let until = down?.until { comeUp(by: until) }
    if asleepSince != nil { wake() }
    hand(.end)
    emit(record(["t": .time(t), "summary": summary.value]))
    isFinished = true
  }

  // MARK: Telling

  private mutating func tell(_ effects: [Effect]) {
    for effect in effects {
      summary.count(effect)
      switch effect {
      case .post(let prompt): notification = (prompt.id, t + Self.notificationCloses)
      case .hide(let id), .outcome(let id, _, _, _): if notification?.id == id { notification = nil }
      default: break
      }
      if let record = record(of: effect) { emit(record) }
    }
  }

  /// Times are whole seconds unless the trace, as far as it has been read, has fractions.
  private func record(_ members: KeyValuePairs<String, Record.Value>) -> Record {
    Record(members, fractions: reader.hasFractions)
  }

  private func record(of effect: Effect) -> Record? {
    let time = Record.Value.time(t)
    switch effect {
    case .span(let span):
      return record([
        "t": time, "span": .text(span.kind.rawValue), "evidence": .text(span.evidence.rawValue),
        "from": .time(span.begin.boot), "to": .time(span.end),
      ])
    case .bout(let bout):
      return record([
        "t": time, "bout": .time(bout.sitting), "from": .time(bout.from), "to": .time(bout.to),
        "ended_by": .text(bout.endedBy.rawValue),
      ])
    case .post(let prompt):
      let wall = now.wall - now.wall % .second
      let text = WallTime.iso8601(utcMicroseconds: wall, offsetSeconds: now.offsetSeconds)
      return record([
        "t": time, "wall": .text(text), "prompt": .text(prompt.kind.rawValue),
        "id": .count(Int(clamping: prompt.id)), "sat": .time(prompt.sat),
      ])
    case .outcome(let id, let kind, let outcome, _):
      return record([
        "t": time, "outcome": .text(outcome.rawValue), "id": .count(Int(clamping: id)),
        "prompt": .text(kind.rawValue),
      ])
    case .deferred(let kind, let because):
      return record(["t": time, "deferred": .text(kind.rawValue), "because": .text(because.rawValue)])
    case .clockStep(let step): return record(["t": time, "clock_step": .time(step)])
    case .refused(let what, let why): return record(["t": time, "refused": .text(what), "why": .text(why)])
    case .hide: return nil
    }
  }
}
