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

  /// What of it lies before some days, on them, and after them, by its own offset; `nil` for nothing.
  public func cut(at dates: ClosedRange<LocalDate>) -> (before: Span?, within: Span?, after: Span?) {
    guard touches(dates) else { return date < dates.lowerBound ? (self, nil, nil) : (nil, nil, self) }
    let parts = parts
    return (
      parts.filter { $0.date < dates.lowerBound }.joined, parts.filter { dates.contains($0.date) }.joined,
      parts.filter { $0.date > dates.upperBound }.joined
    )
  }

  /// As spans that follow each other, of which nothing is known on some days; on any of them, without days.
  public func forgetting(_ dates: ClosedRange<LocalDate>?) -> [Span] {
    guard let dates else { return [forgotten] }
    let (before, within, after) = cut(at: dates)
    return [before, within?.forgotten, after].compactMap { $0 }
  }

  /// The same stretch, of which nothing is known any more.
  public var forgotten: Span {
    Span(kind: .unknown, evidence: .notRunning, begin: begin, length: length, bootID: bootID)
  }
}

extension [Span] {
  /// Parts that follow each other, as one again; `nil` for none.
  public var joined: Span? {
    guard let first else { return nil }
    return Span(
      kind: first.kind, evidence: first.evidence, begin: first.begin, length: reduce(0) { $0 + $1.length },
      bootID: first.bootID)
  }
}
