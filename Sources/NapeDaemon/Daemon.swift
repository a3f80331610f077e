import Glibc
import NapeBus
import NapeCore
import NapeDesktop
import NapeSettings
import NapeStore
import Systemd

/// The wiring: hands events to the engine, and carries out what it wants.
///
/// Everything runs in the event loop's callbacks. What knows time and presence is handed in, so that `nape demo` can run
/// this same object on a replayed trace.
public final class Daemon {
  /// What a daemon works with.
  public struct Parts {
    public var loop: EventLoop
    public var clock: any Clock
    public var zone: Zone
    public var bootID: String
    public var bus: Bus
    public var storePath: String
    /// Reads the settings; at the start and at each reload.
    public var loadSettings: () -> LoadedSettings
    public var wordings: Wordings
    public var log: Log
    /// A variable's value, as `getenv` gives it; for the programme's path.
    public var environment: (String) -> String?

    public init(
      loop: EventLoop, clock: any Clock, zone: Zone, bootID: String, bus: Bus, storePath: String,
      loadSettings: @escaping () -> LoadedSettings, wordings: Wordings,
      log: Log, environment: @escaping (String) -> String? = { _ in nil }
    ) {
      self.loop = loop
      self.clock = clock
      self.zone = zone
      self.bootID = bootID
      self.bus = bus
      self.storePath = storePath
      self.loadSettings = loadSettings
      self.wordings = wordings
      self.log = log
      self.environment = environment
    }
  }

  private let parts: Parts
  private let log: Log
  private let recorder: Recorder
  private let began: Moment
  private let delivery: PromptDelivery
  /// How many damaged stores had been set aside when the feeds were told last.
  private var setAside: Int
  private let exercises: ExerciseFeed
  private let diary: DiaryFeed
  public let server: NotificationServer

  public private(set) var engine: Engine
  private var loaded: LoadedSettings
  /// What is wrong with the settings. It is told where they are read, with file and line.
  private var refusedSettings: [String] = []
  /// The order of the sources that are in use.
  private let sourcesAtStart: [String]
  /// Why the last reload changed nothing.
  private var brokenReload: Diagnostic?

  private var inbox: [Event] = []
  private var isHandling = false
  private var exports: [Slot] = []
  private var told: Told?
  private var hasName = false

  /// The presence source in use.
  public var source: (any PresenceSource)? { didSet { noteChange() } }
  /// Why there is none; `nil` until sources have been looked for.
  private var whyNoSource: String?
  /// The person sits at another machine.
  var isRemote = false { didSet { noteChange() } }
  /// The desktop reminds of breaks by itself.
  var hasOtherReminders = false { didSet { noteChange() } }
  /// What was said for the record and is not said again.
  private var adviceSaid: Set<String> = []
  /// The last prompt could not be shown.
  private var lacksServer = false
  /// Why the daemon could not confine itself, where the kernel knows how to.
  private var whyUnconfined: String?

  /// Prompts that a notification server has not answered for yet.
  public private(set) var deliveriesUnderWay = 0

  /// What the engine wants to hear may have changed.
  public var onChange: () -> Void = {}
  /// Each effect after it has been carried out; for `nape demo`.
  public var onEffect: (Effect) -> Void = { _ in }
  /// The status line has changed.
  public var onStatusText: (String) -> Void = { _ in }

  /// Goes on from where the store says that a daemon stopped.
  public init(_ parts: Parts) throws {
    self.parts = parts
    log = parts.log
    loaded = parts.loadSettings()
    sourcesAtStart = loaded.settings.presence.sources
    server = NotificationServer(bus: parts.bus, loop: parts.loop)
    delivery = PromptDelivery(server: server, log: log, pictures: Pictures(environment: parts.environment))
    let now = parts.clock.now()
    began = now
    recorder = try Recorder(path: parts.storePath, at: now)
    setAside = recorder.setAside.count
    var effects: [Effect] = []
    if let checkpoint = try recorder.checkpoint(at: now) {
      (engine, effects) = Engine.resuming(
        checkpoint, settings: loaded.settings, wordings: parts.wordings, zone: parts.zone, bootID: parts.bootID,
        at: now)
    } else {
      engine = Engine(
        settings: loaded.settings, wordings: parts.wordings, zone: parts.zone, bootID: parts.bootID, at: now)
      if !recorder.isTakenUp { engine.continueNumbers(from: UInt64(max(0, now.wall / .second))) }
    }
    recorder.keep(effects, at: now)
    recorder.keep(KeyTable.history(of: loaded.settings, since: now.stamp))
    if recorder.takeErasures(at: now) != nil { recorder.storeWaiting(engine.checkpoint(at: now)) }
    exercises = ExerciseFeed(
      recorder: recorder, environment: parts.environment, programme: loaded.settings.exercises.programme)
    diary = DiaryFeed(
      recorder: recorder, exercises: exercises, clock: parts.clock, log: log, settings: loaded.settings,
      zone: parts.zone)
    try server.start()
    diary.onWritten = { [weak self] in self?.reread() }
    server.onReply = { [weak self] id, reply in
      switch reply {
      case .answer(let answer): self?.handle(.respond(id: id, answer))
      case .choice(let choice): self?.handle(.answered(id: id, choice))
      }
    }
    server.onClosed = { [weak self] id, byPerson in
      self?.handle(.notificationClosed(id: id, byPerson: byPerson))
    }
    server.onShownLate = { [weak self] _ in
      self?.lacksServer = false
      self?.noteChange()
    }
    tellSettings(before: LoadedSettings())
    tellEnds(effects)
  }

  /// Takes the name on the bus.
  ///
  /// - Returns: `false` if another daemon has it.
  public func takeName() throws -> Bool {
    guard try parts.bus.requestName(BusName.service) else { return false }
    for object in [
      SittingInterface.object(for: self), PromptsInterface.object(for: self), DiaryInterface.object(for: diary),
      DaemonInterface.object(for: self),
    ] {
      exports.append(try parts.bus.export(object))
    }
    hasName = true
    return true
  }

  // MARK: Events

  /// Hands an event to the engine and carries out what it wants; from within an effect, after that.
  public func handle(_ event: Event) { _ = take(event) }

  private func take(_ event: Event) -> [Effect] {
    inbox.append(event)
    guard !isHandling else { return [] }
    isHandling = true
    defer { isHandling = false }
    var all: [Effect] = []
    repeat {
      while let event = nextEvent() { all += work(off: event) }
      arm()
      noteChange()
      // What is handed in from there has its turn too.
      onChange()
    } while !inbox.isEmpty
    return all
  }

  private func nextEvent() -> Event? {
    let now = parts.clock.now()
    var news = diary.news(at: now) { engine.checkpoint(at: now).open }
    if noteReplacement() { news += diary.news(at: now) { engine.checkpoint(at: now).open } }
    // What the diary holds bears on what may be asked for.
    exercises.restriction = diary.restriction
    inbox.insert(contentsOf: news + exercises.news(at: now), at: 0)
    return inbox.isEmpty ? nil : inbox.removeFirst()
  }

  private func work(off event: Event) -> [Effect] {
    let before = engine.durable
    let checkpointDue = engine.checkpointDeadline
    let now = parts.clock.now()
    let effects = engine.handle(event, at: now)
    switch event {
    case .settings: diary.settings = engine.settings
    case .zone: diary.zone = engine.zone
    default: break
    }
    let done = effects.flatMap { exercises.note($0, of: event) }
    let told = effects.flatMap { diary.note($0, at: now.stamp) }
    let isCheckpoint = checkpointDue.map { $0 <= now.boot } ?? false
    let isReload = if case .settings = event { true } else { false }
    if engine.durable != before || !effects.isEmpty || isCheckpoint || isReload || event == .asleep || event == .stop
      || recorder.retryAt.map({ $0 <= now.boot }) ?? false
    {
      record(effects, exercises: done, diary: told, at: now)
    }
    for effect in effects {
      carryOut(effect)
      onEffect(effect)
    }
    return effects
  }

  private func record(
    _ effects: [Effect], exercises done: [ExerciseEntry] = [], diary told: [DiaryWrite] = [], at now: Moment
  ) {
    let failedBefore = recorder.failure
    let old = recorder.reopen(at: now)
    let isJoined = old != nil
    if let old {
      let joined = engine.join(old, began: began, at: now)
      recorder.putFirst(joined)
      tellEnds(joined)
    }
    recorder.keep(effects, exercises: done, diary: told, at: now)
    if let erased = recorder.takeErasures(at: now) {
      for erasure in erased where !erasure.isDiaryOnly {
        recorder.keep(engine.forget(erasure.days, at: now), at: now)
      }
      recorder.storeWaiting(engine.checkpoint(at: now))
    }
    if isJoined { diary.refresh() }
    noteReplacement()
    recorder.reduceSpans(by: engine.settings, at: now)
    guard failedBefore != recorder.failure else { return }
    if let failure = recorder.failure {
      log.write(
        .storeFailed, .warning, "The store did not take a record, which is kept and tried again: \(failure)",
        [("NAPE_STORE", recorder.path)])
    } else {
      log.write(.storeRecovered, .info, "The store takes records again.", [("NAPE_STORE", recorder.path)])
      exercises.refresh()
      diary.refresh()
    }
  }

  /// - Returns: whether a new store was begun, of which nobody knows anything yet.
  @discardableResult private func noteReplacement() -> Bool {
    guard setAside != recorder.setAside.count else { return false }
    setAside = recorder.setAside.count
    exercises.refresh()
    diary.refresh()
    return true
  }

  /// Of prompts that were open when a daemon before this one ended.
  private func tellEnds(_ effects: [Effect]) {
    for case .outcome(let id, let kind, let outcome, let at) in effects {
      delivery.recordEnd(of: id, kind, outcome, at: at)
    }
  }

  private func carryOut(_ effect: Effect) {
    switch effect {
    // That a question was answered is not told: only a Yes has questions.
    case .span, .bout, .deferred, .answered, .refused: break
    case .day: tellChange()
    case .ask(let question):
      delivery.ask(question, settings: engine.settings.prompts) { [weak self] isShown in
        guard let self else { return }
        guard isShown else { return self.handle(.undeliverable(id: question.id)) }
        let told = self.diary.noteShown(question)
        if !told.isEmpty { self.record([], diary: told, at: self.parts.clock.now()) }
      }
    case .post(let prompt): post(prompt)
    case .hide(let id): delivery.takeBack(id)
    case .outcome(let id, let kind, let outcome, let at):
      // The next one takes its place on the screen.
      if outcome == .superseded { delivery.replace(id) } else { delivery.takeBack(id) }
      delivery.recordEnd(of: id, kind, outcome, at: at)
      if hasName { try? PromptsInterface.emitEnded(id, outcome, on: parts.bus) }
    case .clockStep(let step):
      log.write(
        .clockStepped, .info, "The wall clock was stepped by \(step / .second) s.",
        [("NAPE_STEP_USEC", String(step))])
    }
  }

  private func post(_ prompt: Prompt) {
    deliveriesUnderWay += 1
    if hasName { try? PromptsInterface.emitPosted(prompt, on: parts.bus) }
    delivery.post(prompt, settings: engine.settings.prompts) { [weak self] result in
      guard let self else { return }
      self.deliveriesUnderWay -= 1
      if result.notification != .takenBack { self.lacksServer = result.notification == .failed }
      if result.reachedNobody { self.handle(.undeliverable(id: prompt.id)) } else { self.noteChange() }
    }
  }

  private func arm() {
    let deadlines = [engine.deadline, engine.checkpointDeadline, recorder.retryAt, diary.retryAt, exercises.retryAt]
    guard let deadline = deadlines.compactMap({ $0 }).min() else { return parts.clock.arm(nil, accuracy: 0) }
    let isSoon = deadline - parts.clock.now().boot <= .minute
    parts.clock.arm(deadline, accuracy: isSoon ? .second : 10 * .second)
  }

  /// Everything is in place: what is due is worked off, and time goes on from here.
  public func start() {
    log.write(
      .started, .info, "nape \(NapeVersion.string) is running; the record is \(parts.storePath).",
      [("NAPE_STORE", parts.storePath)])
    handle(.tick)
  }

  /// The store has been written to by another way than the engine's.
  private func reread() {
    exercises.refresh()
    diary.refresh()
    handle(.tick)
    tellChange()
  }

  private func tellChange() {
    if hasName { try? DiaryInterface.emitChanged(on: parts.bus) }
  }

  /// The program ends: what is shown is taken back, and where it stands is stored.
  public func stop() {
    handle(.stop)
    let stored =
      recorder.failure.map { "the record could not be stored up to now: \($0)" } ?? "the record is stored up to now"
    log.write(.stopped, .info, "nape stops; \(stored).", [("NAPE_STORE", parts.storePath)])
    parts.bus.flush()
  }

  /// What the daemon may reach from here on.
  func note(_ outcome: Confinement.Outcome) {
    switch outcome {
    case .confined: break
    case .unsupported:
      log.write(
        .unconfined, .notice,
        "This kernel has no Landlock, or it is off: naped goes on without confining itself to its own files.")
    case .failed(let error):
      whyUnconfined =
        "naped could not confine itself to its own files (\(error))"
        + (error.code == EPERM ? ": a filter of system calls may lack Landlock's three" : "")
      noteChange()
    }
  }

  // MARK: Presence

  /// There is no source, and why.
  public func noteNoSource(_ why: String) {
    whyNoSource = why
    source = nil
  }

  // MARK: Settings

  /// What was told of the settings before is not told again.
  private func tellSettings(before: LoadedSettings) {
    refusedSettings = loaded.diagnostics.map(\.record)
    for diagnostic in loaded.diagnostics where !before.diagnostics.contains(diagnostic) { tellRefused(diagnostic) }
    for notice in loaded.notices where !before.notices.contains(notice) {
      log.write(.settingsOverruled, .notice, notice.record, Self.fields(of: notice))
    }
    guard loaded.files != before.files || told != nil else { return }
    let files = loaded.files.isEmpty ? "what is built in" : loaded.files.joined(separator: ", ")
    let refused = refusedSettings.isEmpty ? "" : "; what is wrong with them: nape config check"
    log.write(
      .settingsLoaded, .info, "Settings are in force from \(files)\(refused).",
      loaded.files.map { ("NAPE_CONFIG_FILE", $0) })
  }

  private func tellRefused(_ diagnostic: Diagnostic) {
    log.write(.settingsRefused, .warning, diagnostic.record, Self.fields(of: diagnostic))
  }

  private static func fields(of diagnostic: Diagnostic) -> [(name: String, value: String)] {
    var fields = [("NAPE_CONFIG_FILE", diagnostic.file)]
    if diagnostic.line > 0 { fields.append(("NAPE_CONFIG_LINE", String(diagnostic.line))) }
    if KeyTable.key(named: diagnostic.key) != nil { fields.append(("NAPE_CONFIG_KEY", diagnostic.key)) }
    return fields
  }

  // MARK: What is shown

  /// What the bus was told last.
  private struct Told: Equatable {
    var status: Status
    var source: String
    var quality: Quality
    var faults: [Fault]
    var refusedSettings: [String]
    var lockedKeys: [String]
    var advice: [String]
    var isRemote: Bool

    var isDegraded: Bool { !faults.isEmpty || !refusedSettings.isEmpty }
  }

  private func noteChange() {
    let now = Told(
      status: status, source: sourceName, quality: quality, faults: faults,
      refusedSettings: refusedSettings + lastReload,
      lockedKeys: lockedKeys, advice: advice, isRemote: isRemote)
    guard let before = told else {
      told = now
      tellFaults(before: [], now: now.faults)
      tellAdvice()
      onStatusText(statusText)
      return
    }
    told = now
    if before.faults != now.faults { tellFaults(before: before.faults, now: now.faults) }
    if before.advice != now.advice { tellAdvice() }
    if before.status.kind != now.status.kind || before.source != now.source || before.isDegraded != now.isDegraded
      || before.isRemote != now.isRemote
    {
      onStatusText(statusText)
    }
    guard hasName else { return }
    emit(
      BusName.sitting,
      [
        "State": before.status.kind != now.status.kind,
        "Evidence": before.status.evidence != now.status.evidence,
        "SinceTimestamp": before.status.since != now.status.since,
        "Source": before.source != now.source,
        "Quality": before.quality != now.quality,
      ])
    emit(
      BusName.prompts,
      [
        "NextKind": before.status.next?.kind != now.status.next?.kind,
        "NextTimestamp": Self.differ(before.status.next?.wall, now.status.next?.wall),
        "Deferred": before.status.deferred != now.status.deferred,
        "PausedUntilTimestamp": Self.differ(before.status.pausedUntil, now.status.pausedUntil),
        "Current": before.status.current != now.status.current,
      ])
    emit(
      BusName.daemon,
      [
        "Problems": before.faults != now.faults || before.refusedSettings != now.refusedSettings
          || before.advice != now.advice,
        "LockedKeys": before.lockedKeys != now.lockedKeys,
      ])
  }

  /// Wall time that is computed from boot time varies by the moment between two readings.
  private static func differ(_ left: Microseconds?, _ right: Microseconds?) -> Bool {
    guard let left, let right else { return left != right }
    return abs(left - right) >= .second
  }

  private func emit(_ interface: String, _ changes: KeyValuePairs<String, Bool>) {
    let names = changes.filter(\.value).map(\.key)
    guard !names.isEmpty else { return }
    try? parts.bus.emitPropertiesChanged(path: BusName.path, interface: interface, names)
  }

  /// Once while the daemon runs, however often it comes and goes.
  private func tellAdvice() {
    for sentence in advice where adviceSaid.insert(sentence).inserted { log.write(.advised, .notice, sentence) }
  }

  private func tellFaults(before: [Fault], now: [Fault]) {
    for fault in now where !before.contains(fault) {
      log.write(.degraded, .warning, fault.record, [("NAPE_FAULT", fault.part.rawValue)])
    }
    for fault in before where !now.contains(fault) {
      log.write(.recovered, .info, "No longer so: \(fault.record)", [("NAPE_FAULT", fault.part.rawValue)])
    }
  }
}

extension Daemon: DaemonFace {
  public var status: Status { engine.status(at: parts.clock.now()) }
  public var sourceName: String { source?.name.rawValue ?? "" }
  public var quality: Quality { source?.quality ?? .none }

  public var statusText: String {
    let state = status
    let source = source.map { "\($0.name.rawValue) (\($0.quality.rawValue))" } ?? "no presence source"
    let since = WallTime.iso8601(
      utcMicroseconds: state.since.wall - state.since.wall % .second, offsetSeconds: state.since.offsetSeconds)
    let remote = isRemote ? "; remote" : ""
    let degraded = faults.isEmpty && refusedSettings.isEmpty && brokenReload == nil ? "" : "; degraded"
    return "\(state.kind.rawValue) since \(since); \(source)\(remote)\(degraded)"
  }

  public var problems: [String] { faults.map(\.text) + refusedSettings + lastReload + advice }
  public var lockedKeys: [String] { KeyTable.keys.map(\.name).filter { loaded.policy.locks[$0] != nil } }

  /// What degrades the daemon.
  private var faults: [Fault] {
    var faults: [Fault] = []
    if source == nil, let whyNoSource { faults.append(.init(.source, "There is no presence source: \(whyNoSource).")) }
    if lacksServer {
      faults.append(.init(.notifications, "The last prompt was not shown: no notification server answered."))
    }
    if let failure = recorder.failure {
      let advice = Confinement.advice(on: failure)
      faults.append(.init(.store, "The store does not take records: \(failure).\(advice)"))
    }
    if let whyUnconfined { faults.append(.init(.confinement, whyUnconfined + ".")) }
    for path in recorder.setAside {
      faults.append(.init(.store, "A damaged store was set aside as \(path), and a new one was begun."))
    }
    if let problem = diary.problem { faults.append(.init(.store, problem)) }
    if let problem = exercises.problem {
      // Whom the programme is by, and what for, may be in its name.
      let record = "The programme that exercises.programme names cannot be used; nape status says why."
      faults.append(.init(.exercises, problem, record: record))
    }
    return faults
  }

  private var lastReload: [String] {
    guard let brokenReload, !loaded.diagnostics.contains(brokenReload) else { return [] }
    return ["The last reload changed nothing, and the settings before it are in force: \(brokenReload.record)"]
  }

  /// What the person may want to change, though everything works.
  private var advice: [String] {
    var advice: [String] = []
    if hasOtherReminders, engine.settings.prompts.move.enabled {
      advice.append(
        "GNOME reminds you of breaks too. Keep one of the two: turn GNOME's off with "
          + "gsettings set org.gnome.desktop.break-reminders selected-breaks '[]', or set prompts.move.enabled = false."
      )
    }
    if engine.settings.presence.sources != sourcesAtStart {
      advice.append("presence.sources has changed, and is looked at when naped starts: systemctl --user restart nape.")
    }
    if let since = status.activeSince, parts.clock.now().boot - since >= Self.suspiciouslyLong {
      advice.append(
        "Input has not paused for hours. If nobody was there all the time, look for what makes it: a worn mouse, a "
          + "controller, a program that keeps the machine awake.")
    }
    return advice
  }

  /// Input that goes on for so long without a pause of `presence.away_after` is hardly a person's; it counts all the same.
  private static let suspiciouslyLong: Microseconds = 4 * .hour

  public var why: String { engine.why(at: parts.clock.now(), origin: loaded.origin(of:)) }

  public func perform(_ event: Event) throws(BusError) {
    for case .refused(_, let why) in take(event) { throw BusError.refused(why) }
  }

  /// What a file that does not parse would change is not taken: the last good settings stay in force.
  public func reload() throws(BusError) {
    let new = parts.loadSettings()
    let known = [brokenReload, loaded.broken]
    brokenReload = new.broken
    if let broken = new.broken {
      if !known.contains(broken) { tellRefused(broken) }
      noteChange()
      throw BusError.badSettings(broken.record)
    }
    let before = loaded
    loaded = new
    tellSettings(before: before)
    exercises.load(new.settings.exercises.programme)
    recorder.keep(KeyTable.history(of: new.settings, since: parts.clock.now().stamp))
    handle(.settings(new.settings))
  }

  public func refresh() throws(BusError) {
    // What the person has erased is taken up with a record.
    if recorder.hasErasures != false { record([], at: parts.clock.now()) }
    reread()
    guard recorder.hasErasures == false else {
      throw .refused("the record cannot be used now\(recorder.failure.map { ": \($0)" } ?? "")")
    }
  }
}
