/// Counts by the local date that the wall clock showed at the time.
///
/// A date seen before goes on with its count, so that neither a clock step nor a journey loses any.
struct DailyCounts: Hashable, Sendable {
  /// The one that was counted on longest ago first; bounded, since only the last few can come again.
  private(set) var days: [DayCount] = []
  private static let datesKept = 8

  init(_ days: [DayCount] = []) { self.days = days }

  subscript(date: LocalDate) -> DayCount {
    get { days.last { $0.date == date } ?? DayCount(date: date) }
    set {
      if days.last?.date == date {
        days[days.count - 1] = newValue
        return
      }
      days.removeAll { $0.date == date }
      days.append(newValue)
      if days.count > Self.datesKept { days.removeFirst() }
    }
  }

  mutating func add(_ span: Span, in zone: Zone) {
    guard span.kind.isAtDesk else { return }
    Self.split(span, in: zone) { date, length in self[date].add(length, of: span.kind) }
  }

  /// Adds what another count of the same days came to.
  mutating func add(_ day: DayCount) {
    self[day.date].sitting += day.sitting
    self[day.date].standing += day.standing
    self[day.date].exercisePrompts += day.exercisePrompts
    self[day.date].budgetPrompted = max(self[day.date].budgetPrompted, day.budgetPrompted)
    self[day.date].isAskedAbout = self[day.date].isAskedAbout || day.isAskedAbout
  }

  /// Cuts a span at each local midnight in it; by its own offset where another zone was in force.
  static func split(_ span: Span, in zone: Zone, _ body: (LocalDate, Microseconds) -> Void) {
    let offset = span.begin.offsetSeconds
    let zone = zone.offset(atUTC: span.begin.wall / .second) == offset ? zone : .fixed(offsetSeconds: offset)
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
}
