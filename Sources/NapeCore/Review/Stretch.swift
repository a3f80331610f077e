/// A stretch of standing, or of which it is not known where the person was, whole as the record has it.
public struct Stretch: Hashable, Sendable {
  public let kind: Span.Kind
  public let begin: Stamp
  public internal(set) var end: Stamp
  /// In µs.
  public internal(set) var length: Microseconds

  /// Those that begin in a period.
  ///
  /// - Parameter spans: in the ledger's order.
  static func stretches(in spans: [Span], _ period: ClosedRange<LocalDate>) -> [Stretch] {
    var stretches: [Stretch] = []
    var last: Span.Kind?
    for span in spans {
      defer { last = span.kind }
      guard span.kind == .standing || span.kind == .unknown else { continue }
      if last == span.kind {
        stretches[stretches.count - 1].end = span.endStamp
        stretches[stretches.count - 1].length += span.length
      } else {
        stretches.append(
          Stretch(kind: span.kind, begin: span.begin.stamp, end: span.endStamp, length: span.length))
      }
    }
    return stretches.filter { period.contains($0.begin.date) }
  }
}
