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
  /// When to try again, in boot time; `nil` while nothing waits.
  private(set) var retryAt: Microseconds?
  /// What the store answered last, where it did not take a record.
  private(set) var failure: StoreError?
  /// Damaged stores that lie beside this one.
  private(set) var setAside: [String]

  /// The day before which spans have been reduced.
  private var reducedBefore: LocalDate?

  private static let retryAfter: Microseconds = .minute
  /// A disk that stays full for weeks must not fill the memory, too.
  private static let mostWaiting = 10_000

  /// - Throws: what no waiting mends; a store that cannot be opened now is tried again later.
  init(path: String, at now: Moment) throws(StoreError) {
    self.path = path
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
      for days in try store.takeErasures() { checkpoint?.forget(days) }
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

  /// What the person has erased since this was asked last (`nil` for everything); of what waits it is taken out.
  func takeErasures() -> [ClosedRange<LocalDate>?] {
    let erased = (try? store?.takeErasures()) ?? []
    for days in erased {
      waiting = waiting.compactMap { effect in
        switch effect {
        case .span(let span) where span.touches(days): days == nil ? nil : .span(span.forgotten)
        case .post(let prompt) where days?.contains(prompt.posted.stamp.date) ?? true: nil
        default: effect
        }
      }
      waitingExercises.removeAll {
        days?.contains(Stamp(wall: $0.done, offsetSeconds: $0.offsetSeconds).date) ?? true
      }
      waitingDiary.removeAll { write in
        guard case .add(let record, _) = write else { return false }
        return days?.contains(record.episode.onset.at.date) ?? true
      }
    }
    return erased
  }

  /// Reduces old spans to daily totals, once a day (`store.keep`). What fails is tried with the next record.
  func reduceSpans(by settings: Settings, at now: Moment) {
    guard let keep = settings.store.spans, let store, failure == nil else { return }
    let day = Stamp(wall: now.wall - keep, offsetSeconds: now.offsetSeconds).date
    guard day != reducedBefore,
      (try? store.reduceSpans(before: day, breakAfter: settings.presence.breakAfter)) != nil
    else { return }
    reducedBefore = day
  }

  /// Records that come before all that wait.
  func putFirst(_ effects: [Effect]) { waiting.insert(contentsOf: effects, at: 0) }

  /// Stores what an engine wants recorded, with what still waits, and the checkpoint after it.
  ///
  /// - Parameters:
  ///   - exercises: what was done by that.
  ///   - diary: what was told by that.
  func record(
    _ effects: [Effect], exercises: [ExerciseEntry] = [], diary: [DiaryWrite] = [], _ checkpoint: Checkpoint
  ) {
    waiting += effects
    waitingExercises += exercises
    waitingDiary += diary
    if waiting.count > Self.mostWaiting { waiting.removeFirst(waiting.count - Self.mostWaiting) }
    if waitingExercises.count > Self.mostWaiting {
      waitingExercises.removeFirst(waitingExercises.count - Self.mostWaiting)
    }
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
    try store.record(waiting, exercises: waitingExercises, diary: waitingDiary, checkpoint)
    (waiting, waitingExercises, waitingDiary) = ([], [], [])
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
    store = try Store(path: path, patience: .daemon)
    isTakenUp = true
  }
}
