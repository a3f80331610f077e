import Foundation
import NapeCore
import Testing

/// The figures of the diary, with the numbers of an invented diary of 28 days (`Tests/Support/diary`), which numpy and scipy
/// gave.
@Suite struct DiaryFiguresTests {
  private static let offset = 7200
  private static let afternoon = (from: 12 * 3600, to: 18 * 3600)

  private static func rows(_ name: String) throws -> [[String]] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Support/diary")
    let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    return text.split(whereSeparator: \.isNewline).dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// `2026-09-09T14:40` on clocks two hours ahead.
  private static func stamp(_ text: String) throws -> Stamp {
    let local = try #require(WallTime.localSeconds(text + ":00"))
    return Stamp(wall: .seconds(local - Int64(offset)), offsetSeconds: offset)
  }

  private static func record(_ number: Int, _ episode: Episode) -> EpisodeRecord {
    EpisodeRecord(
      id: RecordID(high: 0, low: UInt64(number)), episode: episode, entered: episode.onset.at, way: .commandLine)
  }

  private static func episode(
    _ onset: String, _ end: String = "", peak: String = "", precision: Onset.Precision = .exact
  ) throws -> Episode {
    var episode = Episode(onset: Onset(at: try stamp(onset), precision: precision))
    if !end.isEmpty { episode.end = .ended(try stamp(end)) }
    if !peak.isEmpty { episode.fields[.worst] = FieldValue(peak, EpisodeField.worst.kind) }
    return episode
  }

  /// The days and the headaches of the files, with the medicines of a day at the headache that touched it.
  private static func diary() throws -> (dates: ClosedRange<LocalDate>, [EpisodeRecord], [LocalDate: DayState]) {
    var declared: [LocalDate: DayState] = [:]
    var dates: [LocalDate] = []
    for row in try rows("diary_days_28.csv") {
      let date = try #require(LocalDate(row[0]))
      dates.append(date)
      if row[1] == "N" { declared[date] = DayState.none }
    }
    var records = try rows("diary_episodes.csv").map { row in
      record(try #require(Int(row[0])), try episode(row[1], row[2], peak: row[3]))
    }
    for row in try rows("diary_med_days.csv") {
      let date = try #require(LocalDate(row[0]))
      let index = try #require(
        records.firstIndex { ($0.episode.onset.at.date...$0.episode.lastDate).contains(date) })
      records[index].episode.medicines.append(
        Medicine(
          taken: try stamp(row[0] + "T12:00"), name: "x", medicineClass: try #require(Medicine.Class(rawValue: row[1])))
      )
    }
    return (try #require(dates.first)...(try #require(dates.last)), records, declared)
  }

  private static func figures(
    _ dates: ClosedRange<LocalDate>, _ records: [EpisodeRecord], _ declared: [LocalDate: DayState] = [:]
  ) -> DiaryFigures {
    DiaryFigures(dates, records, declared: declared, afternoon: afternoon)
  }

  private static func isNear(_ left: Double?, _ right: Double) -> Bool { left.map { abs($0 - right) < 1e-9 } ?? false }

  @Test func theDiaryOf28DaysComesOutExactly() throws {
    let (dates, records, declared) = try Self.diary()
    let figures = Self.figures(dates, records.reversed(), declared)
    #expect(figures.days == 28)
    #expect(figures.headacheDays == 7)
    #expect(figures.noneDays == 17)
    #expect(figures.unknownDays == 4)
    #expect(Self.isNear(figures.completeness * 100, 85.71428571428571))
    #expect(figures.band == .all)
    #expect(figures.episodes == 7)
    #expect(figures.headacheDayBounds == 7...11)
    #expect(Self.isNear(figures.per28, 8.166666666666666))
    #expect(Self.isNear(figures.per28Interval?.lowerBound, 4.1761014951490445))
    #expect(Self.isNear(figures.per28Interval?.upperBound, 13.766954226059058))
    #expect(figures.medicineDays.any == 6)
    #expect(figures.medicineDays.byClass == [.simple: 3, .triptan: 2, .combination: 1])
    #expect(figures.medicineDays.tenDayClasses == 3)
    #expect(Self.isNear(figures.peak?.mean, 4.857142857142857))
    #expect(figures.peak?.median == 5)
    #expect(figures.peak?.max == 7)
    #expect(figures.peak?.count == 7)
    #expect(figures.duration?.count == 6)
    #expect(figures.unknownDurations == 1)
    #expect(Self.isNear(figures.duration?.median, 2.75))
    #expect(Self.isNear(figures.duration?.mean, 5.5))
    #expect(figures.afternoonOnsets == 7)
    #expect(figures.timedOnsets == 7)
    // All but the 18th have one; there the second of two was a 4, and the 14th's touched the 15th.
    #expect(figures.moderateDays == 7)
    #expect(figures.suggestions.isEmpty)
  }

  /// 28 days: 23 are at least 80 %, 14 are half.
  @Test(
    arguments: [
      (28, DiaryFigures.Band.all), (23, .all), (22, .counts), (14, .counts), (13, .calendar), (0, .calendar),
    ])
  func fewRecordedDaysTellLess(recorded: Int, band: DiaryFigures.Band) throws {
    let first = try #require(LocalDate("2026-09-07"))
    var declared: [LocalDate: DayState] = [:]
    for day in 0..<recorded { declared[first.adding(days: day)] = DayState.none }
    let figures = Self.figures(first...first.adding(days: 27), [], declared)
    #expect(figures.band == band)
    #expect(figures.headacheDayBounds == 0...28 - recorded)
    #expect((figures.per28 == 0) == (band == .all))
    #expect(Self.isNear(figures.per28Interval?.lowerBound, 0) == (band == .all))
    #expect(figures.peak == nil && figures.duration == nil)
  }

  @Test func aHeadacheCountsOnItsDaysAndBeginsOnce() throws {
    let first = try #require(LocalDate("2026-09-07"))
    // It began before the first day and ended on the second; another ends at the midnight after the third.
    let records = [
      Self.record(1, try Self.episode("2026-09-05T20:00", "2026-09-08T08:00", peak: "3")),
      Self.record(2, try Self.episode("2026-09-09T10:00", "2026-09-10T00:00")),
      Self.record(3, try Self.episode("2026-09-20T10:00")),
    ]
    // What was said of a day with a headache does not hold.
    let figures = Self.figures(first...first.adding(days: 3), records, [first: DayState.none])
    #expect(figures.headacheDays == 3)
    #expect(figures.unknownDays == 1)
    #expect(figures.episodes == 1)
    #expect(figures.moderateDays == 0)
    #expect(figures.duration?.median == 14)
  }

  @Test func whatIsNotKnownIsCountedAndNotGuessed() throws {
    let day = try #require(LocalDate("2026-09-07"))
    let records = [
      Self.record(1, try Self.episode("2026-09-07T00:00", peak: "4-6", precision: .day)),
      Self.record(2, try Self.episode("2026-09-07T07:00", "2026-09-07T11:00", precision: .wokeWithIt)),
      Self.record(3, try Self.episode("2026-09-07T12:00", precision: .partOfDay)),
      Self.record(4, try Self.episode("2026-09-07T18:00", peak: "9")),
    ]
    let figures = Self.figures(day...day, records)
    #expect(figures.peak?.count == 1)
    #expect(figures.rangedPeaks == 1)
    #expect(figures.unknownDurations == 4)
    #expect(figures.timedOnsets == 2)
    #expect(figures.afternoonOnsets == 1)
    #expect(figures.moderateDays == 1)
  }

  @Test(
    arguments: [
      ("2026-09-07T11:59", Microseconds?.some(.minutes(59))), ("2026-09-07T12:00", nil), ("2026-09-07T10:30", 0),
    ])
  func lessThanAnHourWithoutPainMayBeOneHeadache(onset: String, gap: Microseconds?) throws {
    let day = try #require(LocalDate("2026-09-07"))
    let records = [
      Self.record(2, try Self.episode(onset)), Self.record(1, try Self.episode("2026-09-07T09:00", "2026-09-07T11:00")),
    ]
    let suggestions = Self.figures(day...day, records).suggestions
    #expect(suggestions.map(\.gap) == (gap.map { [$0] } ?? []))
    #expect(suggestions.allSatisfy { $0.earlier == records[1].id && $0.later == records[0].id })
  }

  @Test func oneWithinAnotherHidesNoGap() throws {
    let day = try #require(LocalDate("2026-09-07"))
    let records = [
      Self.record(1, try Self.episode("2026-09-07T10:00", "2026-09-07T20:00")),
      Self.record(2, try Self.episode("2026-09-07T12:00", "2026-09-07T13:00")),
      Self.record(3, try Self.episode("2026-09-07T20:30")),
    ]
    let suggestions = Self.figures(day...day, records).suggestions
    #expect(suggestions.map(\.earlier) == [records[0].id, records[0].id])
    #expect(suggestions.map(\.later) == [records[1].id, records[2].id])
    #expect(suggestions.map(\.gap) == [0, 30 * .minute])
  }

  @Test func nothingIsSuggestedWhereAnEndIsNotKnown() throws {
    let day = try #require(LocalDate("2026-09-07"))
    let records = [
      Self.record(1, try Self.episode("2026-09-07T09:00")), Self.record(2, try Self.episode("2026-09-07T09:30")),
    ]
    #expect(Self.figures(day...day, records).suggestions.isEmpty)
  }

  @Test func aDayWithTwoClassesIsOneDay() throws {
    let day = try #require(LocalDate("2026-09-07"))
    var episode = try Self.episode("2026-09-06T23:00", "2026-09-07T09:00")
    let taken = ["2026-09-06T23:30", "2026-09-07T00:00", "2026-09-07T08:00", "2026-09-07T08:30"]
    for (time, medicineClass) in zip(taken, [Medicine.Class.opioid, .simple, .triptan, .unsure]) {
      episode.medicines.append(Medicine(taken: try Self.stamp(time), name: "x", medicineClass: medicineClass))
    }
    let days = Self.figures(day...day, [Self.record(1, episode)]).medicineDays
    #expect(days.any == 1)
    #expect(days.byClass == [.simple: 1, .triptan: 1, .unsure: 1])
    #expect(days.tenDayClasses == 1)
  }
}
