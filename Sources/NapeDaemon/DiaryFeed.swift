import NapeBus
import NapeCore
import NapeSettings
import NapeStore
import Systemd

/// Knows of the diary what bears on the present and hands it to the engine, and takes what notifications and other programs
/// tell the diary.
///
/// Only the last days are held. What is recorded here is health data: it goes to the store and nowhere else, unless the
/// settings ask for it.
final class DiaryFeed {
  private let recorder: Recorder
  private let exercises: ExerciseFeed
  private let clock: any Clock
  private let log: Log
  var settings: Settings { didSet { isStale = true } }
  var zone: Zone
  /// Another program has written by way of this.
  var onWritten: () -> Void = {}

  /// What the diary says against exercises; until it has been read, that none is advised.
  private(set) var restriction = ExerciseRestriction.warningSign
  private var warningIsOpen = false
  /// Why it cannot be read, where more than the store's failing to open is wrong.
  private(set) var problem: String?
  /// The local day of what the engine was told.
  private var day: LocalDate?
  private var cards: [DetailCard] = []
  /// The headache that the last *Yes* to a check-in has made.
  private var asked: (date: LocalDate, id: RecordID)?
  /// When the last headache was entered that the journal has no more to tell of: UTC in µs.
  private var told: Microseconds
  private var isStale = true
  private var retry = Retry()
  /// When the store is read again that could not be read, in boot time.
  var retryAt: Microseconds? { retry.at }
  /// The engine asks about the day before; a return may come before midnight is noticed.
  private static let daysTold = 2

  init(
    recorder: Recorder, exercises: ExerciseFeed, clock: any Clock, log: Log, settings: Settings, zone: Zone
  ) {
    self.recorder = recorder
    self.exercises = exercises
    self.clock = clock
    self.log = log
    self.settings = settings
    self.zone = zone
    told = clock.now().wall
  }

  private var rules: DiaryRules { DiaryRules(settings) }

  // MARK: To the engine

  /// The store may have been written to.
  func refresh() {
    isStale = true
    retry.reset()
  }

  /// What the engine does not know yet.
  ///
  /// - Parameter open: the open span, as it would be stored if it ended now.
  func news(at now: Moment, open: () -> [Span]) -> [Event] {
    let today = now.stamp.date
    guard today != day || isStale, retry.isDue(at: now) else { return [] }
    (day, isStale) = (today, true)
    var events: [Event] = []
    // What waits is newer than what is stored.
    if let store = recorder.store, !recorder.isBehindOnDiary {
      do throws(StoreError) {
        events = try read(store, now.stamp)
        problem = nil
        // While records wait, a context would lack them; once they are stored, this is read anew.
        if !recorder.isBehind { try store.completeContexts(open: open(), rules: rules) }
        isStale = false
      } catch {
        // After the read itself it is a context that was not written.
        if !recorder.replaceIfDamaged(error, at: now), events.isEmpty {
          problem = "The store cannot be read: \(error)."
        }
      }
    }
    if isStale { retry.putOff(at: now) } else { retry.reset() }
    return events
  }

  private func read(_ store: Store, _ now: Stamp) throws(StoreError) -> [Event] {
    let first = now.date.adding(days: -Self.daysTold)
    var events = [Event.knownDays(from: first, try store.days(from: first))]
    let restriction = try store.exerciseRestriction(at: now)
    let cards = try store.detailCards(at: now, rules: rules)
    try tellOnsets(store, now)
    let warningIsOpen = restriction == .warningSign
    if warningIsOpen != self.warningIsOpen { events.append(.warningSign(isOpen: warningIsOpen)) }
    if cards != self.cards { events.append(.detailCards(cards)) }
    (self.restriction, self.warningIsOpen, self.cards) = (restriction, warningIsOpen, cards)
    return events
  }

  /// Only where the person wants that (`journal.diary`).
  private func tellOnsets(_ store: Store, _ now: Stamp) throws(StoreError) {
    guard settings.diary.journalsOnsets else {
      told = now.wall
      return
    }
    for (onset, entered) in try store.onsets(enteredAfter: told) {
      told = entered
      log.write(
        .onsetNoted, .info, "A headache was noted; it began at \(onset.iso8601).", [("NAPE_ONSET", onset.iso8601)])
    }
  }

  // MARK: From notifications

  /// Takes notice of what the engine wants done.
  ///
  /// - Returns: what the person has said by that, to be stored with it.
  func note(_ effect: Effect, at now: Stamp) -> [DiaryWrite] {
    switch effect {
    case .day(let date, .headache):
      let onset = Onset(at: Stamp(secondOfDay: 0, of: date, in: zone), precision: .day)
      let record = EpisodeRecord(
        id: .make(utcMicroseconds: now.wall), episode: Episode(onset: onset), entered: now, way: .notification)
      asked = (date, record.id)
      if date == now.date, restriction == .none { restriction = .headache }
      isStale = true
      return [.add(record, rules)]
    case .answered(let date, let choice):
      guard let asked, asked.date == date, let (field, value) = choice.field else { return [] }
      return [.change(asked.id, EpisodeChange(fields: [field: value]), at: now, rules)]
    default: return []
    }
  }

  /// Takes notice of a question that a server was handed.
  ///
  /// - Returns: what is to be stored of it.
  func noteShown(_ question: DiaryQuestion) -> [DiaryWrite] {
    guard case .details(let id) = question.kind else { return [] }
    isStale = true
    return [.cardShown(id)]
  }
}

extension DiaryFeed: DiaryFace {
  var entryTime: EntryTime {
    EntryTime(
      now: clock.now().stamp, zone: zone, afternoon: (settings.diary.afternoonFrom, settings.diary.afternoonTo))
  }

  func medicineClass(of name: String) -> Medicine.Class { MedicineTable.builtIn().class(of: name) }

  func logHeadache(_ episode: Episode) throws(BusError) -> RecordID {
    try write { store, now throws(DiaryError) in
      let id = try store.add(episode, at: now, way: .dbus, rules: rules).id
      try Self.openWarning(for: episode, before: nil, store, now)
      return id
    }
  }

  func editHeadache(
    _ id: RecordID, by change: (Episode) throws(BusError) -> EpisodeChange
  ) throws(BusError) {
    let record = try access { store, _ throws(DiaryError) in try store.headache(id) }
    let edit = try change(record.episode)
    try write { store, now throws(DiaryError) in
      _ = try store.change(id, by: edit, at: now, way: .dbus, rules: rules)
      try Self.openWarning(for: edit.applied(to: record.episode), before: record.episode, store, now)
    }
  }

  /// What is alarming pauses prompts, whoever entered it.
  private static func openWarning(
    for episode: Episode, before: Episode?, _ store: Store, _ now: Stamp
  ) throws(DiaryError) {
    guard episode.isAlarming, before?.isAlarming != true else { return }
    try store.openWarning(WarningReport(level: .emergency, signs: [], opened: now), way: .dbus)
  }

  func deleteHeadache(_ id: RecordID) throws(BusError) {
    try write { store, now throws(DiaryError) in try store.delete(id, at: now, way: .dbus) }
  }

  func setDay(_ date: LocalDate, to state: DayState) throws(BusError) {
    try write { store, now throws(DiaryError) in try store.setDay(date, to: state, at: now, way: .dbus) }
  }

  func logExercise(_ exercise: String, level: Int?, done: Stamp) throws(BusError) {
    guard done <= clock.now().stamp else { throw .refused("that time is in the future: now or earlier") }
    guard let entry = exercises.entry(of: exercise, level: level, done: done) else {
      throw .refused("there is no such exercise, or not at that level: see nape exercise list")
    }
    try write { store, now throws(DiaryError) in
      do throws(StoreError) { try store.add([entry], entered: now.wall) } catch { throw .store(error) }
    }
  }

  func addNote(_ note: DiaryNote) throws(BusError) -> RecordID {
    try write { store, now throws(DiaryError) in try store.add(note, at: now, way: .dbus) }
  }

  private func write<Result>(
    _ body: (Store, Stamp) throws(DiaryError) -> Result
  ) throws(BusError) -> Result {
    let result = try access(body)
    onWritten()
    return result
  }

  private func access<Result>(
    _ body: (Store, Stamp) throws(DiaryError) -> Result
  ) throws(BusError) -> Result {
    guard let store = recorder.store else { throw .refused("the record cannot be opened now") }
    do throws(DiaryError) { return try body(store, clock.now().stamp) } catch { throw .refused(error.publicText) }
  }
}

extension DiaryError {
  /// Without what the diary holds: others may listen on the bus.
  fileprivate var publicText: String {
    switch self {
    case .refused(let refusal): refusal.publicText
    case .store(let error): "the record was not written: \(error)"
    }
  }
}

extension EntryRules.Refusal {
  fileprivate var publicText: String {
    switch self {
    case .onsetInFuture, .onsetBefore1970, .endInFuture, .endBeforeOnset, .tooLong, .dayNotBegun, .noText,
      .textNotAllowed, .nothingAnswered:
      description
    case .medicineInFuture: "that time is in the future: now or earlier"
    case .duplicate: "there is an entry within 5 minutes of that time already: edit that one"
    case .dayHasHeadache: "an entry of that day says something else: delete that one first"
    case .noSuchEpisode, .ambiguous, .noSuchEntry: "there is no such entry"
    case .alreadyEnded: "its end is there already: edit it"
    case .noSuchTotal: "there is no such total"
    }
  }
}
