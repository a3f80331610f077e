/// Asking less often of somebody who does not answer: twice the interval after two prompts of a kind in a row that
/// expired or were dismissed, until one is heeded or the day ends (§7 rule 7 of the design).
struct BackOff: Hashable, Sendable {
  /// `expired` or `dismissed` in a row.
  var ignoredInARow = 0

  var factor: Microseconds { ignoredInARow >= 2 ? 2 : 1 }

  mutating func count(_ outcome: Outcome) {
    if outcome.isIgnored { ignoredInARow += 1 }
    if outcome.isHeeded { ignoredInARow = 0 }
  }
}
