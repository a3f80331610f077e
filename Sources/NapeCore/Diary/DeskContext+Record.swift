extension DeskContext {
  /// Reads the desk context of an onset off the record.
  ///
  /// Lengths are elapsed time along the ledger, so that a step of the wall clock changes none; only where the onset lies
  /// in it is told by the wall clock.
  ///
  /// - Parameters:
  ///   - spans: in the ledger's order, from at least 24 h before the onset where the record goes back so far, up to the
  ///     onset or to the end of what is known.
  ///   - ignoredPrompts: of the 4 hours before.
  ///   - breakAfter: `presence.break_after`.
  ///   - afternoon: `diary.afternoon`.
  public init(
    of onset: Stamp, in spans: [Span], ignoredPrompts: Int, breakAfter: Microseconds, afternoon: (from: Int, to: Int)
  ) {
    let place = LedgerPlace(of: onset.wall, in: spans)
    let pieces = place.map { Self.pieces(back: spans[...$0.index], $0.passed, missing: $0.missing) } ?? []
    let runs = SpanRun.runs(of: pieces)
    windows = Self.windowMinutes.map { Self.window(pieces, length: .minutes(Int64($0))) }
    bout = Self.bout(runs, breakAfter)
    sinceBreak = Self.sinceBreak(runs, breakAfter)
    longestBout = Self.longestBout(runs, within: .minutes(120), breakAfter)
    self.ignoredPrompts = ignoredPrompts
    partOfDay = PartOfDay(second: onset.secondOfDay, afternoon: afternoon)
    isComplete = place.map { $0.missing == 0 } ?? !spans.isEmpty
  }

  private static let farthestBack: Microseconds = 24 * .hour

  /// What came before a moment, the last first.
  private static func pieces(
    back spans: ArraySlice<Span>, _ length: Microseconds, missing: Microseconds
  ) -> [SpanRun.Piece] {
    var pieces: [SpanRun.Piece] = []
    var back: Microseconds = 0
    func add(_ kind: Span.Kind, _ evidence: Evidence, _ length: Microseconds) {
      let length = min(length, farthestBack - back)
      if length > 0 { pieces.append((kind, evidence, length)) }
      back += length
    }
    add(.unknown, .notRunning, missing)
    for (place, span) in spans.reversed().enumerated() where back < farthestBack {
      add(span.kind, span.evidence, place == 0 ? length : span.length)
    }
    return pieces
  }

  private static func window(_ pieces: [SpanRun.Piece], length: Microseconds) -> Window {
    var window = Window(sitting: 0, known: 0)
    var left = length
    for piece in pieces {
      let part = min(left, piece.length)
      if piece.kind == .sitting { window.sitting += part }
      if piece.kind != .unknown { window.known += part }
      left -= part
    }
    return window
  }

  /// Sitting time of the bout at the last moment; `nil` where that lies in no known span.
  private static func bout(_ runs: [SpanRun], _ breakAfter: Microseconds) -> Microseconds? {
    guard let first = runs.first, first.kind != .unknown else { return nil }
    var sitting: Microseconds = 0
    for run in runs {
      if run.endsBout(breakAfter) { break }
      if run.kind == .sitting { sitting += run.length }
    }
    return sitting
  }

  private static func sinceBreak(_ runs: [SpanRun], _ breakAfter: Microseconds) -> Microseconds? {
    var passed: Microseconds = 0
    for run in runs {
      if run.isBreak(breakAfter) { return passed }
      passed += run.length
    }
    return nil
  }

  private static func longestBout(
    _ runs: [SpanRun], within length: Microseconds, _ breakAfter: Microseconds
  ) -> Microseconds {
    var (longest, sitting, left) = (Microseconds(0), Microseconds(0), length)
    for run in runs where left > 0 {
      if run.endsBout(breakAfter) { sitting = 0 }
      if run.kind == .sitting { sitting += min(left, run.length) }
      longest = max(longest, sitting)
      left -= min(left, run.length)
    }
    return longest
  }
}
