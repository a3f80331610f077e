/// What the diary says against exercises now.
public enum ExerciseRestriction: String, Hashable, Sendable, CaseIterable {
  case none
  /// A headache is logged: a few movements remain, as an offer.
  case headache
  /// A warning sign is open: no exercise at all.
  case warningSign = "warning-sign"
}
