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
  /// When to try again, in boot time; `nil` while nothing waits.
  private(set) var retryAt: Microseconds?
  /// What the store answered last, where it did not take a record.
  private(set) var failure: StoreError?
  /// Damaged stores that lie beside this one.
  private(set) var setAside: [String]

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
      let checkpoint = try store.checkpoint()
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

  /// What the diary knows of the days from one on; `nil` while the store cannot be read.
  func days(from date: LocalDate) -> [LocalDate: DayState]? { try? store?.days(from: date) }

  /// Records that come before all that wait.
  func putFirst(_ effects: [Effect]) { waiting.insert(contentsOf: effects, at: 0) }

  /// Stores what an engine wants recorded, with what still waits, and the checkpoint after it.
  ///
  /// - Parameter exercises: what was done by that.
  func record(_ effects: [Effect], exercises: [ExerciseEntry] = [], _ checkpoint: Checkpoint) {
    waiting += effects
    waitingExercises += exercises
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
    try store.record(waiting, exercises: waitingExercises, checkpoint)
    (waiting, waitingExercises) = ([], [])
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
