/// The records of a diary, or of a stretch of one, each kind in order.
public struct DiaryContents: Hashable, Sendable {
  public var episodes: [EpisodeRecord]
  public var days: [DayRecord]
  public var notes: [DiaryEntry<DiaryNote>]
  public var scores: [DiaryEntry<Score>]
  public var deskChecks: [DiaryEntry<DeskCheck>]

  public init(
    episodes: [EpisodeRecord] = [], days: [DayRecord] = [], notes: [DiaryEntry<DiaryNote>] = [],
    scores: [DiaryEntry<Score>] = [], deskChecks: [DiaryEntry<DeskCheck>] = []
  ) {
    self.episodes = episodes
    self.days = days
    self.notes = notes
    self.scores = scores
    self.deskChecks = deskChecks
  }
}
