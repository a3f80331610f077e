import NapeCore
import Testing

@Suite struct WallTimeTests {
  @Test(
    arguments: [
      (0, 0, "1970-01-01T00:00:00+00:00"),
      (1_772_441_400_000_000, 3_600, "2026-03-02T09:50:00+01:00"),
      (1_772_441_400_250_000, 3_600, "2026-03-02T09:50:00.25+01:00"),
      (1_772_441_400_000_001, -12_600, "2026-03-02T05:20:00.000001-03:30"),
      (1_772_441_400_000_000, 20_700, "2026-03-02T14:35:00+05:45"),
      (1_772_405_999_999_999, 3_600, "2026-03-01T23:59:59.999999+01:00"),
      (-1, 0, "1969-12-31T23:59:59.999999+00:00"),
      (-1_000_000, 3_208, "1970-01-01T00:53:27+00:53:28"),
      (0, -1, "1969-12-31T23:59:59-00:00:01"),
      (0, 50_400, "1970-01-01T14:00:00+14:00"),
    ] as [(Int64, Int, String)])
  func format(utcMicroseconds: Int64, offsetSeconds: Int, text: String) {
    #expect(WallTime.iso8601(utcMicroseconds: utcMicroseconds, offsetSeconds: offsetSeconds) == text)
  }

  @Test func dateAndSecondOfDay() {
    // 2026-03-02T23:30:00Z
    let moment: Int64 = 1_772_494_200_999_999
    #expect(WallTime.date(utcMicroseconds: moment, offsetSeconds: 0).description == "2026-03-02")
    #expect(WallTime.date(utcMicroseconds: moment, offsetSeconds: 3_600).description == "2026-03-03")
    #expect(WallTime.secondOfDay(utcMicroseconds: moment, offsetSeconds: 0) == 84_600)
    #expect(WallTime.secondOfDay(utcMicroseconds: moment, offsetSeconds: 3_600) == 1_800)
    #expect(WallTime.secondOfDay(utcMicroseconds: -1, offsetSeconds: 0) == 86_399)
  }

  @Test func everyMomentHasAText() {
    let moments: [Int64] = [.min, .min + 1, .max - 1, .max]
    let offsets: [Int] = [.min, -89_999, 0, 93_599, .max]
    for moment in moments {
      for offset in offsets {
        #expect(!WallTime.iso8601(utcMicroseconds: moment, offsetSeconds: offset).isEmpty)
        #expect((0..<86_400).contains(WallTime.secondOfDay(utcMicroseconds: moment, offsetSeconds: offset)))
      }
    }
  }

  @Test(
    arguments: [
      ("1970-01-01T00:00:00", 0), ("2026-03-02T09:50:00", 1_772_445_000), ("1969-12-31T23:59:59", -1),
      ("9999-12-31T23:59:59", 253_402_300_799), ("0000-01-01T00:00:00", -62_167_219_200),
    ] as [(String, Int64)])
  func localSeconds(text: String, seconds: Int64) {
    #expect(WallTime.localSeconds(text) == seconds)
  }

  @Test(arguments: [
    "", "2026-03-02", "2026-03-02T09:50", "2026-03-02 09:50:00", "2026-03-02t09:50:00", "2026-03-02T24:00:00",
    "2026-03-02T09:60:00", "2026-03-02T09:50:60", "2026-03-02T09:50:00Z", "2026-03-02T09:50:00+01:00",
    "2026-03-02T9:50:000", "2026-02-30T09:50:00", "2026-03-02T09:50:0é", "2026-03-02T09-50-00", "2026-03-02T::::::::",
  ])
  func otherTextIsNoLocalTime(text: String) {
    #expect(WallTime.localSeconds(text) == nil)
  }

  @Test(arguments: [("00:00", 0), ("09:05", 32_700), ("23:59", 86_340)])
  func clockTimes(text: String, seconds: Int) {
    #expect(WallTime.secondOfDay(text) == seconds)
  }

  @Test(arguments: ["", "9:05", "24:00", "12:60", "12:5", "12:05:00", "1205", "12-05", " 12:05", "ab:cd", "-1:00", ":"])
  func otherTextIsNoClockTime(text: String) {
    #expect(WallTime.secondOfDay(text) == nil)
  }
}
