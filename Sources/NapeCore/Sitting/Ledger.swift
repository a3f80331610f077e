/// The open end of the record: the span that is under way, and the clock readings that it will be stamped with.
///
/// Spans follow each other without gaps or overlaps, and what has been closed is never changed. A cut (a clock step, a
/// change of zone) is kept until its span closes, because the span's end may turn out to lie before the cut.
struct Ledger: Hashable, Sendable {
  private(set) var kind: Span.Kind
  private(set) var evidence: Evidence
  /// The boot time at which the open span began.
  private(set) var from: Microseconds
  private let bootID: String
  /// The clocks at `from`, and at each cut after it.
  private var readings: [Moment]

  init(kind: Span.Kind, evidence: Evidence, at moment: Moment, bootID: String) {
    self.kind = kind
    self.evidence = evidence
    self.from = moment.boot
    self.bootID = bootID
    self.readings = [moment]
  }

  /// Closes the open span at a boot time and opens another there. Nothing happens where both are alike.
  ///
  /// - Parameters:
  ///   - boot: the end of the open span; brought to its start when it lies before that.
  ///   - now: the clocks; the new span is stamped with what they showed then.
  /// - Returns: what was closed: nothing for an empty span, several where the clocks were cut.
  mutating func begin(
    _ kind: Span.Kind, _ evidence: Evidence, at boot: Microseconds, now: Moment, in zone: Zone
  ) -> [Span] {
    if kind == self.kind && evidence == self.evidence { return [] }
    let closed = pieces(upTo: boot)
    self.kind = kind
    self.evidence = evidence
    from = max(from, boot)
    let index = readings.lastIndex { $0.boot <= from } ?? 0
    var first = readings[index].shifted(toBoot: from)
    if index == readings.count - 1 {
      first = now.shifted(toBoot: from)
      first.offsetSeconds = zone.offset(atUTC: first.wall / .second)
    }
    readings.replaceSubrange(...index, with: CollectionOfOne(first))
    return closed
  }

  /// From here on another reading of the clocks holds.
  mutating func cut(at moment: Moment) {
    if readings[readings.count - 1].boot >= moment.boot { readings.removeLast() }
    readings.append(moment)
  }

  /// The open span as it would be stored if it ended at a boot time.
  func pieces(upTo end: Microseconds) -> [Span] {
    var result: [Span] = []
    for (index, reading) in readings.enumerated() {
      let start = max(from, reading.boot)
      let next = index + 1 < readings.count ? readings[index + 1].boot : .max
      let length = min(end, next) - start
      if length > 0 {
        let begin = reading.shifted(toBoot: start)
        result.append(Span(kind: kind, evidence: evidence, begin: begin, length: length, bootID: bootID))
      }
    }
    return result
  }

  /// The clocks when the open span began.
  var begin: Moment { readings[0] }

  /// Whether the clocks were cut since the open span began.
  var isCut: Bool { readings.count > 1 }

  /// How long the open span is at a boot time.
  func length(at boot: Microseconds) -> Microseconds { max(0, boot - from) }
}
