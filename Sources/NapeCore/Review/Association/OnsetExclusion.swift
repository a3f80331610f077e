/// Why an onset is not compared. The first that holds, in this order.
public enum OnsetExclusion: String, Hashable, Sendable, CaseIterable {
  case wokeWithIt = "woke"
  /// It is known to more than an hour only.
  case imprecise
  /// There was, or may have been, another headache in the 24 hours before.
  case headacheBefore = "headache-before"
  /// Not at the desk within the 30 minutes before, as far as that is known.
  case away
  /// Eligible, but less than 90 % of the window is known.
  case unknown
  /// Eligible, but at the desk for less than 15 of the last 30 minutes of the window, as none of the others may be.
  case windowAway = "window-away"
  /// Eligible, but no other window is comparable.
  case noReferent = "no-referent"

  /// Whether the onset counts for the gates nevertheless: only what it would be compared with is missing.
  public var isEligible: Bool { self == .unknown || self == .windowAway || self == .noReferent }
}
