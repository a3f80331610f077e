/// What is asked before exercises are prompted (`clinical.md` §4.2).
public struct FirstUse: Hashable, Sendable {
  /// Surgery stands with injury: both are something recent that has to heal.
  public enum Question: String, Hashable, Sendable, CaseIterable {
    case injury, rheumatoid, osteoporosis, pregnancy, dizziness
  }

  /// What follows from the answers.
  public enum Verdict: Hashable, Sendable {
    /// Something is not answered yet: only movements marked safe are prompted.
    case unanswered
    /// Something was answered with yes, and no professional has said that exercise is right all the same.
    case askFirst
    case ready
  }

  /// What is not here has not been answered.
  public var answers: [Question: Bool]
  /// A professional has checked the person and cleared them for exercise.
  public var isCleared: Bool

  public init(answers: [Question: Bool] = [:], isCleared: Bool = false) {
    self.answers = answers
    self.isCleared = isCleared
  }

  public var open: [Question] { Question.allCases.filter { answers[$0] == nil } }

  public var verdict: Verdict {
    if isCleared { return .ready }
    if answers.values.contains(true) { return .askFirst }
    return open.isEmpty ? .ready : .unanswered
  }
}
