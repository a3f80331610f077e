import NapeCore
import NapeStore

/// Hands records to the store and keeps those that it cannot take now: another program holds it, or the disk is full.
final class Recorder {
  private let store: Store
  private var waiting: [Effect] = []
  /// When to try again, in boot time; `nil` while nothing waits.
  private(set) var retryAt: Microseconds?
  /// What the store answered last, where it did not take a record.
  private(set) var failure: StoreError?

  private static let retryAfter: Microseconds = .minute
  /// A disk that stays full for weeks must not fill the memory, too.
  private static let mostWaiting = 10_000

  init(store: Store) { self.store = store }

  /// Stores what an engine wants recorded, with what still waits, and the checkpoint after it.
  func record(_ effects: [Effect], _ checkpoint: Checkpoint) {
    waiting += effects
    if waiting.count > Self.mostWaiting { waiting.removeFirst(waiting.count - Self.mostWaiting) }
    do throws(StoreError) {
      try store.record(waiting, checkpoint)
      waiting = []
      retryAt = nil
      failure = nil
    } catch {
      retryAt = checkpoint.made.boot + Self.retryAfter
      failure = error
    }
  }
}
