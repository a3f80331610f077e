/// What is known of headaches on a local day. Silence is never `none` (`clinical.md` §1.4).
public enum DayState: String, Hashable, Sendable, CaseIterable {
  case headache
  /// The person said so.
  case none
  case unknown
}
