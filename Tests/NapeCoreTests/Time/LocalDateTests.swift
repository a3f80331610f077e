import NapeCore
import Testing

@Suite struct LocalDateTests {
  @Test(arguments: [
    ("1970-01-01", 0, 4), ("1969-12-31", -1, 3), ("2000-02-29", 11_016, 2), ("2000-03-01", 11_017, 3),
    ("2026-03-02", 20_514, 1), ("1900-03-01", -25_508, 4), ("0000-03-01", -719_468, 3), ("0001-01-01", -719_162, 1),
    ("9999-12-31", 2_932_896, 5), ("2024-12-31", 20_088, 2),
  ])
  func knownDays(text: String, days: Int, weekday: Int) throws {
    let date = try #require(LocalDate(text))
    #expect(date.daysSinceEpoch == days)
    #expect(date.weekday == weekday)
    #expect(date.description == text)
    #expect(LocalDate(daysSinceEpoch: days) == date)
  }

  @Test func everyDayOfFourHundredYearsFollowsTheOneBefore() throws {
    let first = try #require(LocalDate(year: 1899, month: 12, day: 31))
    var (year, month, day) = (1899, 12, 31)
    for days in 1...146_097 {
      let date = first.adding(days: days)
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let lastDay = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
      day += 1
      if day > lastDay { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
      guard date.year == year, date.month == month, date.day == day,
        LocalDate(year: year, month: month, day: day) == date,
        date.weekday == first.adding(days: days - 1).weekday % 7 + 1
      else {
        Issue.record("\(date) should be \(year)-\(month)-\(day)")
        return
      }
    }
  }

  @Test func datesOutsideFourDigitsHaveASign() throws {
    #expect(try #require(LocalDate(year: 12_026, month: 3, day: 2)).description == "+12026-03-02")
    #expect(try #require(LocalDate(year: -44, month: 3, day: 15)).description == "-0044-03-15")
  }

  @Test(arguments: [
    "", "2026-3-02", "2026-03-2", "26-03-02", "2026-03-02 ", " 2026-03-02", "2026/03/02", "2026-13-01", "2026-00-01",
    "2026-02-29", "1900-02-29", "2026-04-31", "2026-01-00", "2026-01-32", "+026-01-01", "-026-01-01", "20260302",
    "2026-03-02T", "2026-03-02-", "２０２６-03-02", "2026-03-0\u{0}", "12026-03-02",
  ])
  func otherTextIsNoDate(text: String) {
    #expect(LocalDate(text) == nil)
  }

  @Test func dayThatDoesNotExist() {
    #expect(LocalDate(year: 2023, month: 2, day: 29) == nil)
    #expect(LocalDate(year: 2024, month: 2, day: 29) != nil)
    #expect(LocalDate(year: 2024, month: 0, day: 1) == nil)
    #expect(LocalDate(year: 2024, month: .max, day: .max) == nil)
    #expect(LocalDate(year: 2024, month: .min, day: .min) == nil)
  }

  @Test(arguments: [.min, .min + 1, -1 << 40, -146_097, -1, 0, 1, 146_096, 1 << 40, .max - 1, .max] as [Int])
  func everyCountOfDaysIsADate(days: Int) {
    let date = LocalDate(daysSinceEpoch: days)
    #expect((1...12).contains(date.month))
    #expect((1...31).contains(date.day))
    #expect((1...7).contains(date.weekday))
    #expect(LocalDate(year: date.year, month: date.month, day: date.day) == date)
    #expect(!date.description.isEmpty)
  }

  @Test func yearsBeyondTheCountOfDaysAreRefused() {
    let years: [Int] = [.min, .min + 1, .min / 300, .max / 300, .max - 1, .max]
    for year in years {
      #expect(LocalDate(year: year, month: 2, day: 1) == nil)
    }
  }

  @Test func addingAndComparing() throws {
    let date = try #require(LocalDate("2024-02-28"))
    #expect(date.adding(days: 1).description == "2024-02-29")
    #expect(date.adding(days: 2).description == "2024-03-01")
    #expect(date.adding(days: -59).description == "2023-12-31")
    #expect(date < date.adding(days: 1))
    #expect(date.adding(days: .max).daysSinceEpoch == .max)
    #expect(LocalDate(daysSinceEpoch: -5).adding(days: .min).daysSinceEpoch == .min)
  }
}
