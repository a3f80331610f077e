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
    case moveIgnored = "move_ignored"
    case postureIgnored = "posture_ignored"
    case rotationPosture = "rotation_posture"
    case rotationMove = "rotation_move"
    case rotationMoveAgain = "rotation_move_again"
    case backOffDay = "back_off_day"
  }

  /// Sitting by local date, of closed spans; oldest first. Dates are days since 1970-01-01.
  public var sittingByDay: [Day]
  public struct Day: Hashable, Sendable {
    public var daysSinceEpoch: Int
    public var sitting: Microseconds
    public init(daysSinceEpoch: Int, sitting: Microseconds) {
      self.daysSinceEpoch = daysSinceEpoch
      self.sitting = sitting
    }
  }

  public init(
    made: Moment, bootID: String, open: [Span], bout: OpenBout?, openPrompt: OpenPromptID?, marks: [Mark: Int64],
    sittingByDay: [Day]
  ) {
    self.made = made
    self.bootID = bootID
    self.open = open
    self.bout = bout
    self.openPrompt = openPrompt
    self.marks = marks
    self.sittingByDay = sittingByDay
  }

  /// How often a checkpoint is made while nothing changes, counted from the open span's start.
  public static let interval: Microseconds = .minutes(5)
}
