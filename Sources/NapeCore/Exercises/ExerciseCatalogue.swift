/// All movements that are known, with what is said about all of them (`Config/exercises.toml`).
public struct ExerciseCatalogue: Hashable, Sendable {
  /// What is shown with every set, and what the answers of the next morning mean.
  public struct Safety: Hashable, Sendable {
    /// Signs to stop at for today.
    public var stop: [String]
    public var stopThen: String
    /// Signs of what can be an emergency.
    public var emergency: [String]
    public var emergencyThen: String
    /// What holds of every dose: how hard, how fast, and how much pain.
    public var conventions: [String]
    public var green: String
    public var amber: String
    public var red: String
    public var twoReds: String
    /// In place of exercises, where an answer says that a professional should be asked.
    public var askFirst: String
    /// How every text begins while exercise is only an offer. It never says why.
    public var offer: String

    public init(
      stop: [String], stopThen: String, emergency: [String], emergencyThen: String, conventions: [String],
      green: String, amber: String, red: String, twoReds: String, askFirst: String, offer: String
    ) {
      self.stop = stop
      self.stopThen = stopThen
      self.emergency = emergency
      self.emergencyThen = emergencyThen
      self.conventions = conventions
      self.green = green
      self.amber = amber
      self.red = red
      self.twoReds = twoReds
      self.askFirst = askFirst
      self.offer = offer
    }

    public func text(_ light: TrafficLight) -> String {
      switch light {
      case .green: green
      case .amber: amber
      case .red: red
      }
    }
  }

  public var exercises: [Exercise]
  public var safety: Safety
  /// The wording of each question.
  public var questions: [FirstUse.Question: String]

  public init(exercises: [Exercise], safety: Safety, questions: [FirstUse.Question: String]) {
    self.exercises = exercises
    self.safety = safety
    self.questions = questions
  }

  public subscript(_ id: String) -> Exercise? { exercises.first { $0.id == id } }

  /// With movements of a programme, which take the place of those with the same id.
  public func adding(_ own: [Exercise]) -> ExerciseCatalogue {
    var all = self
    for exercise in own {
      if let index = all.exercises.firstIndex(where: { $0.id == exercise.id }) {
        all.exercises[index] = exercise
      } else {
        all.exercises.append(exercise)
      }
    }
    return all
  }
}
