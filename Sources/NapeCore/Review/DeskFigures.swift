/// The desk over a period. Lengths are in µs; what is not known is counted neither as sitting nor as a break.
public struct DeskFigures: Hashable, Sendable {
  /// Days on which the desk was used.
  public let deskDays: Int
  /// Days of which nothing is known.
  public let daysWithoutRecord: Int
  public let sitting: Microseconds
  public let standing: Microseconds
  /// Time at the desk by desk day, in hours.
  public let deskHours: Distribution?
  /// The longest bouts of the desk days, in minutes.
  public let longestBouts: Distribution?
  /// `sitting.prolonged`, and the sitting in bouts that are no shorter.
  public let prolonged: Microseconds
  public let sittingInProlonged: Microseconds
  /// Sitting in bouts that began in the period: the denominator of ``sittingInProlonged``.
  public let sittingInBouts: Microseconds
  /// Breaks between two bouts; absences of 4 h and more are none.
  public let breaks: Int
  /// `move` prompts that were posted, and those that a break followed within `prompts.follow`.
  public let movePrompts: Int
  public let movesTaken: Int
  /// `prompts.follow`
  public let follow: Microseconds
  /// Between the first and the last use of the desk days: the time in all, and what of it is known.
  public let inUse: Microseconds
  public let knownInUse: Microseconds

  /// Sitting and standing.
  public var desk: Microseconds { sitting + standing }

  /// 0 … 1; `nil` without a desk day.
  public var coverage: Double? { inUse > 0 ? Double(knownInUse) / Double(inUse) : nil }

  /// `nil` where there was less than an hour at the desk.
  public var breaksPerDeskHour: Double? {
    desk >= .hour ? Double(breaks) / (Double(desk) / Double(Microseconds.hour)) : nil
  }

  /// 0 … 1
  public var prolongedShare: Double? {
    sittingInBouts > 0 ? Double(sittingInProlonged) / Double(sittingInBouts) : nil
  }
}
