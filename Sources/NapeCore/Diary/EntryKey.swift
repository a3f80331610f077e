/// A key, as the diary's questions on a terminal take it.
public enum EntryKey: Hashable, Sendable {
  case character(Character)
  case enter
  case tab
  /// Takes a character back, or goes back where there is none.
  case erase
  /// The left arrow.
  case back
  case escape
  /// Ctrl-C, or an end of the input.
  case interrupt
  /// Ctrl-Z.
  case suspend
  /// Any other.
  case other
}
