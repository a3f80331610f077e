import Glibc
import NapeCore
import NapeStore

/// Hands records to the store, and keeps those that it cannot take now: another program holds it, the disk is full or
/// takes no writes. A damaged store is set aside, and a new one begun.
final class Recorder {
  let path: String
  /// `nil` while it cannot be opened.
  private(set) var store: Store?
  /// Whether what this store holds has been taken up by the engine.
  private(set) var isTakenUp = false
  private var waiting: [Effect] = []
  private var waitingExercises: [ExerciseEntry] = []
  private var waitingDiary: [DiaryWrite] = []
  /// Those in force, and whether the store knows.
  private var settings: [SettingRecord] = []
  private var isSettingsNoted = false
  /// When to try again, in boot time; `nil` while nothing waits.
  private(set) var retryAt: Microseconds?
  /// What the store answered last, where it did not take a record.
  private(set) var failure: StoreError?
  /// Damaged stores that lie beside this one.
  private(set) var setAside: [String]

  /// The day before which spans have been reduced.
  private var reducedBefore: LocalDate?
  /// Since when the wall clock has run without a step, as far as it is known, in boot time.
  private var steadySince: Microseconds
  private static let trustedAfter: Microseconds = .hour

  private static let retryAfter: Microseconds = .minute
  /// A disk that stays full for weeks must not fill the memory, too.
  private static let mostWaiting = 10_000

  /// - Throws: what no waiting mends; a store that cannot be opened now is tried again later.
  init(path: String, at now: Moment) throws(StoreError) {
    self.path = path
    steadySince = now.boot
    setAside = DamagedStore.paths(beside: path)
    do throws(StoreError) { try open(at: now) } catch {
      guard error.isPassing else { throw error }
      note(error, at: now)
    }
  }

  /// Where the daemon stood last; `nil` in a new store, and in one that cannot be read.
  func checkpoint(at now: Moment) throws(StoreError) -> Checkpoint? {
    guard let store else { return nil }
    do throws(StoreError) {
      var checkpoint = try store.checkpoint()
      // They stay until they are taken, for what waits.
      for erasure in try store.erasures() where !erasure.isDiaryOnly { checkpoint?.forget(erasure.days) }
      isTakenUp = true
      return checkpoint
    } catch {
      if error.isDamage {
        try beginAnew(at: now)
      } else {
        guard error.isPassing else { throw error }
        note(error, at: now)
        // What has not been read must not be written over.
        self.store = nil
      }
      return nil
    }
  }

  /// Opens a store that could not be opened before.
  ///
  /// - Returns: where the daemon stood in it, if the engine does not know that yet.
  func reopen(at now: Moment) -> Checkpoint? {
    guard store == nil else { return nil }
    do throws(StoreError) {
      try open(at: now)
      return isTakenUp ? nil : try checkpoint(at: now)
    } catch {
      note(error, at: now)
      if !isTakenUp { store = nil }
      return nil
    }
  }

  /// Whether spans or prompts wait, so that the store does not hold all that is known.
  var isBehind: Bool { !waiting.isEmpty }

  /// Whether something waits that was told of the diary.
  var isBehindOnDiary: Bool {
    !waitingDiary.isEmpty || waiting.contains { if case .day = $0 { true } else { false } }
  }

  /// Begins a new store if a read has found this one damaged.
  ///
  /// - Returns: whether it has.
  func replaceIfDamaged(_ error: StoreError, at now: Moment) -> Bool {
    guard error.isDamage else { return false }
    do throws(StoreError) {
      try beginAnew(at: now)
      // It has no checkpoint yet.
      retryAt = now.boot
      return true
    } catch {
      note(error, at: now)
      return false
    }
  }

  /// Whether the store has word of what the person has erased; `nil` where that cannot be known now.
  var hasErasures: Bool? { store.flatMap { try? !$0.erasures().isEmpty } }

  /// What the person has erased since this was asked last; of what waits it is taken out.
  ///
  /// - Returns: `nil` where that cannot be known now: what waits must not be stored before.
  func takeErasures(at now: Moment) -> [Erasure]? {
    guard let store else {
      retryAt = now.boot + Self.retryAfter
      return nil
    }
    do throws(StoreError) {
      let erased = try store.takeErasures()
      for erasure in erased { forget(erasure) }
      return erased
    } catch {
      // It will be set aside, and the word with it.
      if error.isDamage { return [] }
      note(error, at: now)
      return nil
    }
  }

  private func forget(_ erasure: Erasure) {
    let days = erasure.days
    if days == nil { isSettingsNoted = false }
    func isErased(_ date: LocalDate) -> Bool { days?.contains(date) ?? true }
    waiting = waiting.flatMap { effect -> [Effect] in
      switch effect {
      case .day(let date, _) where isErased(date): []
      case .span(let span) where !erasure.isDiaryOnly: days == nil ? [] : span.forgetting(days).map { .span($0) }
      case .post(let prompt) where !erasure.isDiaryOnly && isErased(prompt.posted.stamp.date): []
      default: [effect]
      }
    }
    waitingExercises.removeAll { isErased(Stamp(wall: $0.done, offsetSeconds: $0.offsetSeconds).date) }
    waitingDiary.removeAll { write in
      guard case .add(let record, _) = write else { return false }
      guard let days else { return true }
      return record.episode.onset.at.date <= days.upperBound && record.episode.lastDate >= days.lowerBound
    }
  }

  /// Reduces old spans to daily totals, some at each record (`store.keep`). What fails is tried with the next one.
  ///
  /// A wall clock that has only just begun to run, or was stepped, may show a day that is far away: what hangs on it cannot
  /// be undone, and waits until the clock has run evenly for a while.
  func reduceSpans(by settings: Settings, at now: Moment) {
    guard let keep = settings.store.spans, let store, failure == nil, now.boot - steadySince >= Self.trustedAfter
    else { return }
    let day = Stamp(wall: now.wall - keep, offsetSeconds: now.offsetSeconds).date
    guard day != reducedBefore else { return }
    if (try? store.reduceSpans(before: day, breakAfter: settings.presence.breakAfter)) == false { reducedBefore = day }
  }

  /// Records that come before all that wait.
  func putFirst(_ effects: [Effect]) { waiting.insert(contentsOf: effects, at: 0) }

  /// Keeps what an engine wants recorded until ``storeWaiting(_:)``.
  ///
  /// - Parameters:
  ///   - exercises: what was done by that.
  ///   - diary: what was told by that.
  func keep(
    _ effects: [Effect], exercises: [ExerciseEntry] = [], diary: [DiaryWrite] = [], at now: Moment
  ) {
    if effects.contains(where: { if case .clockStep = $0 { true } else { false } }) { steadySince = now.boot }
    waiting += effects
    waitingExercises += exercises
    waitingDiary += diary
    if waiting.count > Self.mostWaiting { waiting.removeFirst(waiting.count - Self.mostWaiting) }
    if waitingExercises.count > Self.mostWaiting {
      waitingExercises.removeFirst(waitingExercises.count - Self.mostWaiting)
    }
  }

  /// Keeps which settings are in force until ``storeWaiting(_:)``.
  func keep(_ settings: [SettingRecord]) {
    self.settings = settings
    isSettingsNoted = false
  }

  /// Stores what waits, and the checkpoint after it.
  func storeWaiting(_ checkpoint: Checkpoint) {
    do throws(StoreError) { try write(checkpoint) } catch {
      do throws(StoreError) {
        guard error.isDamage else { throw error }
        try beginAnew(at: checkpoint.made)
        try write(checkpoint)
      } catch {
        note(error, at: checkpoint.made)
      }
    }
  }

  private func write(_ checkpoint: Checkpoint) throws(StoreError) {
    guard let store else {
      retryAt = checkpoint.made.boot + Self.retryAfter
      return
    }
    guard store.isInPlace else {
      store.leavePlace()
      self.store = nil
      isSettingsNoted = false
      throw .file(path: path, what: "it was removed, or another one was put in its place", errno: ENOENT)
    }
    try store.record(
      waiting, exercises: waitingExercises, diary: waitingDiary, settings: isSettingsNoted ? [] : settings, checkpoint)
    (waiting, waitingExercises, waitingDiary) = ([], [], [])
    isSettingsNoted = true
    retryAt = nil
    failure = nil
  }

  private func note(_ error: StoreError, at now: Moment) {
    retryAt = now.boot + Self.retryAfter
    failure = error
    // A connection to a file that took no writes stays read-only when the file does not.
    if case .database(let error) = error, error.isReadOnly || error.isUnreachable { store = nil }
  }

  private func open(at now: Moment) throws(StoreError) {
    do throws(StoreError) { store = try Store(path: path, patience: .daemon) } catch {
      guard error.isDamage else { throw error }
      try beginAnew(at: now)
    }
  }

  private func beginAnew(at now: Moment) throws(StoreError) {
    store = nil
    setAside.append(try DamagedStore.setAside(path, utcSeconds: now.wall / .second))
    isSettingsNoted = false
    store = try Store(path: path, patience: .daemon)
    isTakenUp = true
  }
}
