import NapeCore
import NapeReport
import Testing

@Suite struct ReviewTextTests {
  @Test func numbersAreRoundedOneWay() {
    #expect(ReviewText.decimal(1.25, 1) == "1.3")
    #expect(ReviewText.decimal(-0.04, 1) == "0.0")
    #expect(ReviewText.decimal(2, 0) == "2")
    #expect(ReviewText.decimal(2.005, 3) == "2.005")
    #expect(ReviewText.decimal(.infinity) == "–")
    #expect(["2.75", "3.5", "5", "0"] == [2.75, 3.5, 5, 0].map(ReviewText.plain))
    #expect(["100 %", "99 %", "1 %", "0 %", "51 %"] == [1, 0.999, 0.001, 0, 0.512].map(ReviewText.percent))
  }

  @Test func daysAndPeriodsAreToldShort() throws {
    let first = try #require(LocalDate("2026-09-07"))
    #expect(ReviewText.period(first...first.adding(days: 27)) == "Mon 7 Sep – Sun 4 Oct 2026")
    #expect(ReviewText.length(first...first.adding(days: 27)) == "4 weeks")
    #expect(ReviewText.length(first...first) == "1 day")
    #expect(ReviewText.pain(4...6) == "4–6")
  }
}
