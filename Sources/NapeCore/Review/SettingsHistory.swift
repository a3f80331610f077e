/// What was in force in a period, and what of it changed when.
public struct SettingsHistory: Hashable, Sendable {
  /// At the start of the period, or from the first record on where that is later; values by key.
  public let atStart: [String: String]
  /// Since when that was in force: the last change of any of it; `nil` where nothing is recorded.
  public let startedSince: Stamp?
  /// In the period, by time: each key with the value before.
  public let changes: [Change]

  public struct Change: Hashable, Sendable {
    public let key: String
    /// `nil` where it was not recorded.
    public let before: String?
    public let after: String
    public let at: Stamp

    /// Whether it is of the schedule of breaks.
    public var isOfSchedule: Bool { SettingRecord.schedule.contains(key) }
  }

  /// The first days on which another schedule of breaks held.
  public var scheduleChanges: [LocalDate] {
    changes.filter(\.isOfSchedule).map(\.at.date).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  /// - Parameter records: as they came into force.
  init(_ records: [SettingRecord], _ period: ClosedRange<LocalDate>) {
    var values: [String: String] = [:]
    var current: [String: String] = [:]
    var since: Stamp?
    var changes: [Change] = []
    // The first record of all says what held, not that something changed.
    let first = records.first?.since.date
    for record in records where record.since.date <= period.upperBound {
      let before = current[record.key]
      guard before != record.value else { continue }
      current[record.key] = record.value
      if record.since.date < period.lowerBound || record.since.date == first {
        since = record.since
        values[record.key] = record.value
      } else {
        changes.append(Change(key: record.key, before: before, after: record.value, at: record.since))
      }
    }
    atStart = values
    startedSince = since
    self.changes = changes
  }
}
