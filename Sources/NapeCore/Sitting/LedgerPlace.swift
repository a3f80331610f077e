/// Where a point of wall time lies in the record.
public struct LedgerPlace: Hashable, Sendable {
  /// Of the span.
  public let index: Int
  /// How far into the span, in µs of elapsed time.
  public let passed: Microseconds
  /// How far behind the end of the record, in µs of wall time; zero where it lies in it.
  public let missing: Microseconds

  /// - Parameter spans: in the ledger's order.
  /// - Returns: `nil` for what lies before them.
  public init?(of wall: Microseconds, in spans: [Span]) {
    // A clock that was set back has shown some times twice: the later one is the one that people remember. An end belongs
    // to its span, since nothing may come after it.
    if let index = spans.lastIndex(where: { $0.begin.wall <= wall && wall <= $0.begin.wall + $0.length }) {
      (self.index, passed, missing) = (index, wall - spans[index].begin.wall, 0)
      return
    }
    // Times that no clock has shown, since it was set forward, are the moment at which it was.
    guard let index = spans.lastIndex(where: { $0.begin.wall <= wall }) else { return nil }
    let length = spans[index].length
    let isLast = index == spans.count - 1
    (self.index, passed) = (index, length)
    missing = isLast ? wall - spans[index].begin.wall - length : 0
  }
}
