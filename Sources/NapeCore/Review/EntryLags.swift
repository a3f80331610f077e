/// How soon headaches were entered: what is recalled late is known less well (`clinical.md` §7).
public struct EntryLags: Hashable, Sendable {
  public let withinAnHour: Int
  /// Later, up to 48 h.
  public let withinTwoDays: Int
  /// Later than that.
  public let recalled: Int
  /// Whose hour of onset is not known.
  public let untimed: Int
  /// Days without headache that were confirmed more than 48 h after they were over, and all that were.
  public let daysRecalled: Int
  public let daysConfirmed: Int

  init(_ episodes: [EpisodeRecord], _ days: [DayRecord]) {
    var (hour, twoDays, recalled, untimed) = (0, 0, 0, 0)
    for record in episodes {
      if record.isRecalled {
        recalled += 1
      } else if !record.episode.onset.precision.isTimed {
        untimed += 1
      } else if record.lag <= .hour {
        hour += 1
      } else {
        twoDays += 1
      }
    }
    (withinAnHour, withinTwoDays, self.recalled, self.untimed) = (hour, twoDays, recalled, untimed)
    let none = days.filter { $0.state == .none }
    daysConfirmed = none.count
    daysRecalled = none.count(where: \.isRecalled)
  }
}
