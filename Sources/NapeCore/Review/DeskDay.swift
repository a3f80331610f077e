/// What is known of the desk on one local day. Lengths are in µs.
public struct DeskDay: Hashable, Sendable {
  /// A stretch of the day, for its strip.
  public struct Part: Hashable, Sendable {
    public let kind: Span.Kind
    /// In seconds since local midnight, 0 … 86 400; `to` is the first one after it.
    public let from: Int
    public let to: Int
    /// Whether it is sitting of a bout that is prolonged (`sitting.prolonged`).
    public let isProlonged: Bool
  }

  public private(set) var sitting: Microseconds = 0
  public private(set) var standing: Microseconds = 0
  public private(set) var away: Microseconds = 0
  public private(set) var unknown: Microseconds = 0
  /// From the first use to the last one, and how much of that is known.
  public private(set) var inUse: Microseconds = 0
  public private(set) var knownInUse: Microseconds = 0
  /// Bouts that began on this day.
  public private(set) var bouts = 0
  public private(set) var boutsOf30 = 0
  public private(set) var boutsOf60 = 0
  public private(set) var sittingInBoutsOf60: Microseconds = 0
  public private(set) var longestBout: Microseconds = 0
  /// Breaks between two bouts, the first of which began on this day, and those of at least 5 min.
  public private(set) var breaks = 0
  public private(set) var breaksOf5 = 0
  /// Empty where only totals are kept of the day.
  public private(set) var parts: [Part] = []

  /// Sitting and standing.
  public var desk: Microseconds { sitting + standing }

  /// Whether the desk was used: for at least a minute.
  public var isDeskDay: Bool { desk >= .minute }

  /// The share of the time between the first and the last use of which it is known where the person was: 0 … 1.
  public var coverage: Double? { inUse > 0 ? Double(knownInUse) / Double(inUse) : nil }
}

extension DeskDay {
  /// Of a day whose spans are kept no longer.
  mutating func add(_ total: DayTotal) {
    sitting += total.sitting
    standing += total.standing
    away += total.away
    unknown += total.unknown
    bouts += total.bouts
    breaks += total.breaks
    longestBout = max(longestBout, total.longestBout)
  }

  /// - Parameter part: within the day.
  mutating func add(_ part: Span, isProlonged: Bool) {
    switch part.kind {
    case .sitting: sitting += part.length
    case .standing: standing += part.length
    case .away: away += part.length
    case .unknown: unknown += part.length
    }
    let from = part.begin.stamp.secondOfDay
    let to = from + Int(part.length / .second)
    // What is shorter cannot be seen.
    if to > from { parts.append(Part(kind: part.kind, from: from, to: to, isProlonged: isProlonged)) }
  }

  /// - Parameter bout: began on the day.
  mutating func add(_ bout: RecordedBout) {
    bouts += 1
    if bout.sitting >= .minutes(30) { boutsOf30 += 1 }
    if bout.sitting >= .minutes(60) {
      boutsOf60 += 1
      sittingInBoutsOf60 += bout.sitting
    }
    longestBout = max(longestBout, bout.sitting)
    guard bout.hasBreak else { return }
    breaks += 1
    if let rest = bout.rest, rest >= .minutes(5) { breaksOf5 += 1 }
  }

  /// Once all parts are there: the time between the first and the last use.
  mutating func noteUse() {
    let used = parts.filter(\.kind.isAtDesk)
    guard let first = used.map(\.from).min(), let last = used.map(\.to).max() else { return }
    // A clock that was set back shows some times twice.
    let known = parts.reduce(0) { sum, part in
      part.kind == .unknown ? sum : sum + max(0, min(part.to, last) - max(part.from, first))
    }
    inUse = .seconds(Int64(last - first))
    knownInUse = .seconds(Int64(min(known, last - first)))
  }
}
