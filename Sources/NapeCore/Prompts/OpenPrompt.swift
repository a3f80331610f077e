/// The prompt that has no outcome yet.
struct OpenPrompt: Hashable, Sendable {
  let prompt: Prompt
  /// The day that a `checkin` asks about.
  var date: LocalDate?
  /// How much of the budget a `budget` tells of.
  var percent: Int?
  /// Whether its notification stands, and so can be answered.
  var isShown = true
  /// When the person said *Going*, in boot time.
  var going: Microseconds?

  var id: UInt64 { prompt.id }
  var kind: Prompt.Kind { prompt.kind }
  var posted: Microseconds { prompt.posted.boot }
}

/// A sign that the person is about to leave: an open `move` prompt, or `TakeBreak()`. With it a shorter silence of the
/// input is enough (§6 rule 2 of the design).
struct LeavingSign: Hashable, Sendable {
  /// From when a break answers it.
  let since: Microseconds
  /// Until when a break may begin that answers it.
  var until: Microseconds
  /// Whether the person said so (*Going*, `TakeBreak()`); else it is a prompt alone.
  var isSaid = false
}
