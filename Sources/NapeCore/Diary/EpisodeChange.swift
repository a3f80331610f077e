/// What is to be changed in a headache that is stored. What it does not name stays.
public struct EpisodeChange: Hashable, Sendable {
  public var onset: Onset?
  /// `.some(nil)` takes the end back.
  public var end: EpisodeEnd??
  /// A field without a value becomes unknown again.
  public var fields: [EpisodeField: FieldValue?]
  /// In place of those that are there.
  public var medicines: [Medicine]?
  /// Beside those that are there.
  public var moreMedicines: [Medicine]

  public init(
    onset: Onset? = nil, end: EpisodeEnd?? = nil, fields: [EpisodeField: FieldValue?] = [:],
    medicines: [Medicine]? = nil, moreMedicines: [Medicine] = []
  ) {
    self.onset = onset
    self.end = end
    self.fields = fields
    self.medicines = medicines
    self.moreMedicines = moreMedicines
  }

  /// What becomes of a headache by it.
  public func applied(to episode: Episode) -> Episode {
    var episode = episode
    if let onset {
      // What was taken "at the onset" goes along with it.
      for place in episode.medicines.indices where episode.medicines[place].taken == episode.onset.at {
        episode.medicines[place].taken = onset.at
      }
      episode.onset = onset
    }
    if let end { episode.end = end }
    for (field, value) in fields { episode.fields[field] = value }
    episode.medicines = (medicines ?? episode.medicines) + moreMedicines
    return episode
  }
}
