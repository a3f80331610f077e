/// What the spans of a local day came to: what is left of them after `store.keep`. Lengths are in µs.
public struct DayTotal: Hashable, Sendable {
  public var date: LocalDate
  public var sitting: Microseconds = 0
  public var standing: Microseconds = 0
  public var away: Microseconds = 0
  public var unknown: Microseconds = 0
  /// How many bouts had sitting on this day.
  public var bouts = 0
  /// The longest sitting of a bout, cut to the day.
  public var longestBout: Microseconds = 0
  /// Absences, and standing, that ended a bout and were long enough (§6 of the design, rules 6 and 7).
  public var breaks = 0

  public init(date: LocalDate) { self.date = date }

  /// Adds the spans of a day up.
  ///
  /// - Parameters:
  ///   - parts: of this day alone (``Span/parts``), in the ledger's order.
  ///   - breakAfter: `presence.break_after`.
  public init(of date: LocalDate, _ parts: [Span], breakAfter: Microseconds) {
    self.init(date: date)
    var bout: Microseconds = 0
    var rest = Rest()
    /// What lay between two stretches of sitting, or after the last, ends the bout or is passed over.
    func settle(_ total: inout DayTotal) {
      if bout > 0, rest.known >= breakAfter { total.breaks += 1 }
      if rest.endsBout(breakAfter) { bout = 0 }
      rest = Rest()
    }
    for part in parts {
      add(part)
      guard part.kind == .sitting else {
        rest.add(part)
        continue
      }
      settle(&self)
      if bout == 0 { bouts += 1 }
      bout += part.length
      longestBout = max(longestBout, bout)
    }
    settle(&self)
  }

  /// Spans other than sitting that follow each other.
  private struct Rest {
    var length: Microseconds = 0
    /// Of which it is known where the person was.
    var known: Microseconds = 0
    var hasGap = false

    mutating func add(_ part: Span) {
      length += part.length
      if part.kind != .unknown { known += part.length }
      if part.evidence == .notRunning { hasGap = true }
    }

    /// Rules 7 and 10 of §6 of the design.
    func endsBout(_ breakAfter: Microseconds) -> Bool {
      length >= breakAfter + (hasGap ? Checkpoint.interval : 0)
    }
  }

  /// Adds what another count of the same day came to.
  public mutating func add(_ other: DayTotal) {
    sitting += other.sitting
    standing += other.standing
    away += other.away
    unknown += other.unknown
    bouts += other.bouts
    longestBout = max(longestBout, other.longestBout)
    breaks += other.breaks
  }

  private mutating func add(_ part: Span) {
    switch part.kind {
    case .sitting: sitting += part.length
    case .standing: standing += part.length
    case .away: away += part.length
    case .unknown: unknown += part.length
    }
  }
}
