/// Sitting that no break interrupted.
public struct Bout: Hashable, Sendable {
  /// What ended a bout.
  public enum End: String, Hashable, Sendable, CaseIterable {
    /// A break that answered a `move` prompt.
    case move
    /// A break that nobody asked for.
    case natural
    /// Standing for as long as a break.
    case standing
    /// Too long a stretch of which nothing is known; no break.
    case unknown
    /// The record ended.
    case end

    /// Whether the bout ended by a break.
    public var isBreak: Bool { self == .move || self == .natural || self == .standing }
  }

  /// Boot time at which the sitting began.
  public let from: Microseconds
  /// Boot time at which the sitting ended.
  public let to: Microseconds
  /// Its sitting time: `to - from` without what was subtracted.
  public let sitting: Microseconds
  public let endedBy: End
}
