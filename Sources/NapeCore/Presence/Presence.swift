/// What the sources say right now. Facts only: what follows from them is decided by the engine.
struct Presence: Hashable, Sendable {
  /// What is known of the person's input.
  enum Input: Hashable, Sendable {
    /// No source has said anything yet.
    case untold
    /// Input comes now and then, until told otherwise.
    case active
    /// There has been none since.
    case idle(since: Microseconds)
  }

  var input = Input.untold
  /// Since when `input` has been active.
  var activeSince: Microseconds?
  var locked = false
  /// Another session is active on the seat.
  var switched = false
  var asleep = false
  var sourceLost = false
  /// Something (a film, a call) keeps the screen awake.
  var inhibited = false
  /// When the last inhibitor was released.
  var releasedAt: Microseconds?
  /// What another program says.
  var report: Report?
  /// How it is known that the person stands, where that has been declared and holds.
  var standing: Evidence?

  /// Why nobody can be at the desk, whatever the input says; the strongest reason first.
  var certainAbsence: Evidence? {
    if asleep { return .suspended }
    if locked { return .locked }
    if switched { return .switched }
    return nil
  }

  /// The last input, where there has been none since.
  var idleSince: Microseconds? {
    if case .idle(let since) = input { return since }
    return nil
  }

  /// Whether a program says that the person sits there.
  var isReportedSitting: Bool { report?.state == .sitting }

  /// Since when there has been no sign of the person: from the last input on, but not while something else speaks for
  /// them, and only from its end on after that.
  var silentSince: Microseconds? {
    guard let idleSince, !inhibited, !isReportedSitting else { return nil }
    return max(idleSince, releasedAt ?? idleSince)
  }
}
