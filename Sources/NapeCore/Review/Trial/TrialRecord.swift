/// A trial as it is stored.
public struct TrialRecord: Hashable, Sendable {
  public let id: RecordID
  public let trial: Trial
  public let planned: Stamp
  /// When the person ended it before its last day.
  public var stopped: Stamp?

  public init(id: RecordID, trial: Trial, planned: Stamp, stopped: Stamp? = nil) {
    self.id = id
    self.trial = trial
    self.planned = planned
    self.stopped = stopped
  }

  /// Whether it goes on, or is to begin still.
  public func isOpen(on today: LocalDate) -> Bool { stopped == nil && today <= trial.lastDay }

  /// The last day that is over and belongs to it; before its first one where there is none.
  public func lastDay(on today: LocalDate) -> LocalDate {
    min(trial.lastDay, min(today, stopped?.date ?? today).adding(days: -1))
  }

  /// The week that a day lies in, while it is open.
  public func week(on today: LocalDate) -> Trial.Week? {
    isOpen(on: today) ? trial.weeks.first { $0.dates.contains(today) } : nil
  }
}
