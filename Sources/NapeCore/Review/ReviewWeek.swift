/// Seven days of a review, from the weekday with which its period begins on; the last may have fewer.
public struct ReviewWeek: Hashable, Sendable {
  public let days: [ReviewDay]

  /// Days on which the desk was used.
  public var deskDays: Int { days.count { $0.desk?.isDeskDay ?? false } }

  /// Time at the desk, and the longest bout, in µs.
  public var desk: Microseconds { days.reduce(0) { $0 + ($1.desk?.desk ?? 0) } }
  public var longestBout: Microseconds { days.compactMap(\.desk?.longestBout).max() ?? 0 }

  /// `move` prompts, and those that a break followed.
  public var movePrompts: Int { days.reduce(0) { $0 + $1.movePrompts } }
  public var movesTaken: Int { days.reduce(0) { $0 + $1.movesTaken } }

  /// Whether anything is known of the desk on any of the days.
  public var hasDeskRecord: Bool { days.contains { $0.desk != nil } }
}

extension Review {
  /// The days in rows of seven.
  public var weeks: [ReviewWeek] {
    stride(from: 0, to: days.count, by: 7).map { ReviewWeek(days: Array(days[$0..<min($0 + 7, days.count)])) }
  }
}
