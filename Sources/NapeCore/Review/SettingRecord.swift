/// A setting of the record and of the prompts, and since when it is in force.
public struct SettingRecord: Hashable, Sendable {
  /// `prompts.move.after`
  public let key: String
  /// As in a settings file, without quotes: `50min`, `true`.
  public let value: String
  public let since: Stamp

  public init(key: String, value: String, since: Stamp) {
    self.key = key
    self.value = value
    self.since = since
  }

  /// What is kept a history of: what the figures hang on, and the schedule of breaks.
  public static let keys = [
    "presence.away_after", "presence.break_after", "sitting.daily_budget", "sitting.prolonged", "prompts.follow",
    "prompts.move.enabled", "prompts.move.after", "prompts.move.target", "prompts.posture.enabled",
    "prompts.posture.every", "prompts.exercise.enabled", "prompts.exercise.every", "prompts.micro.enabled",
    "prompts.micro.every", "exercises.programme",
  ]

  /// The schedule of breaks: onsets before and after a change of it are not pooled (`clinical.md` §5.5).
  static let schedule = [
    "prompts.move.enabled", "prompts.move.after", "prompts.posture.enabled", "prompts.posture.every",
    "prompts.micro.enabled", "prompts.micro.every",
  ]
}
