import NapeCore
import Testing

@Suite struct PosixRuleTests {
  /// UTC seconds of `2026-03-02T09:00:00`.
  private func utc(_ text: String) throws -> Int64 {
    try #require(WallTime.localSeconds(text))
  }

  private func zone(_ text: String) throws -> Zone {
    try #require(Zone(posix: text))
  }

  /// The offset is `before` until the second before `moment`, and `after` from it on.
  private func expectChange(_ text: String, at moment: String, from before: Int, to after: Int) throws {
    let (zone, seconds) = (try zone(text), try utc(moment))
    #expect(zone.offset(atUTC: seconds - 1) == before, "\(text) before \(moment)")
    #expect(zone.offset(atUTC: seconds) == after, "\(text) at \(moment)")
  }

  @Test func offsetsAreNegatedAndNamesMayBeQuoted() throws {
    #expect(try zone("JST-9").offset(atUTC: 0) == 32_400)
    #expect(try zone("<+0545>-5:45").offset(atUTC: 0) == 20_700)
    #expect(try zone("<-03>+3").offset(atUTC: 0) == -10_800)
    #expect(try zone("LMT0:00:01").offset(atUTC: 0) == -1)
    #expect(try zone("AAA24:59:59").offset(atUTC: 0) == -89_999)
    #expect(try zone("AAA-24:59:59BBB,0,100").offset(atUTC: 18_000) == 93_599)
  }

  @Test func lastSundays() throws {
    let berlin = "CET-1CEST,M3.5.0,M10.5.0/3"
    try expectChange(berlin, at: "2026-03-29T01:00:00", from: 3_600, to: 7_200)
    try expectChange(berlin, at: "2026-10-25T01:00:00", from: 7_200, to: 3_600)
    // The calendar of 2400 is that of 2000.
    try expectChange(berlin, at: "2400-03-26T01:00:00", from: 3_600, to: 7_200)
    try expectChange(berlin, at: "1600-03-26T01:00:00", from: 3_600, to: 7_200)
  }

  @Test func summerAcrossTheTurnOfTheYear() throws {
    let sydney = "AEST-10AEDT,M10.1.0,M4.1.0/3"
    try expectChange(sydney, at: "2026-04-04T16:00:00", from: 39_600, to: 36_000)
    try expectChange(sydney, at: "2026-10-03T16:00:00", from: 36_000, to: 39_600)
    #expect(try zone(sydney).offset(atUTC: utc("2026-12-31T23:59:59")) == 39_600)
  }

  @Test func winterMayBeTheException() throws {
    let dublin = "IST-1GMT0,M10.5.0,M3.5.0/1"
    try expectChange(dublin, at: "2026-03-29T01:00:00", from: 0, to: 3_600)
    try expectChange(dublin, at: "2026-10-25T01:00:00", from: 3_600, to: 0)
  }

  @Test func hoursOutsideTheDay() throws {
    // 50 hours after the fourth Thursday, 26 March 2026: Saturday, 02:00.
    try expectChange("EET-2EEST,M3.4.4/50,M10.4.4/50", at: "2026-03-28T00:00:00", from: 7_200, to: 10_800)
    try expectChange("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", at: "2026-03-29T01:00:00", from: -7_200, to: -3_600)
    // 167 hours before 1 January 2026 and after 31 December 2026: in other years than their days.
    try expectChange("AAA0BBB,J1/-167,J100", at: "2025-12-25T01:00:00", from: 0, to: 3_600)
    try expectChange("AAA0BBB-1,J200,J365/167", at: "2027-01-06T22:00:00", from: 3_600, to: 0)
    try expectChange("AAA0BBB-1,J200/-167:59:59,J300", at: "2026-07-12T00:00:01", from: 0, to: 3_600)
  }

  @Test func julianDays() throws {
    // J60 is 1 March in every year.
    try expectChange("AAA0BBB,J60,J300", at: "2024-03-01T02:00:00", from: 0, to: 3_600)
    try expectChange("AAA0BBB,J60,J300", at: "2025-03-01T02:00:00", from: 0, to: 3_600)
    try expectChange("AAA0BBB,J59,J300", at: "2024-02-28T02:00:00", from: 0, to: 3_600)
    // Day 59 is the leap day where there is one.
    try expectChange("AAA0BBB,59,300", at: "2024-02-29T02:00:00", from: 0, to: 3_600)
    try expectChange("AAA0BBB,59,300", at: "2025-03-01T02:00:00", from: 0, to: 3_600)
  }

  @Test func daylightSavingAllYearHasNoGap() throws {
    // The example of RFC 9636 section 3.3.1.
    let zone = try zone("XXX3EDT4,0/0,J365/23")
    for year in 2020...2030 {
      let newYear = try utc("\(year)-01-01T03:00:00")
      for second in -7_200...7_200 where second % 600 == 0 || abs(second) < 3 {
        #expect(zone.offset(atUTC: newYear + Int64(second)) == -14_400)
      }
    }
    #expect(try zone.utc(local: utc("2025-12-31T23:30:00")) == utc("2026-01-01T03:30:00"))
  }

  @Test func withoutDaysTheAmericanRuleHolds() throws {
    try expectChange("EST5EDT", at: "2026-03-08T07:00:00", from: -18_000, to: -14_400)
    try expectChange("EST5EDT4", at: "2026-11-01T06:00:00", from: -14_400, to: -18_000)
    #expect(Zone(posix: "EST5EDT") == Zone(posix: "EST5EDT,M3.2.0,M11.1.0"))
  }

  @Test func localTimesAndTheEndsOfTime() throws {
    let zone = try zone("CET-1CEST,M3.5.0,M10.5.0/3")
    #expect(try zone.utc(local: utc("2026-03-29T02:30:00")) == utc("2026-03-29T01:00:00"))
    #expect(try zone.utc(local: utc("2026-10-25T02:30:00")) == utc("2026-10-25T00:30:00"))
    let ends: [Int64] = [.min, .min + 1, .min + 100_000, .max - 100_000, .max - 1, .max]
    for seconds in ends {
      #expect([3_600, 7_200].contains(zone.offset(atUTC: seconds)))
      _ = zone.utc(local: seconds)
    }
  }

  @Test(arguments: [
    "", "CET", "CE-1", "<CE>-1", "<CET-1", "CET-1 ", "CET-25", "CET-1:60", "CET-1:", "CET-1:00:60", "CET-1:00:00:00",
    "CET--1", "CET-1CEST,", "CET-1CEST,M3.5.0", "CET-1CEST,M3.5.0,", "CET-1CEST,M3.5.0,M10.5.0/3,",
    "CET-1,M3.5.0,M10.5.0",
    "CET-1CEST,M0.5.0,M10.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.0.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
    "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,M3.5,M10.5.0", "CET-1CEST,J0,J1", "CET-1CEST,J1,J366", "CET-1CEST,1,366",
    "CET-1CEST,M3.5.0/168,M10.5.0", "CET-1CEST,M3.5.0/-168,M10.5.0", "CET-1CEST,M3.5.0/,M10.5.0", ":Europe/Berlin",
    "Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3\0", "CET-99999999999999999999", "CÉT-1", "C3T-1", "CET-1CEST,-1,2",
  ])
  func otherTextIsNoRule(text: String) {
    #expect(Zone(posix: text) == nil)
  }
}
