/// When a headache began, and how well that is known.
public struct Onset: Hashable, Sendable {
  /// How well an onset is known (`clinical.md` §1.1).
  public enum Precision: String, Hashable, Sendable, CaseIterable {
    case exact
    case quarterHour = "15min"
    case hour = "1h"
    /// Night, morning, afternoon or evening; the stamp is the part's first moment.
    case partOfDay = "part-of-day"
    /// The person woke with it; the stamp is when they woke.
    case wokeWithIt = "woke"
    /// Nothing but the day is known, as after a check-in; the stamp is the day's first moment.
    case day

    /// How far off it may be, in minutes: the column `onset_precision_min`.
    public var minutes: Int {
      switch self {
      case .exact: 0
      case .quarterHour: 15
      case .hour: 60
      case .partOfDay: 360
      case .wokeWithIt: 480
      case .day: 1440
      }
    }

    /// Whether the hour is known, so that the desk context and the part of the day have a meaning.
    public var isTimed: Bool { self == .exact || self == .quarterHour || self == .hour }
  }

  public var at: Stamp
  public var precision: Precision

  public init(at: Stamp, precision: Precision = .exact) {
    self.at = at
    self.precision = precision
  }
}
