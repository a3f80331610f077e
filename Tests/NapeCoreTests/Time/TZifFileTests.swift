import Testing

@testable import NapeCore

@Suite struct TZifFileTests {
  private static let twoTypes = [
    TZifBuilder.LocalTimeType(offset: 3_600), TZifBuilder.LocalTimeType(offset: 7_200, isDaylight: 1),
  ]

  private func expect(_ error: Zone.FormatError, _ builder: TZifBuilder) {
    #expect(throws: error) { try Zone(tzif: builder.bytes) }
  }

  @Test func slimFileWithFooter() throws {
    let zone = try Zone(
      tzif: TZifBuilder(types: TZifFileTests.twoTypes, transitions: [(1_000, 1)], footer: "CET-1").bytes)
    #expect(zone.offset(atUTC: 999) == 3_600)
    #expect(zone.offset(atUTC: 1_000) == 3_600)
    #expect(zone.utc(local: 4_600) == 1_000)
  }

  @Test func withoutFooterTheLastTransitionStays() throws {
    let zone = try Zone(tzif: TZifBuilder(types: TZifFileTests.twoTypes, transitions: [(1_000, 1)]).bytes)
    #expect(zone.offset(atUTC: 999) == 3_600)
    #expect(zone.offset(atUTC: 1_000) == 7_200)
    #expect(zone.offset(atUTC: .max) == 7_200)
    #expect(zone.utc(local: 6_000) == 1_000)
  }

  @Test func withoutTransitionsTheFooterHoldsAlways() throws {
    let zone = try Zone(tzif: TZifBuilder(footer: "JST-9").bytes)
    #expect(zone.offset(atUTC: .min) == 32_400)
    #expect(zone.offset(atUTC: .max) == 32_400)
  }

  @Test func version1HasNoFooter() throws {
    let builder = TZifBuilder(version: 0, types: TZifFileTests.twoTypes, transitions: [(-1_000, 1), (1_000, 0)])
    let zone = try Zone(tzif: builder.bytes)
    #expect(zone.offset(atUTC: -1_001) == 3_600)
    #expect(zone.offset(atUTC: -1_000) == 7_200)
    #expect(zone.offset(atUTC: 1_000) == 3_600)
  }

  @Test func version1DataOfARealFile() throws {
    var bytes = try ZoneInfo.bytes("Europe/Berlin")
    let whole = try Zone(tzif: bytes)
    guard bytes[35] > 0 else { return }  // Written by `zic -b slim`: there is no such data.
    bytes[4] = 0
    let old = try Zone(tzif: bytes)
    for seconds in stride(from: Int64(0), to: 2_100_000_000, by: 1_000_003) {
      #expect(old.offset(atUTC: seconds) == whole.offset(atUTC: seconds))
    }
  }

  @Test func laterVersionsAreReadAsVersion2() throws {
    for version in [UInt8(ascii: "3"), UInt8(ascii: "4"), UInt8(ascii: "5")] {
      #expect(try Zone(tzif: TZifBuilder(version: version, footer: "JST-9").bytes).offset(atUTC: 0) == 32_400)
    }
  }

  @Test func leapSecondsAreTakenOut() throws {
    let zone = try Zone(
      tzif: TZifBuilder(
        types: TZifFileTests.twoTypes, transitions: [(500, 1), (1_001, 0), (2_002, 1)],
        leapSeconds: [(600, 1), (1_500, 2)]
      ).bytes)
    for (change, offset) in [(500, 7_200), (1_000, 3_600), (2_000, 7_200)] as [(Int64, Int)] {
      #expect(zone.offset(atUTC: change - 1) == 10_800 - offset)
      #expect(zone.offset(atUTC: change) == offset)
    }
  }

  @Test func filesWithLeapSecondsAgreeWithTheirTwins() throws {
    for name in ["Europe/Berlin", "America/New_York", "Africa/Casablanca", "Etc/UTC"] {
      // Not every distribution ships them.
      guard let bytes = try? ZoneInfo.bytes("right/\(name)") else { continue }
      let (zone, twin) = (try Zone(tzif: bytes), try ZoneInfo.zone(name))
      // They have no footer and end some months after they were made.
      for change in twin.transitions.map(\.instant) where change < 1_735_689_600 {
        #expect(zone.offset(atUTC: change - 1) == twin.offset(atUTC: change - 1), "\(name) before \(change)")
        #expect(zone.offset(atUTC: change) == twin.offset(atUTC: change), "\(name) at \(change)")
      }
    }
  }

  @Test func transitionsThatChangeNothingAreTheSameZone() throws {
    let plain = TZifBuilder(types: TZifFileTests.twoTypes, transitions: [(0, 1), (10, 0)])
    let repeated = TZifBuilder(types: TZifFileTests.twoTypes, transitions: [(-9, 0), (0, 1), (5, 1), (10, 0), (11, 0)])
    #expect(try Zone(tzif: plain.bytes) == Zone(tzif: repeated.bytes))
  }

  @Test func whatIsRefused() {
    #expect(throws: Zone.FormatError.truncated) { try Zone(tzif: []) }
    #expect(throws: Zone.FormatError.notTZif) { try Zone(tzif: [UInt8](repeating: 0, count: 100)) }
    expect(.unknownVersion(UInt8(ascii: "1")), TZifBuilder(version: UInt8(ascii: "1")))
    expect(.inconsistent, TZifBuilder(types: []))
    expect(.inconsistent, TZifBuilder(types: Array(repeating: TZifBuilder.LocalTimeType(offset: 0), count: 257)))
    expect(.inconsistent, TZifBuilder(names: []))
    expect(.inconsistent, TZifBuilder(indicatorCount: 2))
    expect(.inconsistent, TZifBuilder(transitions: [(0, 1)]))
    expect(.inconsistent, TZifBuilder(transitions: [(5, 0), (5, 0)]))
    expect(.inconsistent, TZifBuilder(transitions: [(5, 0), (4, 0)]))
    expect(.inconsistent, TZifBuilder(leapSeconds: [(5, 1), (5, 2)]))
    expect(.inconsistent, TZifBuilder(types: [TZifBuilder.LocalTimeType(offset: 93_600)]))
    expect(.inconsistent, TZifBuilder(types: [TZifBuilder.LocalTimeType(offset: .min)]))
    expect(.inconsistent, TZifBuilder(types: [TZifBuilder.LocalTimeType(offset: 0, isDaylight: 2)]))
    expect(.inconsistent, TZifBuilder(types: [TZifBuilder.LocalTimeType(offset: 0, nameIndex: 4)]))
    expect(.truncated, TZifBuilder(footer: nil))
    expect(.invalidFooter, TZifBuilder(footer: "Europe/Berlin"))
    #expect(throws: Zone.FormatError.truncated) { try Zone(tzif: TZifBuilder(footer: "JST-9").bytes.dropLast()) }
  }

  @Test func extremeTimes() throws {
    let zone = try Zone(
      tzif: TZifBuilder(
        types: [TZifBuilder.LocalTimeType(offset: -89_999), TZifBuilder.LocalTimeType(offset: 93_599)],
        transitions: [(.min, 1), (0, 0), (.max, 1)], leapSeconds: [(.min, 1)],
        footer: "AAA-24:59:59BBB,J1/-167,J365/167"
      ).bytes)
    let ends: [Int64] = [.min, .min + 1, -1, 0, 1, .max - 1, .max]
    for seconds in ends {
      #expect(Zone.offsetRange.contains(zone.offset(atUTC: seconds)))
      _ = zone.utc(local: seconds)
    }
  }
}
