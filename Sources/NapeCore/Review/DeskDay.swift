/// What is known of the desk on one local day. Lengths are in µs.
public struct DeskDay: Hashable, Sendable {
  /// A stretch of the day, for its strip.
  public struct Part: Hashable, Sendable {
    public let kind: Span.Kind
    /// In seconds since local midnight, 0 … 86 400; `to` is the first one after it.
    public let from: Int
    public let to: Int
    /// Whether it is sitting of a bout that is prolonged (`sitting.prolonged`).
    public internal(set) var isProlonged: Bool
  }

  public internal(set) var sitting: Microseconds = 0
  public internal(set) var standing: Microseconds = 0
  public internal(set) var away: Microseconds = 0
  public internal(set) var unknown: Microseconds = 0
  /// From the first use to the last one, and how much of that is known.
  public internal(set) var inUse: Microseconds = 0
  public internal(set) var knownInUse: Microseconds = 0
  /// Bouts that began on this day.
  public internal(set) var bouts = 0
  public internal(set) var boutsOf30 = 0
  public internal(set) var boutsOf60 = 0
  public internal(set) var sittingInBoutsOf60: Microseconds = 0
  public internal(set) var longestBout: Microseconds = 0
  /// Breaks between two bouts, the first of which began on this day, and those of at least 5 min.
  public internal(set) var breaks = 0
  public internal(set) var breaksOf5 = 0
  /// Empty where only totals are kept of the day.
  public internal(set) var parts: [Part] = []

  /// Sitting and standing.
  public var desk: Microseconds { sitting + standing }

  /// Whether the desk was used: for at least a minute.
  public var isDeskDay: Bool { desk >= .minute }

  /// The share of the time between the first and the last use of which it is known where the person was: 0 … 1.
  public var coverage: Double? { inUse > 0 ? Double(knownInUse) / Double(inUse) : nil }
}
