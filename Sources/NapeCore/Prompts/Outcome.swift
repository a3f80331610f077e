/// The one end of a prompt.
public enum Outcome: String, Hashable, Sendable, CaseIterable {
  /// A break followed.
  case taken
  case done, snoozed, skipped, dismissed
  /// Nobody answered.
  case expired
  /// It had become moot.
  case withdrawn
  /// A newer prompt took its place.
  case superseded
  /// Neither a notification server nor the journal would have it.
  case undeliverable

  /// Whether it counts towards the back-off, and whether it ends one.
  var isIgnored: Bool { self == .expired || self == .dismissed }
  var isHeeded: Bool { self == .taken || self == .done || self == .snoozed || self == .skipped }

  /// Whether the prompt stood until it was heeded, answered or ran out: one that had become moot before says nothing of the
  /// person.
  public var counts: Bool {
    switch self {
    case .taken, .done, .snoozed, .skipped, .dismissed, .expired: true
    case .withdrawn, .superseded, .undeliverable: false
    }
  }
}
