/// What another program says of the person (a desk controller, a camera, a chair pad), for as long as it is valid.
///
/// The newest report counts. The lock, sleep and another session beat it; input that confirms a return ends one that says
/// `away`.
public struct Report: Hashable, Sendable {
  public enum State: String, Hashable, Sendable, CaseIterable { case sitting, standing, away }

  /// Who says so, by a name of its own.
  let reporter: String
  let state: State
  /// The boot time at which it was made.
  let since: Microseconds
  /// The boot time from which on it is not valid any more.
  let until: Microseconds
}
