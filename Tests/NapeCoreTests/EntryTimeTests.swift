import NapeCore
import Testing

@Suite struct EntryTimeTests {
  private let berlin = Zone(posix: "CET-1CEST,M3.5.0,M10.5.0/3") ?? .utc

  /// - Parameter seconds: UTC; 2026-11-25 14:32 in Berlin by itself.
  private func time(at seconds: Int64 = 1_795_613_520, afternoon: (Int, Int) = (43_200, 64_800)) -> EntryTime {
    EntryTime(now: Stamp(wall: .seconds(seconds), in: berlin), zone: berlin, afternoon: (afternoon.0, afternoon.1))
  }

  private func read(_ text: String, _ time: EntryTime? = nil) -> String? {
    (time ?? self.time()).onset(text).map { "\($0.at.iso8601) \($0.precision.rawValue)" }
  }

  @Test(arguments: [
    ("now", "2026-11-25T14:32:00+01:00 exact"),
    ("09:05", "2026-11-25T09:05:00+01:00 exact"),
    ("9:05", "2026-11-25T09:05:00+01:00 exact"),
    ("today 09:05", "2026-11-25T09:05:00+01:00 exact"),
    ("yesterday 23:40", "2026-11-24T23:40:00+01:00 exact"),
    ("2026-07-01 16:20", "2026-07-01T16:20:00+02:00 exact"),
    ("2026-07-01T16:20", "2026-07-01T16:20:00+02:00 exact"),
    ("yesterday", "2026-11-24T00:00:00+01:00 day"),
    ("2026-07-01", "2026-07-01T00:00:00+02:00 day"),
    ("morning", "2026-11-25T06:00:00+01:00 part-of-day"),
    ("yesterday night", "2026-11-24T00:00:00+01:00 part-of-day"),
    ("yesterday afternoon", "2026-11-24T12:00:00+01:00 part-of-day"),
    ("yesterday evening", "2026-11-24T18:00:00+01:00 part-of-day"),
    // Skipped: the first moment after the gap. Twice: the first.
    ("2026-03-29 02:30", "2026-03-29T03:00:00+02:00 exact"),
    ("2026-10-25 02:30", "2026-10-25T02:30:00+02:00 exact"),
  ])
  func timesAreReadAsPeopleWriteThem(text: String, onset: String) {
    #expect(read(text) == onset)
  }

  @Test(arguments: [
    "", " ", "24:00", "9", "9:5", "09:60", "tomorrow", "2026-02-30", "2026-11-25 ", "yesterday noon", "a b c", "-1:30",
    "14:30:00", "２:30", "99999999999",
  ])
  func anythingElseIsNot(text: String) {
    // A day with a blank behind it is a day.
    #expect(read(text) == (text == "2026-11-25 " ? "2026-11-25T00:00:00+01:00 day" : nil))
  }

  @Test func onlyAnHourIsAPointOfTime() {
    #expect(time().stamp("yesterday 23:40") != nil)
    #expect(time().stamp("yesterday") == nil)
    #expect(time().stamp("morning") == nil)
  }

  @Test func theAfternoonIsAsItIsSet() {
    let time = time(afternoon: (46_800, 61_200))
    #expect(read("afternoon", time) == "2026-11-25T13:00:00+01:00 part-of-day")
    #expect(read("evening", time) == "2026-11-25T17:00:00+01:00 part-of-day")
  }

  @Test func whatIsKnownLessWellBeginsWithItsPart() {
    let time = time()
    let at = Stamp(wall: .seconds(1_795_613_520), in: berlin)
    #expect(time.onset(at: at, .day).at.iso8601 == "2026-11-25T00:00:00+01:00")
    #expect(time.onset(at: at, .partOfDay).at.iso8601 == "2026-11-25T12:00:00+01:00")
    for precision in [Onset.Precision.exact, .quarterHour, .hour, .wokeWithIt] {
      #expect(time.onset(at: at, precision) == Onset(at: at, precision: precision))
    }
  }
}
