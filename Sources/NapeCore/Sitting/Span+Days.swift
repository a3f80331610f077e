extension Span {
  /// The moment at which it ends, on the clock that it was stamped with.
  public var endStamp: Stamp { Stamp(wall: begin.wall + length, offsetSeconds: begin.offsetSeconds) }

  /// The local day on which it begins.
  public var date: LocalDate { begin.stamp.date }

  /// Its parts by the local day, cut at each midnight of its own offset.
  public var parts: [Span] {
    var parts: [Span] = []
    var from: Microseconds = 0
    while from < length {
      let begin = begin.shifted(toBoot: begin.boot + from)
      let local = begin.wall + .seconds(Int64(begin.offsetSeconds))
      let day = local.flooredQuotientAndRemainder(dividingBy: 24 * .hour)
      let part = min(length - from, 24 * .hour - day.remainder)
      parts.append(Span(kind: kind, evidence: evidence, begin: begin, length: part, bootID: bootID))
      from += part
    }
    return parts
  }

  /// The same stretch, of which nothing is known any more.
  public var forgotten: Span {
    Span(kind: .unknown, evidence: .notRunning, begin: begin, length: length, bootID: bootID)
  }
}
