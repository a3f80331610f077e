/// What an engine wants done.
public enum Effect: Hashable, Sendable {
  /// A span is closed and will never change.
  case span(Span)
  case bout(Bout)
  case post(Prompt)
  /// The notification is to be closed; the prompt's outcome is still open.
  case hide(id: UInt64)
  /// A prompt has its outcome; a notification that still stands is to be closed.
  case outcome(id: UInt64, Prompt.Kind, Outcome, at: Moment)
  case deferred(Prompt.Kind, Deferral)
  /// The state of a day has changed, as the person said.
  case day(LocalDate, DayState)
  /// A question of the diary is shown, in place of what stands; ``hide(id:)`` ends it.
  case ask(DiaryQuestion)
  /// What the person said of the headache of a day.
  case answered(LocalDate, DiaryQuestion.Choice)
  /// By how much the wall clock was stepped.
  case clockStep(Microseconds)
  /// What was asked cannot be done, and why, in a sentence without its full stop.
  case refused(what: String, why: String)

  /// The order of effects at one instant: outcomes, spans, bouts, what concerns the prompts to come. What ends a prompt
  /// comes after it.
  ///
  /// - Parameter posted: the prompts that are posted at that instant.
  func rank(posted: [UInt64]) -> Int {
    switch self {
    case .outcome(let id, _, _, _), .hide(let id): posted.contains(id) ? 5 : 0
    case .span: 1
    case .bout: 2
    case .day, .answered, .clockStep, .refused: 3
    case .deferred: 4
    case .post, .ask: 5
    }
  }
}
