/// A value for each kind of prompt. It is copied and compared at every event, for which a dictionary is slow.
struct PerKind<Value: Hashable & Sendable>: Hashable, Sendable {
  private var move, exercise, checkin, posture, budget, micro: Value

  init(repeating value: Value) {
    (move, exercise, checkin) = (value, value, value)
    (posture, budget, micro) = (value, value, value)
  }

  subscript(kind: Prompt.Kind) -> Value {
    get {
      switch kind {
      case .move: move
      case .exercise: exercise
      case .checkin: checkin
      case .posture: posture
      case .budget: budget
      case .micro: micro
      }
    }
    set {
      switch kind {
      case .move: move = newValue
      case .exercise: exercise = newValue
      case .checkin: checkin = newValue
      case .posture: posture = newValue
      case .budget: budget = newValue
      case .micro: micro = newValue
      }
    }
  }
}
