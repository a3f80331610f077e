/// Puts the ledgers of several machines of one person on one axis of wall time.
///
/// At each moment one span holds: `standing` before `sitting` before `away` before `unknown`, since whoever is seen at one
/// machine is at a desk; of one kind the one whose evidence comes first in ``Evidence``; of one evidence the clock that is
/// further ahead of UTC. Between the records nothing is known. So it does not matter which ledgers are joined first, or how
/// often.
struct SpanSweep {
  /// What a span says, and how it stands to others: the least is the one that holds.
  private struct Label: Hashable, Comparable {
    let kind: Span.Kind
    let evidence: Evidence
    let offsetSeconds: Int

    private var rank: (Int, Int, Int) {
      let kind =
        switch kind {
        case .standing: 0
        case .sitting: 1
        case .away: 2
        case .unknown: 3
        }
      return (kind, Self.places[evidence] ?? 0, -offsetSeconds)
    }

    private static let places = Dictionary(
      uniqueKeysWithValues: Evidence.allCases.enumerated().map { ($0.element, $0.offset) })

    static func < (left: Label, right: Label) -> Bool { left.rank < right.rank }
  }

  /// The boot of spans that were joined, and of what lies between the records.
  private static let joinedID = "joined"
  private static let gapID = ""

  private let labels: [Label]
  /// By their begin: the place of the label, and the wall time of both ends.
  private let spans: [(label: Int, begin: Microseconds, end: Microseconds)]

  /// - Parameter ledgers: of one person.
  init(_ ledgers: [[Span]]) {
    // What lay between the records of an earlier join lies there no more, or comes again.
    let all = ledgers.joined().filter { !($0.bootID == Self.gapID && $0.evidence == .notRunning) }
    let labels = Set(all.map(Self.label)).sorted()
    let places = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($0.element, $0.offset) })
    self.labels = labels
    spans = all.map { span in
      (places[Self.label(span)] ?? 0, span.begin.wall, span.begin.wall.saturatingAdd(span.length))
    }.sorted { $0.begin < $1.begin }
  }

  private static func label(_ span: Span) -> Label {
    Label(kind: span.kind, evidence: span.evidence, offsetSeconds: span.begin.offsetSeconds)
  }

  /// In order, without overlaps and without gaps.
  var joined: [Span] {
    var ends = spans.map(\.end)
    ends.sort()
    var result: [Span] = []
    // Those that hold at a moment, each with the greatest end of its label; the first that has not ended is the one.
    var open = [Microseconds](repeating: .min, count: labels.count)
    var active = ActiveLabels(count: labels.count)
    var run: (label: Int?, begin: Microseconds)?
    var (next, nextEnd) = (0, 0)
    while nextEnd < ends.count {
      let at = next < spans.count ? min(spans[next].begin, ends[nextEnd]) : ends[nextEnd]
      while next < spans.count, spans[next].begin == at {
        open[spans[next].label] = max(open[spans[next].label], spans[next].end)
        active.insert(spans[next].label)
        next += 1
      }
      while nextEnd < ends.count, ends[nextEnd] == at { nextEnd += 1 }
      while let first = active.first, open[first] <= at { active.remove(first) }
      guard run == nil || run?.label != active.first else { continue }
      if let run { result.append(span(run.label, from: run.begin, to: at, after: result.last)) }
      run = (active.first, at)
    }
    return result
  }

  private func span(
    _ label: Int?, from begin: Microseconds, to end: Microseconds, after last: Span?
  ) -> Span {
    let offset = label.map { labels[$0].offsetSeconds } ?? last?.begin.offsetSeconds ?? 0
    return Span(
      kind: label.map { labels[$0].kind } ?? .unknown, evidence: label.map { labels[$0].evidence } ?? .notRunning,
      begin: Moment(boot: begin, monotonic: begin, wall: begin, offsetSeconds: offset), length: end - begin,
      bootID: label == nil ? Self.gapID : Self.joinedID)
  }
}

/// Small numbers, of which the least is wanted again and again: a heap in which each is at most once.
private struct ActiveLabels {
  private var heap: [Int] = []
  private var isIn: [Bool]

  init(count: Int) { isIn = Array(repeating: false, count: count) }

  var first: Int? { heap.first }

  mutating func insert(_ label: Int) {
    guard !isIn[label] else { return }
    isIn[label] = true
    heap.append(label)
    var place = heap.count - 1
    while place > 0, heap[place] < heap[(place - 1) / 2] {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  /// - Parameter label: the least.
  mutating func remove(_ label: Int) {
    isIn[label] = false
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var place = 0
    while true {
      let least = [2 * place + 1, 2 * place + 2].filter { $0 < heap.count }.min { heap[$0] < heap[$1] }
      guard let least, heap[least] < heap[place] else { return }
      heap.swapAt(place, least)
      place = least
    }
  }
}
