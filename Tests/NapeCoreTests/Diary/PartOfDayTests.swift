import NapeCore
import Testing

@Suite struct PartOfDayTests {
  @Test(
    arguments: [
      (0, PartOfDay.night), (21_599, .night), (21_600, .morning), (43_199, .morning), (43_200, .afternoon),
      (64_799, .afternoon), (64_800, .evening), (86_399, .evening),
    ])
  func partsMeet(second: Int, part: PartOfDay) {
    #expect(PartOfDay(second: second, afternoon: (12 * 3600, 18 * 3600)) == part)
  }

  @Test func theAfternoonIsTheSettings() {
    #expect(PartOfDay(second: 13 * 3600 - 1, afternoon: (13 * 3600, 17 * 3600)) == .morning)
    #expect(PartOfDay(second: 13 * 3600, afternoon: (13 * 3600, 17 * 3600)) == .afternoon)
    #expect(PartOfDay(second: 17 * 3600, afternoon: (13 * 3600, 17 * 3600)) == .evening)
    // Of somebody who works at night.
    for second in [22 * 3600, 0, 2 * 3600 - 1] {
      #expect(PartOfDay(second: second, afternoon: (22 * 3600, 2 * 3600)) == .afternoon)
    }
    #expect(PartOfDay(second: 2 * 3600, afternoon: (22 * 3600, 2 * 3600)) == .night)
  }
}
