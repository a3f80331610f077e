/// Where in a programme the person is. Sessions count, never streaks: a day without one takes nothing back.
///
/// A week begins with its first session. It gives way to the next when it is seven days old and
/// ``Programme/goOnAfter`` of its sessions are completed, however many days that took. The last one stays for good.
public struct ExerciseProgress: Hashable, Sendable {
  /// From 1.
  public private(set) var week: Int
  /// The day of the week's first session; `nil` before it.
  public private(set) var began: LocalDate?
  /// Completed home sessions of this week; of the last week those of the last seven days.
  public private(set) var sessions = 0
  /// Since the start of the programme.
  public private(set) var sessionsInAll = 0
  public private(set) var isLastWeek = false

  /// What was done on one local day.
  public struct Day: Hashable, Sendable {
    public var date: LocalDate
    /// How often each movement was done.
    public var done: [String: Int]
    /// Movements that were to be left out: a session is complete without them.
    public var resting: Set<String>

    public init(date: LocalDate, done: [String: Int], resting: Set<String> = []) {
      self.date = date
      self.done = done
      self.resting = resting
    }
  }

  /// - Parameters:
  ///   - startWeek: the week at the start.
  ///   - since: the first day that counts.
  ///   - days: in ascending order.
  public init(_ programme: Programme, startWeek: Int, since: LocalDate, days: [Day], today: LocalDate) {
    self.init(programme, startWeek: startWeek)
    var recent: [(date: LocalDate, count: Int)] = []
    for day in days where day.date >= since && day.date <= today {
      goOn(before: day.date, programme)
      let count = add(day, programme)
      if count > 0 { recent.append((day.date, count)) }
    }
    // What is done today counts for the week of this morning.
    if days.last(where: { $0.date <= today })?.date != today { goOn(before: today, programme) }
    isLastWeek = week == programme.weeks.count
    if isLastWeek {
      let from = max(today.adding(days: -6), began ?? today)
      sessions = recent.filter { $0.date >= from }.map(\.count).reduce(0, +)
    }
  }

  /// Before anything is done.
  init(_ programme: Programme, startWeek: Int) { week = min(max(startWeek, 1), programme.weeks.count) }

  /// Counts what was done on a day, after ``goOn(before:_:)`` of it.
  ///
  /// - Returns: the completed home sessions.
  mutating func add(_ day: Day, _ programme: Programme) -> Int {
    let count = programme.sessions(of: programme.week(week), on: day)
    guard count > 0 else { return 0 }
    if began == nil { began = day.date }
    sessions += count
    sessionsInAll += count
    return count
  }

  /// A day begins: the week may be over by then.
  mutating func goOn(before day: LocalDate, _ programme: Programme) {
    guard let began, week < programme.weeks.count, sessions >= programme.goOnAfter, day >= began.adding(days: 7) else {
      return
    }
    week += 1
    sessions = 0
    self.began = nil
  }
}
