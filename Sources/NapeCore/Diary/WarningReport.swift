/// A warning sign that the person said they have. Which one is kept only where they want it on their report.
public struct WarningReport: Hashable, Sendable {
  /// `clinical.md` §2.1: E emergency, S same day, D within days.
  public enum Level: String, Hashable, Sendable, CaseIterable {
    case emergency = "E"
    case sameDay = "S"
    case days = "D"

    /// Whether exercise and posture prompts pause while it is open.
    public var pausesPrompts: Bool { self != .days }
  }

  public var level: Level
  /// Ids of `Config/warning-signs.toml`; empty where the person did not want them kept.
  public var signs: [String]
  public var opened: Stamp
  /// When the person said that prompts may go on.
  public var closed: Stamp?

  public init(level: Level, signs: [String], opened: Stamp, closed: Stamp? = nil) {
    self.level = level
    self.signs = signs
    self.opened = opened
    self.closed = closed
  }

  public var isOpen: Bool { closed == nil }
}
