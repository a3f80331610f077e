import NapeCore
import Testing

/// Days with a medicine over thirty days (`clinical.md` §1.4), on invented ones.
@Suite struct MedicineDaysTests {
  private let today = LocalDate(daysSinceEpoch: 20_000)

  /// So many hours after the midnight that today begins with, by a clock that is so many seconds ahead of UTC.
  private func medicine(
    _ medicineClass: Medicine.Class, daysAgo: Int = 0, hour: Int64 = 12, offset: Int = 0
  ) -> Medicine {
    let midnight = Microseconds(today.daysSinceEpoch - daysAgo) * 24 * .hour - Microseconds(offset) * .second
    return Medicine(
      taken: Stamp(wall: midnight + hour * .hour, offsetSeconds: offset), name: "x", medicineClass: medicineClass)
  }

  @Test func aDayCountsOnceForItsClassAndOnceForAny() {
    let days = MedicineDays(
      [medicine(.simple, hour: 1), medicine(.simple, hour: 23), medicine(.triptan), medicine(.unsure, daysAgo: 1)],
      today: today)
    #expect(days.byClass == [.simple: 1, .triptan: 1, .unsure: 1])
    #expect(days.total == 2)
  }

  @Test func theWindowIsThirtyDaysWithToday() {
    let all = (0...31).map { medicine(.simple, daysAgo: $0) }
    #expect(MedicineDays(all, today: today).byClass == [.simple: 30])
    #expect(MedicineDays([medicine(.simple, daysAgo: -1)], today: today).total == 0)
    #expect(MedicineDays([], today: today).total == 0)
  }

  @Test func daysAreThoseOfTheClockAtTheTaking() {
    // Midnight in Berlin comes before 23:00 of the day before in New York.
    let late = medicine(.simple, daysAgo: 1, hour: 23, offset: -18_000)
    let early = medicine(.simple, hour: 0, offset: 3_600)
    #expect(early.taken < late.taken)
    #expect(MedicineDays([late, early], today: today).byClass == [.simple: 2])
  }

  @Test(
    arguments: [
      (Medicine.Class.triptan, 7, nil), (.triptan, 8, .near), (.triptan, 9, .near), (.triptan, 10, .reached),
      (.opioid, 10, .reached), (.ergotamine, 8, .near), (.combination, 8, .near), (.simple, 11, nil),
      (.simple, 12, .near), (.simple, 14, .near), (.simple, 15, .reached), (.simple, 30, .reached), (.other, 30, nil),
      (.unsure, 30, nil),
    ] as [(Medicine.Class, Int, MedicineDays.Mark?)])
  func marks(medicineClass: Medicine.Class, count: Int, expected: MedicineDays.Mark?) {
    let days = MedicineDays((0..<count).map { medicine(medicineClass, daysAgo: $0) }, today: today)
    #expect(days.mark(of: medicineClass) == expected)
  }

  @Test func tenDayClassesAreThoseOfTheReference() {
    for medicineClass in Medicine.Class.allCases {
      #expect((medicineClass.monthlyDays == 10) == medicineClass.isTenDay)
    }
  }
}
