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
  /// A professional has checked the person and cleared them for exercise, after the last yes that stands.
  public var isCleared: Bool
  /// The day of the last yes that stands, in UTC; `nil` where there is none.
  public var lastYes: LocalDate?

  public init(answers: [Question: Bool] = [:], isCleared: Bool = false, lastYes: LocalDate? = nil) {
    self.answers = answers
    self.isCleared = isCleared
    self.lastYes = lastYes
  }

  /// Whether something that was said on a day takes the answers into account. On the day of a yes it is not known which
  /// came first, so it does not.
  public func isKnown(on date: LocalDate?) -> Bool {
    guard let lastYes else { return true }
    return date.map { $0 > lastYes } ?? false
  }

  public var open: [Question] { Question.allCases.filter { answers[$0] == nil } }

  public var verdict: Verdict {
    if isCleared { return .ready }
    if answers.values.contains(true) { return .askFirst }
    return open.isEmpty ? .ready : .unanswered
  }
}
