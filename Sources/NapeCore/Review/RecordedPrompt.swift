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
}
