import NapeCore
import Testing

/// Which onsets are compared with which other times (`clinical.md` §5.2), and what that is enough for (§5.5).
@Suite struct AssociationTests {
  /// A Monday.
  private static let first = LocalDate(daysSinceEpoch: 20_584)

  /// Days at the desk from 9 to 12 and from 13 to 17; in the afternoon without a break where that is asked for, else with
  /// one of 10 minutes after every 50 minutes. Each day was free of headaches, as the person said.
  private static func person(weeks: Int, long: Set<Int> = [], skipping: Set<Int> = []) throws -> DeskDiary {
    var person = DeskDiary(from: first)
    for day in 0..<7 * weeks where !skipping.contains(day) {
      let date = first.adding(days: day)
      try person.sit(date, ("09:00", "09:50"), ("10:00", "10:50"), ("11:00", "11:50"))
      if long.contains(day) {
        try person.sit(date, ("13:00", "17:00"))
      } else {
        try person.sit(date, ("13:00", "13:50"), ("14:00", "14:50"), ("15:00", "15:50"), ("16:00", "17:00"))
      }
    }
    person.free(first...first.adding(days: 7 * weeks - 1))
    return person
  }

  private static func period(weeks: Int) -> ClosedRange<LocalDate> { first...first.adding(days: 7 * weeks - 1) }

  private static func days(_ numbers: Int...) -> [LocalDate] { numbers.map { first.adding(days: $0) } }

  /// The one part of a period without changes.
  private static func part(_ person: DeskDiary, weeks: Int = 4) throws -> Association.Part {
    let association = person.association(period(weeks: weeks))
    #expect(!association.isSplit)
    return try #require(association.parts.first)
  }

  // MARK: Windows

  @Test func theWindowEndsAQuarterHourBeforeTheOnset() throws {
    var person = DeskDiary(from: Self.first)
    try person.sit(Self.first, ("13:00", "14:14"), ("14:20", "15:30"))
    try person.headache(Self.first, "15:30")
    let onset = try #require(try Self.part(person).onsets.first)
    // 13:15 to 15:15: 59 minutes, a break of 6, 55 minutes.
    #expect(onset.exposure?.sitting == .minutes(59 + 55))
    #expect(onset.exposure?.longestBout == .minutes(59))
    #expect(onset.exposure?.known == .minutes(120))
    #expect(onset.exposure?.lateDesk == .minutes(30))
  }

  @Test func anHourOfUnbrokenSittingIsExposed() throws {
    // Two hours, but in the second case with a break that leaves 59 and 55 minutes; in the third 60 are reached exactly.
    for (break_, isExposed) in [(("14:13", "14:14"), true), (("14:14", "14:17"), false), (("14:15", "14:18"), true)] {
      var person = DeskDiary(from: Self.first)
      for day in [0, 1] {
        try person.sit(Self.first.adding(days: day), ("13:00", break_.0), (break_.1, "15:30"))
      }
      person.free(Self.period(weeks: 4))
      try person.headache(Self.first, "15:30")
      let part = try Self.part(person)
      #expect(part.primary.strata == 1)
      #expect(part.primary.exposedCases == (isExposed ? 1 : 0), "\(break_)")
    }
  }

  // MARK: Eligible onsets

  @Test(arguments: [Onset.Precision.exact, .quarterHour, .hour])
  func anOnsetThatIsKnownToAnHourIsCompared(precision: Onset.Precision) throws {
    var person = try Self.person(weeks: 4)
    try person.headache(Self.first.adding(days: 8), "15:30", precision: precision)
    let onset = try #require(try Self.part(person).onsets.first)
    #expect(onset.isEligible && onset.isCompared && onset.exclusion == nil)
    #expect(onset.referents.count == 4)
  }

  @Test(arguments: [
    (Onset.Precision.partOfDay, OnsetExclusion.imprecise), (.day, .imprecise), (.wokeWithIt, .wokeWithIt),
  ])
  func anOnsetThatIsNotIsListedOnly(precision: Onset.Precision, exclusion: OnsetExclusion) throws {
    var person = try Self.person(weeks: 4)
    try person.headache(Self.first.adding(days: 8), "12:00", precision: precision)
    let part = try Self.part(person)
    let onset = try #require(part.onsets.first)
    #expect(onset.exclusion == exclusion && !onset.isEligible)
    #expect(onset.exposure == nil && onset.referents.isEmpty)
    #expect(part.primary.strata == 0)
    #expect(part.excluded.map(\.count) == [1] && part.excluded.map(\.reason) == [exclusion])
  }

  /// The one before ends 24 hours before, or a minute earlier; without an end its onset counts.
  @Test(
    arguments: [("13:30", 2, false), ("13:29", 2, true), ("15:30", nil, false), ("15:29", nil, true)]
      as [(String, Int64?, Bool)])
  func aHeadacheInTheDayBeforeExcludes(clock: String, hours: Int64?, isEligible: Bool) throws {
    var person = try Self.person(weeks: 4)
    try person.headache(Self.first.adding(days: 7), clock, hours: hours)
    try person.headache(Self.first.adding(days: 8), "15:30")
    let onset = try #require(try Self.part(person).onsets.last)
    #expect(onset.isEligible == isEligible)
    #expect(onset.exclusion == (isEligible ? nil : .headacheBefore))
  }

  @Test func aHeadacheThatMayHaveBeenInTheDayBeforeExcludes() throws {
    // Of the first nothing but its day is known: it may have been in the evening.
    var person = try Self.person(weeks: 4)
    try person.headache(Self.first.adding(days: 7), "00:00", precision: .day, hours: nil)
    try person.headache(Self.first.adding(days: 8), "15:30")
    #expect(try Self.part(person).onsets.map(\.exclusion) == [.imprecise, .headacheBefore])

    // A day that was declared to be one of headache, of which no headache is recorded.
    var other = try Self.person(weeks: 4)
    other.days[Self.first.adding(days: 7)] = .headache
    try other.headache(Self.first.adding(days: 8), "15:30")
    #expect(try Self.part(other).onsets.map(\.exclusion) == [.headacheBefore])
  }

  @Test func aLongHeadacheBeforeExcludesWhateverBeganAfterIt() throws {
    var person = try Self.person(weeks: 4)
    try person.headache(Self.first.adding(days: 3), "09:30", hours: 5 * 24)
    try person.headache(Self.first.adding(days: 5), "10:30", hours: 1)
    try person.headache(Self.first.adding(days: 8), "15:30")
    #expect(try Self.part(person).onsets.map(\.exclusion) == [nil, .headacheBefore, .headacheBefore])
  }

  /// Lunch is from 11:50 to 13:00. At 13:05 the person is back, but the window has ended at 12:50.
  @Test(arguments: [
    ("12:19", OnsetExclusion?.none), ("12:20", .away), ("13:00", .away), ("13:05", .windowAway),
  ])
  func whoWasNotAtTheDeskIsNotCompared(clock: String, exclusion: OnsetExclusion?) throws {
    var person = try Self.person(weeks: 4)
    try person.headache(Self.first.adding(days: 8), clock)
    let onset = try #require(try Self.part(person).onsets.first)
    #expect(onset.exclusion == exclusion)
    #expect(onset.isEligible == (exclusion != .away))
    #expect(onset.exposure != nil)
  }

  /// Of 120 minutes 12 may be unknown.
  @Test(arguments: [("13:32", OnsetExclusion?.none), ("13:33", .unknown)])
  func aWindowThatIsNotKnownIsNotCompared(until: String, exclusion: OnsetExclusion?) throws {
    var person = DeskDiary(from: Self.first)
    for day in [0, 1] {
      let date = Self.first.adding(days: day)
      try person.sit(date, ("13:00", "13:20"))
      if day == 0 { try person.add(.unknown, date, "13:20", until) }
      try person.sit(date, (day == 0 ? until : "13:20", "15:30"))
    }
    person.free(Self.period(weeks: 4))
    try person.headache(Self.first, "15:30")
    let part = try Self.part(person)
    #expect(part.onsets.map(\.exclusion) == [exclusion])
    #expect(part.onsets.map(\.isEligible) == [true])

    // The same day is no referent of another.
    var other = person
    other.episodes = []
    try other.headache(Self.first.adding(days: 1), "15:30")
    #expect(try Self.part(other).onsets.map(\.referents) == [exclusion == nil ? [Self.first] : []])
  }

  @Test func anOnsetOfWhichNothingIsRecordedIsNotAtTheDesk() throws {
    var person = DeskDiary(from: Self.first.adding(days: 7))
    try person.headache(Self.first, "15:30")
    #expect(try Self.part(person).onsets.map(\.exclusion) == [.away])
    try person.sit(Self.first.adding(days: 7), ("09:00", "10:00"))
    try person.headache(Self.first.adding(days: 9), "15:30")
    let part = try Self.part(person)
    #expect(part.onsets.map(\.exclusion) == [.away, .away])
    #expect(part.onsets.map { $0.exposure?.known } == [0, 0])
  }

  // MARK: Referents

  /// Of two days as near the earlier is first for an onset on an even day, the later for one on an odd day.
  @Test func theNearestDaysOfTheSameTypeAreFirst() throws {
    #expect(Self.first.daysSinceEpoch.isMultiple(of: 2))
    for (day, referents) in [
      (9, Self.days(10, 8, 11, 7)), (8, Self.days(7, 9, 10, 11)), (4, Self.days(3, 2, 1, 7)),
      (12, Self.days(13, 6, 5, 19)), (0, Self.days(1, 2, 3, 4)),
    ] {
      var person = try Self.person(weeks: 4)
      try person.headache(Self.first.adding(days: day), "15:30")
      #expect(try Self.part(person).onsets.map(\.referents) == [referents], "day \(day)")
    }
  }

  @Test func referentsLieInTheSame28Days() throws {
    // Day 27 is a Sunday: the weekends of its 28 days; day 28 begins others.
    var person = try Self.person(weeks: 8)
    try person.headache(Self.first.adding(days: 27), "15:30")
    try person.headache(Self.first.adding(days: 28), "18:00", hours: 1)
    var part = try Self.part(person, weeks: 8)
    #expect(part.onsets.map(\.referents) == [Self.days(26, 20, 19, 13), []])
    person.episodes.removeLast()
    try person.headache(Self.first.adding(days: 29), "16:50", hours: 1)
    part = try Self.part(person, weeks: 8)
    #expect(part.onsets.last?.referents == Self.days(30, 28, 31, 32))
  }

  @Test func onlyConfirmedDaysAreReferents() throws {
    var person = try Self.person(weeks: 4)
    try person.headache(Self.first.adding(days: 8), "15:30")
    person.days[Self.first.adding(days: 7)] = .unknown
    person.days[Self.first.adding(days: 9)] = nil
    // One that began the evening before and was still there.
    try person.headache(Self.first.adding(days: 10), "22:00", hours: 3)
    let part = try Self.part(person)
    #expect(part.onsets.first?.referents == Self.days(4, 3, 2, 14))
    // Unknown: two days.
    #expect(part.recordedDays == 26)
  }

  @Test func aDayAwayFromTheDeskIsNoReferent() throws {
    var person = try Self.person(weeks: 4, skipping: Set(0..<28).subtracting([8, 15]))
    try person.headache(Self.first.adding(days: 8), "15:30")
    #expect(try Self.part(person).onsets.first?.referents == Self.days(15))
    var alone = try Self.person(weeks: 4, skipping: Set(0..<28).subtracting([8]))
    try alone.headache(Self.first.adding(days: 8), "15:30")
    let part = try Self.part(alone)
    #expect(part.onsets.map(\.exclusion) == [.noReferent])
    #expect(part.eligible == 1 && part.primary.strata == 0 && part.coverage == nil)
  }

  @Test func aDayThatServesTwoOnsetsIsCounted() throws {
    var person = try Self.person(weeks: 4)
    try person.headache(Self.first.adding(days: 7), "15:30")
    try person.headache(Self.first.adding(days: 9), "15:30")
    let part = try Self.part(person)
    #expect(part.onsets.map(\.referents) == [Self.days(8, 10, 4, 11), Self.days(10, 8, 11, 14)])
    #expect(part.reusedReferents == 3)
  }

  @Test func theSameClockTimeIsMeantWhenClocksChange() throws {
    // Clocks are set forward in the night before the second day; the long bout is at the same clock time on both.
    var person = DeskDiary(from: Self.first)
    try person.sit(Self.first, ("13:00", "13:50"), ("14:00", "15:30"))
    person.append(.away, to: try person.stamp(Self.first.adding(days: 1), "02:00").wall)
    person.offset = 7200
    let second = Self.first.adding(days: 1)
    try person.sit(second, ("13:00", "13:50"), ("14:00", "15:30"))
    person.free(Self.period(weeks: 4))
    try person.headache(second, "15:30")
    let part = try Self.part(person)
    #expect(part.onsets.map(\.referents) == [[Self.first]])
    // 14:00 to 15:15 in both; with an hour's error it would be the bout of 50 minutes.
    #expect(part.primary.exposedCases == 1 && part.primary.expectedCases == 1)
  }

  @Test func aWindowOverMidnightNeedsBothDays() throws {
    var person = DeskDiary(from: Self.first)
    for day in 0..<5 {
      let date = Self.first.adding(days: day)
      if day > 0 { try person.sit(date, ("00:00", "02:00")) }
      try person.sit(date, ("22:00", "23:59"))
    }
    person.free(Self.period(weeks: 4))
    person.days[Self.first.adding(days: 2)] = nil
    try person.headache(Self.first.adding(days: 1), "01:00", hours: 1)
    // Day 3 begins on day 2, of which nothing is known; day 4 on day 3.
    #expect(try Self.part(person).onsets.map(\.referents) == [Self.days(4)])
  }

  // MARK: Gates

  /// Headaches at 15:30 on every other weekday of so many weeks, on days with long sitting where that is asked for.
  private static func sufferer(weeks: Int, onsets: Int, long: (Int) -> Bool) throws -> DeskDiary {
    let candidates = (0..<7 * weeks).filter { $0 % 7 < 5 }
    let days = candidates.enumerated().filter { $0.offset % 2 == 1 }.map(\.element).prefix(onsets)
    #expect(days.count == onsets)
    var person = try person(weeks: weeks, long: Set(candidates.filter { days.contains($0) ? long($0) : $0 % 3 == 0 }))
    for day in days { try person.headache(first.adding(days: day), "15:30", hours: 1) }
    return person
  }

  @Test func belowTenOnsetsOrFourWeeksThereIsTheListAlone() throws {
    let nine = try Self.part(Self.sufferer(weeks: 4, onsets: 9) { _ in true })
    #expect(nine.verdict == .notYet(eligible: 9, recordedDays: 28))
    #expect(nine.onsets.count == 9 && nine.secondary.isEmpty && nine.withoutLag == nil)
    let ten = try Self.part(Self.sufferer(weeks: 4, onsets: 10) { _ in true })
    #expect(ten.verdict == .counts)
    #expect(ten.primary.exposedCases == 10)
    var forgetful = try Self.sufferer(weeks: 4, onsets: 10) { _ in true }
    forgetful.days[Self.first] = nil
    #expect(try Self.part(forgetful).verdict == .notYet(eligible: 10, recordedDays: 27))
  }

  @Test func twentyOnsetsInEightWeeksGiveARatio() throws {
    let nineteen = try Self.part(Self.sufferer(weeks: 8, onsets: 19) { $0 % 3 > 0 }, weeks: 8)
    #expect(nineteen.verdict == .counts)
    let twenty = try Self.part(Self.sufferer(weeks: 8, onsets: 20) { $0 % 3 > 0 }, weeks: 8)
    #expect(twenty.verdict == .full)
    #expect(twenty.primary.informativeStrata >= 10)
    #expect(twenty.secondary.map(\.exposure) == Exposure.secondary)
    #expect(twenty.withoutLag?.strata == 20)
    for one in twenty.secondary {
      if let p = one.p {
        let adjusted = try #require(one.adjustedP)
        #expect(adjusted >= p)
      } else {
        #expect(one.adjustedP == nil)
      }
    }
    // Where sitting is always the same, twenty onsets tell nothing.
    var same = try Self.person(weeks: 8, long: Set(0..<56))
    for day in stride(from: 0, to: 40, by: 2) { try same.headache(Self.first.adding(days: day), "15:30", hours: 1) }
    let part = try Self.part(same, weeks: 8)
    #expect(part.eligible == 20 && part.primary.informativeStrata == 0)
    #expect(part.verdict == .counts && part.primary.oddsRatio == .notEstimable)
  }

  @Test func aChangeOfTheScheduleDividesThePeriod() throws {
    let person = try Self.sufferer(weeks: 8, onsets: 20) { $0 % 3 > 0 }
    let period = Self.period(weeks: 8)
    let change = Self.first.adding(days: 21)
    // Changes outside, on the first day and twice on one day divide nothing more.
    let changes = [change, Self.first.adding(days: 100), period.lowerBound, change, Self.first.adding(days: -3)]
    let association = person.association(period, changes: changes)
    #expect(association.isSplit)
    #expect(association.parts.map(\.period) == [Self.first...Self.first.adding(days: 20), change...period.upperBound])
    #expect(association.parts.map(\.onsets.count).reduce(0, +) == 20)
    for part in association.parts {
      #expect(part.onsets.flatMap(\.referents).allSatisfy { part.period.contains($0) })
      #expect(part.verdict != .full)
    }
    #expect(association.parts.map(\.recordedDays) == [21, 35])
  }

  @Test func theOrderOfTheRecordsMakesNoDifference() throws {
    var person = try Self.sufferer(weeks: 8, onsets: 20) { $0 % 3 > 0 }
    let before = person.association(Self.period(weeks: 8))
    person.episodes.reverse()
    #expect(person.association(Self.period(weeks: 8)) == before)
  }

  @Test func anEmptyRecordHasNothingToTell() throws {
    let part = try Self.part(DeskDiary(from: Self.first))
    #expect(part.verdict == .notYet(eligible: 0, recordedDays: 0))
    #expect(part.onsets.isEmpty && part.excluded.isEmpty && part.primary.oddsRatio == .notEstimable)
  }
}
