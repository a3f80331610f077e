import NapeCore
import NapeReport
import Testing

/// That the invented records hold what the tests of the exports count on.
@Suite struct JuniperTests {
  let review = Juniper.review

  @Test func theDiaryIsThatOfTheReference() {
    #expect(review.diary.headacheDays == 7)
    #expect(review.diary.recordedDays == 24)
    #expect(review.diary.unknownDays == 4)
    #expect(review.diary.episodes == 7)
    #expect(review.diary.medicineDays.any == 6)
    #expect(review.diary.moderateDays == 7)
    #expect(review.diary.duration?.median == 2.75)
    #expect(review.days.count == 28)
    #expect(review.days.map(\.state).count { $0 == .unknown } == 4)
    #expect(review.missing.map(\.unknown) == [1, 0, 0, 1, 0, 1, 1])
    #expect(review.before?.diary.episodes == 8)
  }

  @Test func theDeskAddsUp() throws {
    let desk = review.desk
    #expect(desk.sitting == review.days.compactMap(\.desk?.sitting).reduce(0, +))
    #expect(review.onsets.bins.map(\.desk).reduce(0, +) == desk.desk)
    #expect(desk.sittingInBouts == desk.sitting)
    #expect(review.onsets.bins.map(\.onsets).reduce(0, +) == 7)
    #expect(desk.daysWithoutRecord == 3)
    #expect(desk.breaks > 100)
    #expect(desk.movesTaken > 0 && desk.movesTaken < desk.movePrompts)
    let coverage = try #require(desk.coverage)
    #expect((0.95..<1).contains(coverage))
    #expect(review.settings.changes.map(\.after) == ["40min"])
    #expect(review.settings.scheduleChanges == [Juniper.changed])
    #expect(review.exercises.lights == [.green: 1, .amber: 1, .red: 1])
  }
}
