import NapeCore
import Testing

/// Cases computed by hand from the tz database's sources.
@Suite struct ZoneTests {
  /// Seconds of `2026-03-02T09:00:00`, to be taken as UTC or as local time.
  private func seconds(_ text: String) throws -> Int64 {
    try #require(WallTime.localSeconds(text))
  }

  private func date(_ text: String) throws -> LocalDate {
    try #require(LocalDate(text))
  }

  /// The offset is `before` until the second before `moment` (UTC), and `after` from it on.
  private func expectChange(_ name: String, at moment: String, from before: Int, to after: Int) throws {
    let (zone, moment) = (try ZoneInfo.zone(name), try seconds(moment))
    #expect(zone.offset(atUTC: moment - 1) == before)
    #expect(zone.offset(atUTC: moment) == after)
  }

  private func expectLocal(_ name: String, _ local: String, isUTC utc: String) throws {
    let found = try ZoneInfo.zone(name).utc(local: seconds(local))
    #expect(try found == seconds(utc), "\(local) in \(name)")
  }

  private func expectStart(_ name: String, of day: String, isUTC utc: String) throws {
    let found = try ZoneInfo.zone(name).startOfDay(date(day))
    #expect(try found == seconds(utc), "\(day) in \(name)")
  }

  @Test func fixedZones() throws {
    #expect(Zone.utc.offset(atUTC: .min) == 0)
    #expect(Zone.utc == Zone.fixed(offsetSeconds: 0))
    #expect(Zone.fixed(offsetSeconds: -12_600).offset(atUTC: 0) == -12_600)
    #expect(Zone.fixed(offsetSeconds: 3_600).utc(local: 3_600) == 0)
    #expect(Zone.fixed(offsetSeconds: .max).offset(atUTC: 0) == 93_599)
    #expect(Zone.fixed(offsetSeconds: .min).offset(atUTC: 0) == -89_999)
    #expect(Zone.fixed(offsetSeconds: 3_600).utc(local: .min) == .min)
    #expect(Zone.fixed(offsetSeconds: -3_600).utc(local: .max) == .max)
    #expect(Zone.utc.startOfDay(LocalDate(daysSinceEpoch: .max)) == .max)
    #expect(Zone.utc.startOfDay(LocalDate(daysSinceEpoch: .min)) == .min)
  }

  @Test func berlinInSpring() throws {
    try expectChange("Europe/Berlin", at: "2026-03-29T01:00:00", from: 3_600, to: 7_200)
    try expectLocal("Europe/Berlin", "2026-03-29T01:59:59", isUTC: "2026-03-29T00:59:59")
    try expectLocal("Europe/Berlin", "2026-03-29T02:00:00", isUTC: "2026-03-29T01:00:00")
    try expectLocal("Europe/Berlin", "2026-03-29T02:30:00", isUTC: "2026-03-29T01:00:00")
    try expectLocal("Europe/Berlin", "2026-03-29T03:00:00", isUTC: "2026-03-29T01:00:00")
    try expectLocal("Europe/Berlin", "2026-03-29T03:00:01", isUTC: "2026-03-29T01:00:01")
    try expectStart("Europe/Berlin", of: "2026-03-29", isUTC: "2026-03-28T23:00:00")
    try expectStart("Europe/Berlin", of: "2026-03-30", isUTC: "2026-03-29T22:00:00")
  }

  @Test func berlinInAutumn() throws {
    try expectChange("Europe/Berlin", at: "2026-10-25T01:00:00", from: 7_200, to: 3_600)
    try expectLocal("Europe/Berlin", "2026-10-25T01:59:59", isUTC: "2026-10-24T23:59:59")
    try expectLocal("Europe/Berlin", "2026-10-25T02:00:00", isUTC: "2026-10-25T00:00:00")
    try expectLocal("Europe/Berlin", "2026-10-25T02:30:00", isUTC: "2026-10-25T00:30:00")
    try expectLocal("Europe/Berlin", "2026-10-25T02:59:59", isUTC: "2026-10-25T00:59:59")
    try expectLocal("Europe/Berlin", "2026-10-25T03:00:00", isUTC: "2026-10-25T02:00:00")
  }

  @Test func berlinLongAgoAndFarAhead() throws {
    let berlin = try ZoneInfo.zone("Europe/Berlin")
    // Local mean time until 1 April 1893.
    try expectChange("Europe/Berlin", at: "1893-03-31T23:06:32", from: 3_208, to: 3_600)
    #expect(berlin.offset(atUTC: .min) == 3_208)
    #expect(try berlin.offset(atUTC: seconds("2500-01-15T12:00:00")) == 3_600)
    #expect(try berlin.offset(atUTC: seconds("2500-07-15T12:00:00")) == 7_200)
    try expectChange("Europe/Berlin", at: "2400-03-26T01:00:00", from: 3_600, to: 7_200)
    #expect([3_600, 7_200].contains(berlin.offset(atUTC: .max)))
  }

  @Test func newYork() throws {
    try expectChange("America/New_York", at: "2026-03-08T07:00:00", from: -18_000, to: -14_400)
    try expectChange("America/New_York", at: "2026-11-01T06:00:00", from: -14_400, to: -18_000)
    try expectLocal("America/New_York", "2026-03-08T02:30:00", isUTC: "2026-03-08T07:00:00")
    try expectLocal("America/New_York", "2026-11-01T01:30:00", isUTC: "2026-11-01T05:30:00")
    try expectLocal("America/New_York", "2026-11-01T02:00:00", isUTC: "2026-11-01T07:00:00")
  }

  @Test func tokyoHasNoChanges() throws {
    let tokyo = try ZoneInfo.zone("Asia/Tokyo")
    for text in ["1960-01-01T00:00:00", "2026-07-01T00:00:00", "2100-01-01T00:00:00"] {
      #expect(try tokyo.offset(atUTC: seconds(text)) == 32_400)
    }
    try expectStart("Asia/Tokyo", of: "2026-03-02", isUTC: "2026-03-01T15:00:00")
  }

  @Test func apiaSkippedADay() throws {
    try expectChange("Pacific/Apia", at: "2011-12-30T10:00:00", from: -36_000, to: 50_400)
    try expectLocal("Pacific/Apia", "2011-12-29T23:59:59", isUTC: "2011-12-30T09:59:59")
    try expectLocal("Pacific/Apia", "2011-12-30T12:00:00", isUTC: "2011-12-30T10:00:00")
    try expectStart("Pacific/Apia", of: "2011-12-29", isUTC: "2011-12-29T10:00:00")
    try expectStart("Pacific/Apia", of: "2011-12-30", isUTC: "2011-12-30T10:00:00")
    try expectStart("Pacific/Apia", of: "2011-12-31", isUTC: "2011-12-30T10:00:00")
    try expectStart("Pacific/Apia", of: "2012-01-01", isUTC: "2011-12-31T10:00:00")
  }

  @Test func skippedMidnights() throws {
    try expectStart("America/Sao_Paulo", of: "2018-11-04", isUTC: "2018-11-04T03:00:00")
    try expectStart("America/Sao_Paulo", of: "2018-11-05", isUTC: "2018-11-05T02:00:00")
    try expectStart("Asia/Beirut", of: "2026-03-29", isUTC: "2026-03-28T22:00:00")
  }

  @Test func midnightsThatAreNotReachedAtFirst() throws {
    // At 24:00 clocks went back to 23:00: the old day has 25 hours.
    try expectStart("America/Sao_Paulo", of: "2019-02-16", isUTC: "2019-02-16T02:00:00")
    try expectStart("America/Sao_Paulo", of: "2019-02-17", isUTC: "2019-02-17T03:00:00")
  }

  @Test func midnightsThatComeTwice() throws {
    // Back from 01:00 to 00:00, and from 00:01 to 23:01 of the day before.
    try expectStart("America/Havana", of: "2026-11-01", isUTC: "2026-11-01T04:00:00")
    try expectStart("America/St_Johns", of: "2010-11-07", isUTC: "2010-11-07T02:30:00")
  }

  @Test(arguments: ["Africa/Casablanca", "Africa/El_Aaiun"])
  func moroccoInRamadan(name: String) throws {
    try expectChange(name, at: "2026-02-15T02:00:00", from: 3_600, to: 0)
    try expectChange(name, at: "2026-03-22T02:00:00", from: 0, to: 3_600)
    try expectLocal(name, "2026-02-15T02:30:00", isUTC: "2026-02-15T01:30:00")
    try expectLocal(name, "2026-03-22T02:30:00", isUTC: "2026-03-22T02:00:00")
  }

  @Test func dublin() throws {
    try expectChange("Europe/Dublin", at: "2026-03-29T01:00:00", from: 0, to: 3_600)
    try expectChange("Europe/Dublin", at: "2026-10-25T01:00:00", from: 3_600, to: 0)
    #expect(try ZoneInfo.zone("Europe/Dublin").offset(atUTC: seconds("2200-07-01T00:00:00")) == 3_600)
    #expect(try ZoneInfo.zone("Europe/Dublin").offset(atUTC: seconds("2200-01-01T00:00:00")) == 0)
  }

  @Test func trollChangesByTwoHours() throws {
    try expectChange("Antarctica/Troll", at: "2026-03-29T01:00:00", from: 0, to: 7_200)
    try expectChange("Antarctica/Troll", at: "2026-10-25T01:00:00", from: 7_200, to: 0)
    try expectLocal("Antarctica/Troll", "2026-03-29T02:00:00", isUTC: "2026-03-29T01:00:00")
    try expectLocal("Antarctica/Troll", "2026-10-25T01:00:00", isUTC: "2026-10-24T23:00:00")
  }

  @Test func lordHoweChangesByHalfAnHour() throws {
    try expectChange("Australia/Lord_Howe", at: "2026-04-04T15:00:00", from: 39_600, to: 37_800)
    try expectLocal("Australia/Lord_Howe", "2026-04-05T01:45:00", isUTC: "2026-04-04T14:45:00")
  }
}
