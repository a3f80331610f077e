/// Why a prompt that is due waits; the reason that will last longest first.
public enum Deferral: String, Hashable, Sendable, CaseIterable {
  case paused
  /// Outside working hours.
  case hours
  case quiet
  /// Do-not-disturb.
  case dnd
  /// Something keeps the screen awake, and the person is busy with it: a call, a presentation.
  case inhibited
  case typing

  /// For so long after an input something that keeps the screen awake is something that the person is busy with; without
  /// input it is a film.
  static let busyAfterInput: Microseconds = .minutes(5)
  /// The longest that typing alone holds a prompt back.
  static let longestTyping: Microseconds = .minute
}
