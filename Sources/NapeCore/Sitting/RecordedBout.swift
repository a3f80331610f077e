/// A bout as the record tells it: sitting that no break interrupted, on the wall clock.
///
/// One that goes on over midnight is one bout, of the day on which it began.
public struct RecordedBout: Hashable, Sendable {
  public let begin: Stamp
  /// When its last sitting ended.
  public let end: Stamp
  /// In µs: without what was subtracted.
  public let sitting: Microseconds
  public let endedBy: Bout.End
  /// How long the person was known to be away or standing before the next bout began, in µs; zero where the bout ended by
  /// no break, and `nil` where no bout follows within ``longestBreak``.
  public let rest: Microseconds?

  /// The local day on which it began.
  public var date: LocalDate { begin.date }

  /// An absence of so much, in µs, is the end of a day at the desk and no break (§6 of the design, rule 7).
  public static let longestBreak: Microseconds = 4 * .hour

  /// Whether a break lies between it and the next bout.
  public var hasBreak: Bool { endedBy.isBreak && rest != nil }

  /// Reads the bouts off the record.
  ///
  /// - Parameters:
  ///   - spans: in the ledger's order.
  ///   - breakAfter: `presence.break_after`.
  ///   - answered: when `move` prompts were posted that a break answered, UTC in µs, ascending.
  public static func bouts(
    in spans: [Span], breakAfter: Microseconds, answered: [Microseconds] = []
  ) -> [RecordedBout] {
    var reader = RecordedBoutReader(breakAfter: breakAfter, answered: answered)
    for span in spans { reader.add(span) }
    reader.finish()
    return reader.bouts
  }
}

/// Goes through a record once, and finds where bouts begin and end.
private struct RecordedBoutReader {
  let breakAfter: Microseconds
  let answered: [Microseconds]
  var bouts: [RecordedBout] = []
  private var firstAnswered = 0
  /// The bout that goes on.
  private var open: (begin: Stamp, end: Stamp, sitting: Microseconds)?
  /// One that has ended, until it is known what followed.
  private var ended: (bout: (begin: Stamp, end: Stamp, sitting: Microseconds), by: Bout.End)?
  private var run: SpanRun?
  /// Since the last sitting: time in all, and time of which it is known where the person was.
  private var gap: Microseconds = 0
  private var known: Microseconds = 0

  init(breakAfter: Microseconds, answered: [Microseconds]) {
    (self.breakAfter, self.answered) = (breakAfter, answered)
  }

  mutating func add(_ span: Span) {
    if run?.kind != span.kind { run = SpanRun(kind: span.kind) }
    run?.add(span.length, span.evidence)
    guard span.kind == .sitting else {
      gap += span.length
      if span.kind != .unknown { known += span.length }
      if let run, run.endsBout(breakAfter) { end(by: run) }
      return
    }
    settle(isFollowed: true)
    let end = span.endStamp
    if let bout = open {
      open = (bout.begin, end, bout.sitting + span.length)
    } else {
      open = (span.begin.stamp, end, span.length)
    }
    (gap, known) = (0, 0)
  }

  private mutating func end(by run: SpanRun) {
    guard let bout = open else { return }
    open = nil
    let end: Bout.End =
      switch run.kind {
      case .unknown: .unknown
      case .standing: isAnswer(bout) ? .move : .standing
      case .away, .sitting: isAnswer(bout) ? .move : .natural
      }
    ended = (bout, end)
  }

  /// Whether a `move` prompt of the bout was followed by the break that ended it.
  private mutating func isAnswer(_ bout: (begin: Stamp, end: Stamp, sitting: Microseconds)) -> Bool {
    while firstAnswered < answered.count, answered[firstAnswered] < bout.begin.wall { firstAnswered += 1 }
    return firstAnswered < answered.count && answered[firstAnswered] <= bout.end.wall
  }

  private mutating func settle(isFollowed: Bool) {
    guard let (bout, end) = ended else { return }
    ended = nil
    let isNear = isFollowed && gap < RecordedBout.longestBreak
    bouts.append(
      RecordedBout(
        begin: bout.begin, end: bout.end, sitting: bout.sitting, endedBy: end,
        rest: isNear ? (end.isBreak ? known : 0) : nil))
  }

  mutating func finish() {
    settle(isFollowed: false)
    guard let bout = open else { return }
    bouts.append(
      RecordedBout(begin: bout.begin, end: bout.end, sitting: bout.sitting, endedBy: .end, rest: nil))
  }
}
