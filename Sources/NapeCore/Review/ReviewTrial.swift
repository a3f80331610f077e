/// A trial of a break interval with what came of it so far: its blocks are whole, whatever the review's period.
public struct ReviewTrial: Hashable, Sendable {
  public let record: TrialRecord
  public let result: TrialResult

  init(_ record: TrialRecord, episodes: [EpisodeRecord], declared: [LocalDate: DayState], today: LocalDate) {
    self.record = record
    result = TrialResult(record.trial, episodes: episodes, declared: declared, through: record.lastDay(on: today))
  }
}
