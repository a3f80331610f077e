/// A prompt as the record tells it.
public struct RecordedPrompt: Hashable, Sendable {
  public let kind: Prompt.Kind
  public let posted: Stamp
  /// `nil` while it is shown.
  public let outcome: Outcome?
  /// When it had its outcome; UTC in µs.
  public let ended: Microseconds?

  public init(kind: Prompt.Kind, posted: Stamp, outcome: Outcome?, ended: Microseconds?) {
    self.kind = kind
    self.posted = posted
    self.outcome = outcome
    self.ended = ended
  }

  /// Whether it stood until it was heeded, answered or ran out: one that had become moot before says nothing of the person.
  public var counts: Bool {
    switch outcome {
    case .taken, .done, .snoozed, .skipped, .dismissed, .expired: true
    case .withdrawn, .superseded, .undeliverable, nil: false
    }
  }
}
