/// Sitting by the local date that the wall clock showed at the time.
///
/// A date seen before goes on with its count, so that neither a clock step nor a journey loses any.
struct DailySitting: Hashable, Sendable {
  /// Oldest first; bounded, since only the last few can come again.
  private(set) var counts: [(date: LocalDate, sitting: Microseconds)] = []
  private static let datesKept = 4

  init() {}

  init(counts: [(date: LocalDate, sitting: Microseconds)]) { self.counts = counts }

  subscript(date: LocalDate) -> Microseconds { counts.first { $0.date == date }?.sitting ?? 0 }

  mutating func add(_ span: Span, in zone: Zone) {
    Self.split(span, in: zone) { date, length in add(length, on: date) }
  }

  mutating func add(_ length: Microseconds, on date: LocalDate) {
    if let index = counts.firstIndex(where: { $0.date == date }) {
      counts[index].sitting += length
    } else {
      counts.append((date, length))
      if counts.count > Self.datesKept { counts.removeFirst() }
    }
  }

  /// Cuts a span at each local midnight in it.
  static func split(_ span: Span, in zone: Zone, _ body: (LocalDate, Microseconds) -> Void) {
    var wall = span.begin.wall
    var date = WallTime.date(utcMicroseconds: wall, offsetSeconds: span.begin.offsetSeconds)
    let end = wall + span.length
    while wall < end {
      let next = date.adding(days: 1)
      let midnight = max(wall, .seconds(zone.startOfDay(next)))
      let stop = min(end, midnight)
      if stop > wall { body(date, stop - wall) }
      wall = stop
      date = next
    }
  }

  static func == (left: DailySitting, right: DailySitting) -> Bool {
    left.counts.elementsEqual(right.counts) { $0 == $1 }
  }

  func hash(into hasher: inout Hasher) {
    for count in counts {
      hasher.combine(count.date)
      hasher.combine(count.sitting)
    }
  }
}
