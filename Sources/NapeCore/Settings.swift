/// The thresholds that the engine reads, as values. Keys, defaults, bounds and texts are in `NapeSettings`.
public struct Settings: Hashable, Sendable {
  public struct Presence: Hashable, Sendable {
    /// No input for so long is away, from the last input on.
    public var awayAfter: Microseconds = .minutes(5)
    /// An absence of this length is a break, where it is certain.
    public var breakAfter: Microseconds = .minutes(2)
    /// For how long something that keeps the screen awake speaks for somebody without input.
    public var passiveLimit: Microseconds = .minutes(60)
    /// The longest time between the two inputs that make a return.
    public var confirmReturn: Microseconds = .seconds(10)
    /// The sources that may be used, in this order.
    public var sources: [String] = SourceName.allCases.map(\.rawValue)
  }

  public struct Sitting: Hashable, Sendable {
    /// The sitting of a day that is meant to be enough.
    public var dailyBudget: Microseconds = .hour * 6
    /// From here on sitting without a break is called prolonged; in wordings and in the review.
    public var prolonged: Microseconds = .minutes(60)
  }

  public struct Prompts: Hashable, Sendable {
    public struct Posture: Hashable, Sendable {
      public var enabled = true
      public var every: Microseconds = .minutes(30)
    }
    public struct Move: Hashable, Sendable {
      public var enabled = true
      public var after: Microseconds = .minutes(50)
      public var target: Microseconds = .minutes(5)
      public var again: [Microseconds] = [.minutes(10), .minutes(20)]
    }
    public struct Exercise: Hashable, Sendable {
      public var enabled = true
      /// Time at the desk between two.
      public var every: Microseconds = .minutes(150)
      public var atMostPerDay = 4
    }
    public struct Micro: Hashable, Sendable {
      public var enabled = false
      public var every: Microseconds = .minutes(20)
    }
    public struct Budget: Hashable, Sendable {
      public var enabled = true
    }
    public struct CheckIn: Hashable, Sendable {
      public var enabled = true
      /// Local time, in seconds since midnight.
      public var at = 16 * 3_600 + 30 * 60
      public var asksForYesterday = true
      /// Whether its words name the headache.
      public var isPlain = false
    }
    public enum Way: String, Hashable, Sendable, CaseIterable { case notification, journal }

    /// Between any two prompts, elapsed.
    public var minGap: Microseconds = .minutes(10)
    /// No prompt so soon after a return.
    public var settle: Microseconds = .minutes(2)
    /// How long after a `move` a break still answers it.
    public var follow: Microseconds = .minutes(5)
    public var snooze: Microseconds = .minutes(10)
    /// The longest that typing and an inhibitor together may hold a prompt back.
    public var deferUpTo: Microseconds = .minutes(30)
    public var sound = false
    public var deliver: [Way] = [.notification, .journal]
    public var posture = Posture()
    public var move = Move()
    public var exercise = Exercise()
    public var micro = Micro()
    public var budget = Budget()
    public var checkIn = CheckIn()
  }

  /// When to prompt.
  public struct WorkingHours: Hashable, Sendable {
    /// Prompts are posted within these alone; empty is always.
    public var work = Hours()
    /// No prompt is posted within these.
    public var quiet = Hours()

    public init() {}
  }

  public struct Exercises: Hashable, Sendable {
    /// The name of a shipped programme, or the path of a file.
    public var programme = "neck-headache"
  }

  public struct Diary: Hashable, Sendable {
    /// What counts as afternoon: its first second of the local day, and the one after its last.
    public var afternoonFrom = 12 * 3_600
    public var afternoonTo = 18 * 3_600
    /// How long after an onset a headache without an end may be going on, and its details are asked for.
    public var detailUntil: Microseconds = .hour * 48
    /// The medicine that is offered first; empty for none.
    public var usualMedicine = ""
    /// Whether the days with a medicine are told from near the number that guidelines name.
    public var noticesMedicineDays = true
    /// Where emergency numbers are taken from: a region of `Config/warning-signs.toml`.
    public var region = "any"
    /// Whether the journal tells that a headache was noted.
    public var journalsOnsets = false

    public init() {}
  }

  public struct Keeping: Hashable, Sendable {
    /// How long spans are kept before they are reduced to daily totals; `nil` for ever.
    public var spans: Microseconds?

    public init() {}
  }

  public var presence = Presence()
  public var sitting = Sitting()
  public var hours = WorkingHours()
  public var prompts = Prompts()
  public var exercises = Exercises()
  public var diary = Diary()
  public var store = Keeping()

  public init() {}
}

/// The presence sources, in the order in which they are tried.
public enum SourceName: String, Hashable, Sendable, CaseIterable {
  case mutter, wayland, muffin, x11, logind, terminal
}
