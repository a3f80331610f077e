import NapeCore
import Testing

@Suite struct BoutMetricsTests {
  private static func bouts(_ minutes: [Int64]) -> [Microseconds] { minutes.map(Microseconds.minutes) }

  @Test func twelveBoutsComeOutExactly() throws {
    let expected = try WorkedExample.json()["bouts_one_day"]
    let minutes = try WorkedExample.rows("bouts_one_day.csv").map { try #require(Int64($0[1])) }
    let breaks = try expected["breaks"].int
    let metrics = try #require(BoutMetrics(Self.bouts(minutes), breaks: breaks))
    let minute = Double(Microseconds.minute)
    #expect(metrics.count == (try expected["n_bouts"].int))
    #expect(metrics.total == .minutes(Int64(try expected["total_min"].int)))
    #expect(isNear(metrics.mean / minute, try expected["mean_bout"].number, absolute: 1e-9))
    #expect(isNear(metrics.median / minute, try expected["median_bout"].number, absolute: 1e-9))
    #expect(metrics.longest == .minutes(Int64(try expected["longest"].int)))
    #expect(metrics.from30.count == (try expected["n_ge30"].int))
    #expect(metrics.from60.count == (try expected["n_ge60"].int))
    #expect(metrics.from30.time == .minutes(Int64(try expected["min_in_ge30"].int)))
    #expect(metrics.from60.time == .minutes(Int64(try expected["min_in_ge60"].int)))
    #expect(isNear(100 * metrics.share(metrics.from30), try expected["pct_time_in_ge30"].number, absolute: 1e-9))
    #expect(isNear(100 * metrics.share(metrics.from60), try expected["pct_time_in_ge60"].number, absolute: 1e-9))
    #expect(metrics.w50 == .minutes(Int64(try expected["usual_bout_w50_empirical"].int)))
    #expect(isNear(metrics.alpha, try expected["alpha_hill_xmin5"].number, absolute: 1e-9))
    #expect(isNear(metrics.gini, try expected["gini"].number, absolute: 1e-9))
    #expect(metrics.breaks == breaks)
    #expect(isNear(metrics.breaksPerHour, try expected["breaks_per_sitting_hour"].number, absolute: 1e-9))
    #expect(isNear(metrics.fragmentation, try expected["fragmentation_bouts_per_hour"].number, absolute: 1e-9))
    #expect(!metrics.isEnoughForShape)
  }

  @Test func noBoutHasNoMetrics() {
    #expect(BoutMetrics([Microseconds](), breaks: 0) == nil)
    #expect(BoutMetrics([RecordedBout]()) == nil)
    #expect(BoutMetrics([Microseconds(0)], breaks: 0) == nil)
  }

  /// Bouts of exactly five minutes, and shorter ones, have no exponent.
  @Test(arguments: [[5], [5, 5, 3], [4, 1]] as [[Int64]])
  func whereNoBoutIsLongerThanFiveMinutesThereIsNoAlpha(minutes: [Int64]) throws {
    let metrics = try #require(BoutMetrics(Self.bouts(minutes), breaks: minutes.count - 1))
    #expect(metrics.alpha == nil)
    #expect(metrics.gini.isFinite)
  }

  @Test func aSingleBoutIsItsOwnMeasure() throws {
    let metrics = try #require(BoutMetrics(Self.bouts([60]), breaks: 0))
    #expect(metrics.w50 == 60 * .minute && metrics.longest == 60 * .minute)
    #expect(metrics.from60.count == 1 && metrics.from60.time == 60 * .minute)
    #expect(metrics.gini == 0 && metrics.breaksPerHour == 0)
    #expect(metrics.fragmentation == 1)
  }
}
