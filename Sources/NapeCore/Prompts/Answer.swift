/// What a person can say to a prompt.
public enum Answer: String, Hashable, Sendable, CaseIterable {
  /// To `move`: a break begins now.
  case going
  case done, snoozed, skipped, dismissed
  /// To `checkin`.
  case none, yes

  /// The answers that a prompt of a kind takes.
  public static func allowed(for kind: Prompt.Kind) -> [Answer] {
    switch kind {
    case .move: [.going, .snoozed, .skipped, .dismissed]
    case .exercise: [.done, .snoozed, .skipped, .dismissed]
    // It is asked once for each day, so there is no later.
    case .checkin: [.none, .yes, .skipped, .dismissed]
    case .posture, .budget, .micro: [.done, .snoozed, .skipped, .dismissed]
    }
  }
}
