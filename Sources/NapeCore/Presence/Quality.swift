/// How far a presence source can be believed.
public enum Quality: String, Hashable, Sendable {
  /// Raw input, to the second.
  case precise
  /// Input, masked while something keeps the screen awake.
  case inhibitorAffected = "inhibitor-affected"
  /// Late by minutes, or blind to some input.
  case coarse
  /// As another program tells.
  case reported
  /// There is no source.
  case none
}
