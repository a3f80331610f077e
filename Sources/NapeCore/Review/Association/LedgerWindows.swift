/// The record, laid out so that the windows before many points of wall time can be read off it, in elapsed time.
struct LedgerWindows {
  private let spans: [Span]
  private let breakAfter: Microseconds
  /// How far each span begins into the record, and where it ends.
  private let spanBegins: [Microseconds]
  private let end: Microseconds
  private let runs: [SpanRun]
  private let runBegins: [Microseconds]
  /// Spans over which the wall clock was not set back, so that they can be searched.
  private let stretches: [Range<Int>]
  /// The latest wall time that any span of a stretch shows, up to each of them.
  private let shown: [Microseconds]

  /// - Parameters:
  ///   - spans: in the ledger's order.
  ///   - breakAfter: `presence.break_after`.
  init(_ spans: [Span], breakAfter: Microseconds) {
    self.spans = spans
    self.breakAfter = breakAfter
    (spanBegins, end) = Self.begins(spans.map(\.length))
    runs = SpanRun.runs(of: spans.map { ($0.kind, $0.evidence, $0.length) })
    runBegins = Self.begins(runs.map(\.length)).begins
    var (stretches, shown) = ([Range<Int>](), [Microseconds]())
    for (index, span) in spans.enumerated() {
      let over = span.begin.wall + span.length
      if let last = stretches.last, spans[index - 1].begin.wall <= span.begin.wall {
        stretches[stretches.count - 1] = last.lowerBound..<index + 1
        shown.append(max(shown[index - 1], over))
      } else {
        stretches.append(index..<index + 1)
        shown.append(over)
      }
    }
    (self.stretches, self.shown) = (stretches, shown)
  }

  private static func begins(_ lengths: [Microseconds]) -> (begins: [Microseconds], end: Microseconds) {
    var end: Microseconds = 0
    let begins = lengths.map { length in
      defer { end += length }
      return end
    }
    return (begins, end)
  }

  /// How far into the record a point of wall time lies; below zero before it.
  func position(of wall: Microseconds) -> Microseconds {
    guard let first = spans.first else { return wall }
    guard let index = index(of: wall) else { return wall - first.begin.wall }
    let passed = wall - spans[index].begin.wall
    if passed <= spans[index].length { return spanBegins[index] + passed }
    // Times that no clock has shown are the moment at which it was set forward, or lie behind the record.
    return index == spans.count - 1 ? end + passed - spans[index].length : spanBegins[index] + spans[index].length
  }

  /// How far into the record a time on local clocks lies, by the offset that the record has there.
  ///
  /// - Parameters:
  ///   - local: µs since 1970 on a local clock.
  ///   - offset: of these clocks, where the record has none.
  func position(ofLocal local: Microseconds, offsetSeconds offset: Int) -> Microseconds {
    var wall = local - .seconds(Int64(offset))
    // The offset of a day is found with that of another, and then with its own.
    for _ in 0..<2 {
      guard let index = index(of: wall) else { break }
      wall = local - .seconds(Int64(spans[index].begin.offsetSeconds))
    }
    return position(of: wall)
  }

  /// The span in which a point of wall time lies, as `LedgerPlace` finds it; `nil` before the record.
  private func index(of wall: Microseconds) -> Int? {
    var begun: Int?
    for stretch in stretches.reversed() where spans[stretch.lowerBound].begin.wall <= wall {
      let last = stretch.lowerBound + Self.count(in: stretch) { spans[$0].begin.wall <= wall } - 1
      var index = last
      // A clock that was set back within a span has shown these times in an earlier one.
      while index >= stretch.lowerBound, shown[index] >= wall {
        if wall <= spans[index].begin.wall + spans[index].length { return index }
        index -= 1
      }
      begun = begun ?? last
    }
    return begun
  }

  /// What the person did at a point of wall time; `nil` outside the record.
  func kind(at wall: Microseconds) -> Span.Kind? {
    guard let index = index(of: wall) else { return nil }
    let span = spans[index]
    return index < spans.count - 1 || wall <= span.begin.wall + span.length ? span.kind : nil
  }

  /// How many of a range come before the first that a condition does not hold for.
  private static func count(in range: Range<Int>, where holds: (Int) -> Bool) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(middle) { low = middle + 1 } else { high = middle }
    }
    return low - range.lowerBound
  }

  /// What the record says of a window.
  ///
  /// - Parameters:
  ///   - end: how far into the record it ends.
  ///   - length: greater than zero.
  func exposure(endingAt end: Microseconds, length: Microseconds) -> WindowExposure {
    let begin = end - length
    var (sitting, bout, longest): (Microseconds, Microseconds, Microseconds) = (0, 0, 0)
    var (known, late): (Microseconds, Microseconds) = (0, 0)
    var index = max(0, Self.count(in: runs.indices) { runBegins[$0] <= begin } - 1)
    while index < runs.count, runBegins[index] < end {
      let run = runs[index]
      let over = min(end, runBegins[index] + run.length)
      let part = max(0, over - max(begin, runBegins[index]))
      if run.endsBout(breakAfter) { bout = 0 }
      if run.kind == .sitting {
        sitting += part
        bout += part
        longest = max(longest, bout)
      }
      if run.kind != .unknown { known += part }
      if run.kind.isAtDesk { late += max(0, over - max(begin, runBegins[index], end - WindowExposure.late)) }
      index += 1
    }
    return WindowExposure(length: length, sitting: sitting, longestBout: longest, known: known, lateDesk: late)
  }
}
