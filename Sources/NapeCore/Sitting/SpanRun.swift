/// Time of one kind that nothing interrupts, however many spans it is stored as.
struct SpanRun: Hashable, Sendable {
  let kind: Span.Kind
  private(set) var length: Microseconds = 0
  /// Whether nape did not run in some of it.
  private var wasDown = false

  init(kind: Span.Kind) { self.kind = kind }

  mutating func add(_ length: Microseconds, _ evidence: Evidence) {
    self.length += length
    if evidence == .notRunning { wasDown = true }
  }

  /// Whether it ends a bout (§6 rules 6, 7 and 10 of the design).
  ///
  /// - Parameter breakAfter: `presence.break_after`.
  func endsBout(_ breakAfter: Microseconds) -> Bool {
    kind != .sitting && length >= breakAfter + (wasDown ? Checkpoint.interval : 0)
  }

  /// Whether it is a break, too: what is not known is none.
  func isBreak(_ breakAfter: Microseconds) -> Bool { kind != .unknown && endsBout(breakAfter) }

  /// A part of the record, without its times.
  typealias Piece = (kind: Span.Kind, evidence: Evidence, length: Microseconds)

  /// - Parameter pieces: of the record, one after the other, in either direction.
  static func runs(of pieces: [Piece]) -> [SpanRun] {
    var runs: [SpanRun] = []
    for piece in pieces {
      if runs.last?.kind != piece.kind { runs.append(SpanRun(kind: piece.kind)) }
      runs[runs.count - 1].add(piece.length, piece.evidence)
    }
    return runs
  }
}
