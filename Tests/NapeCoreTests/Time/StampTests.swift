import NapeCore
import Testing

@Suite struct StampTests {
  @Test(arguments: [
    (0, 0), (1_772_458_200_000_000, 3600), (1_772_458_200_250_000, -12_600), (1, 3208), (-1, 0),
    (1_772_458_200_000_001, 50_400),
  ])
  func isReadAsItIsWritten(wall: Int64, offset: Int) {
    let stamp = Stamp(wall: wall, offsetSeconds: offset)
    #expect(Stamp(iso8601: stamp.iso8601) == stamp)
  }

  @Test func zuluIsNoOffset() {
    #expect(Stamp(iso8601: "2026-03-02T09:50:00Z") == Stamp(iso8601: "2026-03-02T09:50:00+00:00"))
  }

  @Test(arguments: [
    "", "2026-03-02", "2026-03-02T09:50:00", "2026-03-02T09:50+01:00", "2026-03-02 09:50:00+01:00",
    "2026-03-02T09:50:00.+01:00", "2026-03-02T09:50:00.1234567+01:00", "2026-03-02T09:50:00+0100",
    "2026-03-02T09:50:00+26:00", "2026-03-02T09:50:00+01:00 ", "2026-02-30T09:50:00Z", "2026-03-02T09:50:00\u{e9}01:00",
    "２026-03-02T09:50:00Z",
  ])
  func whatIsNoTimeIsRefused(text: String) {
    #expect(Stamp(iso8601: text) == nil)
  }
}
