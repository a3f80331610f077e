/// What the engine wants to hear from the idle source next; as the deadline is what it wants from the clock.
///
/// The contract between engine and source: under ``idle(after:)`` the person is taken to be active until the source
/// says otherwise; under ``input`` the source tells of each input, but of no more than one a second.
public enum Watch: Hashable, Sendable {
  /// Nothing: input would not count (locked, suspended, another session).
  case nothing
  /// The next input.
  case input
  /// That there has been no input for so long.
  case idle(after: Microseconds)
}
