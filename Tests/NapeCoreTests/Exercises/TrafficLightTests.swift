import NapeCore
import Testing

@Suite struct TrafficLightTests {
  /// The table of `clinical.md` §4.2.
  @Test(
    arguments: [
      (0, false, TrafficLight.green), (1, false, .green), (2, false, .green), (3, false, .amber), (4, false, .amber),
      (5, false, .red), (7, false, .red), (10, false, .red), (0, true, .red), (2, true, .red), (4, true, .red),
      (10, true, .red),
    ])
  func followsTheTable(pain: Int, worse: Bool, light: TrafficLight) {
    #expect(TrafficLight(pain: pain, worse: worse) == light)
  }

  private let day = LocalDate(daysSinceEpoch: 20_000)

  /// Ratings as (level, pain), on days so far apart that nothing rests any more.
  private func cap(_ ratings: [(Int, Int)], highest: Int = 4, everyDays: Int = 2) -> LevelCap {
    LevelCap(
      ratings.enumerated().map { index, rating in
        ExerciseRating(
          exercise: "E01", level: rating.0, day: day.adding(days: index * everyDays), pain: rating.1, worse: false)
      }, highest: highest)
  }

  @Test func withoutAnAnswerThereIsNoLimit() {
    #expect(cap([]).level == nil)
    #expect(cap([(2, 0), (3, 1)]).level == nil)
  }

  @Test func redIsOneLevelBackAndTwoDaysOff() {
    let red = cap([(3, 5)])
    #expect(red.level == 2)
    #expect(red.restsUntil == day.adding(days: 2))
    #expect(red.redsInARow == 1)
  }

  @Test func redAtTheFirstLevelStaysThere() {
    #expect(cap([(1, 9)]).level == 1)
    #expect(cap([(1, 9), (1, 9)]).level == 1)
  }

  @Test func twoRedsInARowAreCountedAndAGreenEndsThem() {
    #expect(cap([(3, 5), (2, 6)]).redsInARow == 2)
    #expect(cap([(3, 5), (2, 6)]).level == 1)
    #expect(cap([(3, 5), (2, 1), (2, 6)]).redsInARow == 1)
    #expect(cap([(3, 5), (2, 3), (2, 6)]).redsInARow == 1)
  }

  @Test func amberHoldsTheLevel() {
    #expect(cap([(2, 3)]).level == 2)
    #expect(cap([(2, 3), (2, 4)]).level == 2)
    #expect(cap([(2, 3)]).restsUntil == nil)
  }

  @Test func greenGoesUpOneLevelAtATime() {
    #expect(cap([(3, 5), (2, 0)]).level == 3)
    #expect(cap([(3, 5), (1, 0)]).level == 2)
    #expect(cap([(3, 5), (2, 0), (3, 0)]).level == 4)
    #expect(cap([(3, 5), (2, 0), (3, 0), (4, 0)]).level == nil)
  }

  @Test func theLastAnswerOfADayCounts() {
    #expect(cap([(3, 5), (3, 1)], everyDays: 0).level == nil, "a slip of the pen")
    #expect(cap([(3, 5), (3, 1)], everyDays: 0).restsUntil == nil)
    #expect(cap([(3, 1), (3, 5)], everyDays: 0).level == 2)
    #expect(cap([(3, 5), (3, 5)], everyDays: 0).level == 2, "one morning, one level")
    #expect(cap([(3, 5), (3, 5)], everyDays: 0).redsInARow == 1)
  }

  @Test func nothingIsLiftedWhileItRests() {
    #expect(cap([(3, 5), (2, 0)], everyDays: 1).level == 2)
    #expect(cap([(3, 5), (2, 0), (2, 0)], everyDays: 1).level == 3)
    #expect(cap([(3, 5), (2, 0), (2, 6)], everyDays: 1).redsInARow == 2)
  }

  /// Whatever comes before: a red answer never leaves the limit higher than it was, nor at the level that was done above 1.
  @Test func neverUpwardOnRed() {
    var generator = SystemRandomNumberGenerator()
    for round in 0..<2000 {
      let everyDays = 1 + round % 2
      let before = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
        (Int.random(in: 1...4, using: &generator), Int.random(in: 0...10, using: &generator))
      }
      let level = Int.random(in: 1...4, using: &generator)
      let old = cap(before, everyDays: everyDays).level
      let red = (level, Int.random(in: 5...10, using: &generator))
      let new = cap(before + [red], everyDays: everyDays).level ?? 99
      #expect(new <= old ?? 99)
      #expect(new == 1 || new < level)
      let amber = cap(before + [(level, 3)], everyDays: everyDays).level ?? 99
      #expect(amber <= old ?? 99 && amber <= level)
    }
  }
}
