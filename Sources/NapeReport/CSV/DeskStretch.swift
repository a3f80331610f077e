import NapeCore

/// A line of `bouts.csv`: a bout, or a stretch of standing or unknown time.
struct DeskStretch {
  let begin: Stamp
  let end: Stamp
  let length: Microseconds
  let kind: Span.Kind
  let endedBy: Bout.End?

  /// By their begin.
  static func all(of review: Review) -> [DeskStretch] {
    let bouts = review.bouts.map {
      DeskStretch(begin: $0.begin, end: $0.end, length: $0.sitting, kind: .sitting, endedBy: $0.endedBy)
    }
    let others = review.stretches.map {
      DeskStretch(begin: $0.begin, end: $0.end, length: $0.length, kind: $0.kind, endedBy: nil)
    }
    return (bouts + others).sorted { $0.begin < $1.begin }
  }
}
