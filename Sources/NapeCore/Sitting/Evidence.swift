/// Why a span is of its kind.
public enum Evidence: String, Hashable, Sendable, CaseIterable {
  /// There was input.
  case input
  /// No input, but something kept the screen awake.
  case passive
  /// No input for too long.
  case idle
  /// The screen was locked.
  case locked
  /// The machine slept.
  case suspended
  /// Another session was active.
  case switched
  /// Another program said so.
  case reported
  /// The person said so.
  case manual
  /// The presence source was gone.
  case sourceLost = "source-lost"
  /// The daemon was not running, or has seen nobody yet.
  case notRunning = "not-running"
}
