import NapeCore

/// What notifications have told the diary, to be stored together with what an engine wants recorded.
///
/// It was said to nobody but the daemon, so it waits like other records while the store does not take it.
public enum DiaryWrite: Hashable, Sendable {
  case add(EpisodeRecord, DiaryRules)
  /// Passed over where the headache has been deleted since it was asked about.
  case change(RecordID, EpisodeChange, at: Stamp, DiaryRules)
  /// The one card of a headache is shown.
  case cardShown(RecordID)
}
