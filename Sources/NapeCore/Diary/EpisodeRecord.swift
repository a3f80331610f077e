/// A headache as it is stored.
public struct EpisodeRecord: Hashable, Sendable {
  public let id: RecordID
  public var episode: Episode
  /// `nil` where the hour of the onset is not known.
  public var context: DeskContext?
  public let entered: Stamp
  public let way: EntryWay
  /// When it was changed last.
  public var edited: Stamp?

  public init(
    id: RecordID, episode: Episode, context: DeskContext? = nil, entered: Stamp, way: EntryWay, edited: Stamp? = nil
  ) {
    self.id = id
    self.episode = episode
    self.context = context
    self.entered = entered
    self.way = way
    self.edited = edited
  }

  /// How long after the onset it was entered, in µs; never below zero.
  public var lag: Microseconds { max(0, entered.wall - episode.onset.at.wall) }

  /// Whether it was entered so late that it is marked as recalled: more than 48 h after (`clinical.md` §1.4).
  public var isRecalled: Bool { lag > Self.recalledAfter }

  /// In µs.
  public static let recalledAfter: Microseconds = 48 * .hour
}
