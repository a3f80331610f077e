/// Everything that an engine needs to go on after a restart.
///
/// Boot times are on the axis of the boot in which it was made; `made` tells where on it.
public struct Checkpoint: Hashable, Sendable {
  /// When it was made, and in which boot.
  public var made: Moment
  public var bootID: String
  /// The open span, as it would be stored if it ended here; several where the clocks were cut.
  public var open: [Span]

  /// The bout: since when, until when its last closed span of sitting lasted, and its sitting in closed spans.
  public struct OpenBout: Hashable, Sendable {
    public var from: Microseconds
    public var to: Microseconds
    public var sitting: Microseconds
    public init(from: Microseconds, to: Microseconds, sitting: Microseconds) {
      self.from = from
      self.to = to
      self.sitting = sitting
    }
  }
  public var bout: OpenBout?

  /// The prompt without an outcome.
  public struct OpenPromptID: Hashable, Sendable {
    public var id: UInt64
    public var kind: Prompt.Kind
    public init(id: UInt64, kind: Prompt.Kind) {
      self.id = id
      self.kind = kind
    }
  }
  public var openPrompt: OpenPromptID?

  /// The rest: named whole numbers, of which a newer version may know more.
  public var marks: [Mark: Int64]

  /// The names of the numbers in ``marks``; stored by their raw values.
  public enum Mark: String, Hashable, Sendable, CaseIterable {
    case lastID = "last_id"
    case lastPostedAgo = "last_posted_ago_usec"
    /// 0 nothing has been heard of the person, 1 at the desk, 2 away, 3 unknown.
    case whereabouts
    case unknownFor = "unknown_for_usec"
    /// 1 declared by the person, 2 reported.
    case standing
    case pausedLeft = "paused_left_usec"
    case pausedUntilDay = "paused_until_day"
    case moveStep = "move_step"
    case moveIndex = "move_index"
    case moveMark = "move_mark_usec"
    case moveFactor = "move_factor"
    case postureServed = "posture_served_usec"
    case postureSnoozed = "posture_snoozed_usec"
    case microServed = "micro_served_usec"
    case microSnoozed = "micro_snoozed_usec"
    /// Time at the desk since exercise was served.
    case exerciseServedAgo = "exercise_served_ago_usec"
    /// Time at the desk until it comes back; below zero where it waits.
    case exerciseSnoozedLeft = "exercise_snoozed_left_usec"
    case budgetSnoozedDay = "budget_snoozed_day"
    case budgetSnoozedPercent = "budget_snoozed_percent"
    /// Sitting time of the day.
    case budgetSnoozedUntil = "budget_snoozed_until_usec"
    /// Since when each kind has been due, as elapsed time.
    case moveDueAgo = "move_due_ago_usec"
    case exerciseDueAgo = "exercise_due_ago_usec"
    case checkinDueAgo = "checkin_due_ago_usec"
    case postureDueAgo = "posture_due_ago_usec"
    case budgetDueAgo = "budget_due_ago_usec"
    case microDueAgo = "micro_due_ago_usec"
    case moveIgnored = "move_ignored"
    case postureIgnored = "posture_ignored"
    case exerciseIgnored = "exercise_ignored"
    case microIgnored = "micro_ignored"
    case rotationMove = "rotation_move"
    case rotationMoveAgain = "rotation_move_again"
    case rotationExercise = "rotation_exercise"
    case rotationExerciseSets = "rotation_exercise_sets"
    case rotationCheckin = "rotation_checkin"
    case rotationCheckinPlain = "rotation_checkin_plain"
    case rotationPosture = "rotation_posture"
    case rotationBudgetPart = "rotation_budget_80"
    case rotationBudgetWhole = "rotation_budget_100"
    case rotationMicro = "rotation_micro"
    case backOffDay = "back_off_day"
  }

  /// The counts of the last days, from closed spans.
  public var days: [DayCount]

  public init(
    made: Moment, bootID: String, open: [Span], bout: OpenBout?, openPrompt: OpenPromptID?, marks: [Mark: Int64],
    days: [DayCount]
  ) {
    self.made = made
    self.bootID = bootID
    self.open = open
    self.bout = bout
    self.openPrompt = openPrompt
    self.marks = marks
    self.days = days
  }

  /// How often a checkpoint is made while nothing changes, counted from the open span's start.
  public static let interval: Microseconds = .minutes(5)
}
