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
  /// Between two bouts of this day that are less than ``RecordedBout/longestBreak`` apart (§6 of the design, rules 6 and 7).
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
    // Since the last sitting, and whether a break ended its bout.
    var gap: Microseconds = 0
    var isBreak = false
    for run in SpanRun.runs(of: parts.map { ($0.kind, $0.evidence, $0.length) }) {
      add(run)
      if run.kind == .sitting {
        if isBreak, gap < RecordedBout.longestBreak { breaks += 1 }
        (gap, isBreak) = (0, false)
        if bout == 0 { bouts += 1 }
        bout += run.length
        longestBout = max(longestBout, bout)
      } else {
        gap += run.length
        guard run.endsBout(breakAfter) else { continue }
        if bout > 0 { isBreak = run.isBreak(breakAfter) }
        bout = 0
      }
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

  private mutating func add(_ run: SpanRun) {
    switch run.kind {
    case .sitting: sitting += run.length
    case .standing: standing += run.length
    case .away: away += run.length
    case .unknown: unknown += run.length
    }
  }
}
