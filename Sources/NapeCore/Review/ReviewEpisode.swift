/// A headache of a review.
public struct ReviewEpisode: Hashable, Sendable {
  public let record: EpisodeRecord
  /// Whether the person was at the desk at the onset; `nil` where that, or the hour of the onset, is not known.
  public let atDesk: Bool?

  public var episode: Episode { record.episode }
}
