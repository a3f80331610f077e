/// A headache that more could be told of, for the one card that asks for it; the card is taken back when it no longer is.
public struct DetailCard: Hashable, Sendable {
  public let episode: RecordID
  public let onset: Stamp
  /// Whether it has been shown.
  public var isShown: Bool

  public init(episode: RecordID, onset: Stamp, isShown: Bool = false) {
    self.episode = episode
    self.onset = onset
    self.isShown = isShown
  }
}
