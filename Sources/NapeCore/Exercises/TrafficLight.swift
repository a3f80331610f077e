/// How a movement felt the next morning, and what follows for its level (`clinical.md` §4.2).
public enum TrafficLight: String, Hashable, Sendable, CaseIterable {
  /// Keep the level, or go on.
  case green
  /// Stay at the level.
  case amber
  /// One level back, and leave the movement out for ``restDays``.
  case red

  /// After red, the day of the answer included.
  public static let restDays = 2

  /// - Parameters:
  ///   - pain: 0 … 10; above 10 counts as 10, below 0 as 0.
  ///   - worse: whether the day after was worse than usual.
  public init(pain: Int, worse: Bool) {
    if worse || pain >= 5 {
      self = .red
    } else {
      self = pain >= 3 ? .amber : .green
    }
  }
}

/// An answer to "how did it feel the next morning?".
public struct ExerciseRating: Hashable, Sendable {
  public var exercise: String
  /// The level that it was done at.
  public var level: Int
  /// The local day of the answer.
  public var day: LocalDate
  /// 0 … 10.
  public var pain: Int
  public var worse: Bool

  public init(exercise: String, level: Int, day: LocalDate, pain: Int, worse: Bool) {
    self.exercise = exercise
    self.level = level
    self.day = day
    self.pain = pain
    self.worse = worse
  }

  public var light: TrafficLight { TrafficLight(pain: pain, worse: worse) }

  /// Of each movement and local day the last answer: it takes the place of those before it.
  static func lastOfDays(_ ratings: [ExerciseRating]) -> [ExerciseRating] {
    var seen: [String: Set<LocalDate>] = [:]
    return ratings.reversed().filter { seen[$0.exercise, default: []].insert($0.day).inserted }.reversed()
  }
}

/// What the answers about one movement have come to.
public struct LevelCap: Hashable, Sendable {
  /// The highest level that is advised; `nil` for no limit.
  public private(set) var level: Int?
  /// The movement is left out before this day.
  public private(set) var restsUntil: LocalDate?
  public private(set) var redsInARow = 0

  /// - Parameters:
  ///   - ratings: of one movement, in the order in which they were given.
  ///   - highest: its highest level, from 1.
  public init(_ ratings: [ExerciseRating], highest: Int) {
    for rating in ExerciseRating.lastOfDays(ratings) {
      let rests = restsUntil.map { rating.day < $0 } ?? false
      let done = min(max(rating.level, 1), highest)
      switch rating.light {
      case .red:
        level = max(1, min(level ?? done, done - 1))
        restsUntil = rating.day.adding(days: TrafficLight.restDays)
        redsInARow += 1
      case .amber:
        level = min(level ?? done, done)
        if !rests { redsInARow = 0 }
      case .green:
        // What is left out for now has not been shown to be right.
        if rests { break }
        redsInARow = 0
        // Upward only by an answer, one level at a time, and from the level that was done.
        guard let cap = level else { break }
        let next = max(cap, min(done, cap) + 1)
        level = next > highest ? nil : next
      }
    }
  }
}
