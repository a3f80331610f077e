import NapeCore
import Testing

/// A trial of a shorter break interval in one person (`clinical.md` §5.6).
@Suite struct TrialTests {
  private static let start = LocalDate(daysSinceEpoch: 20_584)

  private static func trial(pairs: Int = 6, seed: UInt64 = 4711) -> Trial {
    Trial(start: start, seed: seed, pairs: pairs, present: 50 * .minute, shorter: 30 * .minute)
  }

  /// What is recorded of the weeks: all days, of which so many, the last ones, had a headache.
  private static func diary(
    _ weeks: [Trial.Week], headacheDays: (Trial.Week) -> Int, peak: Int = 5
  ) -> (episodes: [EpisodeRecord], declared: [LocalDate: DayState]) {
    var (episodes, declared) = ([EpisodeRecord](), [LocalDate: DayState]())
    for week in weeks {
      for day in 0..<7 {
        let date = week.dates.lowerBound.adding(days: day)
        guard day >= 7 - headacheDays(week) else {
          declared[date] = DayState.none
          continue
        }
        let onset = Stamp(wall: Int64(date.daysSinceEpoch) * 24 * .hour + 15 * .hour, offsetSeconds: 0)
        let medicine = Medicine(taken: onset, name: "x", medicineClass: .simple)
        let episode = Episode(
          onset: Onset(at: onset), end: .ended(Stamp(wall: onset.wall + .hour, offsetSeconds: 0)),
          fields: [.worst: .range(peak...peak)], medicines: [medicine])
        episodes.append(
          EpisodeRecord(
            id: RecordID(high: 0, low: UInt64(episodes.count)), episode: episode, entered: onset, way: .commandLine))
      }
    }
    return (episodes, declared)
  }

  // MARK: The plan

  @Test func weeksComeInPairsOneWithEach() {
    let trial = Self.trial()
    #expect(trial.weeks.map(\.number) == Array(1...12))
    #expect(trial.weeks.map(\.pair) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6])
    for pair in 1...6 { #expect(Set(trial.weeks.filter { $0.pair == pair }.map(\.arm)) == [.present, .shorter]) }
    #expect(trial.weeks.first?.dates == Self.start...Self.start.adding(days: 6))
    for (week, next) in zip(trial.weeks, trial.weeks.dropFirst()) {
      #expect(week.dates.upperBound.adding(days: 1) == next.dates.lowerBound)
    }
    #expect(trial.lastDay == trial.weeks.last?.dates.upperBound)
    #expect(trial.interval(.present) == 50 * .minute && trial.interval(.shorter) == 30 * .minute)
  }

  /// The first numbers of SplitMix64 from seed 0, from its authors' C program.
  @Test func theOrderIsThatOfTheSeedOnEveryMachine() {
    var generator = SplitMix(seed: 0)
    let numbers: [UInt64] = [
      0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4, 0x06c4_5d18_8009_454f, 0xf88b_b8a8_724c_81ec,
    ]
    #expect((0..<4).map { _ in generator.next() } == numbers)
    let arms = Self.trial(pairs: 4, seed: 0).weeks.map(\.arm.rawValue).joined()
    #expect(arms == "BAABABBA")
    #expect(Self.trial(seed: 1).weeks != Self.trial(seed: 2).weeks)
  }

  @Test func bothOrdersAreDrawnAsOften() {
    let first = (0..<1000).count { Self.trial(pairs: 2, seed: $0).weeks[0].arm == .present }
    // Of 1000 throws of a coin 437 to 563 in all but one of 10,000.
    #expect((437...563).contains(first))
  }

  @Test func aPlanHasTwoToTwelvePairs() {
    #expect(Self.trial(pairs: 0).pairs == 2 && Self.trial(pairs: -5).weeks.count == 4)
    #expect(Self.trial(pairs: 99).pairs == 12)
    #expect(Trial.usualPairs == 6)
  }

  // MARK: The test

  @Test func theWorkedExampleComesOut() throws {
    let expected = try WorkedExample.json()["nof1"]
    let rows = try WorkedExample.rows("nof1_blocks.csv")
    func days(_ pair: Int, _ arm: String) throws -> Int {
      try #require(rows.first { $0[0] == "\(pair)" && $0[1] == arm }.flatMap { Int($0[2]) })
    }
    let trial = Self.trial(pairs: try expected["pairs"].int)
    var counts: [Int: Int] = [:]
    for week in trial.weeks { counts[week.number] = try days(week.pair, week.arm.rawValue) }
    let (episodes, declared) = Self.diary(trial.weeks) { counts[$0.number] ?? 0 }
    let result = TrialResult(trial, episodes: episodes, declared: declared, through: trial.lastDay)
    let primary = try #require(result.comparisons.first)
    #expect(primary.outcome == .headacheDays)
    #expect(primary.differences == (try expected["diffs_A_minus_B"].numbers))
    #expect(isNear(primary.mean, try expected["mean_diff"].number, absolute: 1e-12))
    #expect(isNear(primary.p, try expected["p_randomisation_two_sided"].number, absolute: 1e-12))
    #expect(isNear(primary.pOneSided, try expected["p_randomisation_one_sided"].number, absolute: 1e-12))
    #expect(RandomisationTest.smallestP(pairs: 6) == (try expected["smallest_possible_two_sided_p"].number))
    // Every headache was moderate, and had its medicine; of these weeks the first day never had one.
    #expect(result.comparisons.map(\.outcome) == TrialResult.Outcome.allCases)
    #expect(result.comparisons[1].differences == primary.differences)
    #expect(result.comparisons[2].differences == primary.differences)
    for (with, without) in zip(primary.differences, result.comparisons[3].differences) {
      #expect(isNear(without, with * 7 / 6, absolute: 1e-12))
    }
  }

  @Test(arguments: [(4, 0.125), (5, 0.0625), (6, 0.03125), (0, 1)])
  func soLittleCanBeReached(pairs: Int, p: Double) {
    #expect(RandomisationTest.smallestP(pairs: pairs) == p)
    #expect(RandomisationTest.p(Array(repeating: 1, count: pairs)).twoSided == p)
  }

  @Test func belowSixPairsThereIsADifferenceAndNoP() {
    let trial = Self.trial()
    let (episodes, declared) = Self.diary(trial.weeks) { $0.arm == .present ? 3 : 1 }
    let five = TrialResult(
      trial, episodes: episodes, declared: declared, through: Self.start.adding(days: 11 * 7 + 5))
    #expect(five.blocks.count == 12 && five.blocks.last?.isOver == false)
    #expect(five.comparisons[0].differences == [2, 2, 2, 2, 2])
    #expect(five.comparisons[0].mean == 2 && five.comparisons[0].p == nil && five.comparisons[0].pOneSided == nil)
    let six = TrialResult(trial, episodes: episodes, declared: declared, through: trial.lastDay)
    #expect(six.comparisons[0].p == 0.03125)
  }

  @Test func aWeekWithoutEnoughRecordedDaysIsSaidAndNotCompared() throws {
    let trial = Self.trial(pairs: 2)
    let third = trial.weeks[2]
    for (known, isCompared) in [(4, true), (3, false)] {
      var (episodes, declared) = Self.diary(trial.weeks) { $0.number == 3 ? 0 : 1 }
      for day in known..<7 { declared[third.dates.lowerBound.adding(days: day)] = nil }
      episodes.reverse()
      let result = TrialResult(trial, episodes: episodes, declared: declared, through: trial.lastDay)
      #expect(result.blocks.count == 4)
      #expect(result.sparseBlocks.map(\.week.number) == (isCompared ? [] : [3]))
      #expect(result.comparisons[0].differences.count == (isCompared ? 2 : 1))
    }
  }

  @Test func aRateIsByTheRecordedDays() throws {
    let trial = Self.trial(pairs: 2)
    var (episodes, declared) = Self.diary(trial.weeks) { _ in 2 }
    let first = trial.weeks[0]
    declared[first.dates.lowerBound] = nil
    let result = TrialResult(trial, episodes: episodes, declared: declared, through: trial.lastDay)
    #expect(isNear(result.blocks[0].rate(.headacheDays), 7.0 * 2 / 6, absolute: 1e-12))
    #expect(isNear(result.blocks[0].rate(.withoutFirstDay), 7.0 * 2 / 6, absolute: 1e-12))
    #expect(isNear(result.blocks[1].rate(.headacheDays), 2, absolute: 1e-12))
    // Mild ones are no moderate days.
    (episodes, declared) = Self.diary(trial.weeks, headacheDays: { _ in 2 }, peak: 3)
    let mild = TrialResult(trial, episodes: episodes, declared: declared, through: trial.lastDay)
    #expect(mild.blocks[0].rate(.moderateDays) == 0 && mild.blocks[0].rate(.medicineDays) == 2)
  }

  @Test func nothingHasBegunBeforeTheStart() {
    let result = TrialResult(Self.trial(), episodes: [], declared: [:], through: Self.start.adding(days: -1))
    #expect(result.blocks.isEmpty && result.sparseBlocks.isEmpty)
    #expect(result.comparisons.allSatisfy { $0.differences.isEmpty && $0.mean == nil && $0.p == nil })
    let begun = TrialResult(Self.trial(), episodes: [], declared: [:], through: Self.start)
    #expect(begun.blocks.count == 1 && begun.blocks[0].withoutFirstDay == nil && begun.blocks[0].figures.days == 1)
  }
}
