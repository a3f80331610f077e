import Glibc
import Testing

@testable import NapeCore

/// Every zone of the database against the C library. Serialised, because `TZ` belongs to the whole process.
@Suite(.serialized) struct ZoneOracleTests {
  private static let firstMoment: Int64 = -4_000_000_000  // 1843
  private static let lastMoment: Int64 = 17_000_000_000  // 2508

  /// Seconds east of Greenwich, by glibc under the present `TZ`.
  private func glibcOffset(_ seconds: Int64) -> Int? {
    var time = time_t(seconds)
    var parts = tm()
    return localtime_r(&time, &parts) == nil ? nil : parts.tm_gmtoff
  }

  private func withTimeZones(_ body: (_ name: String, _ zone: Zone) throws -> Void) throws {
    let previous = getenv("TZ").map { String(cString: $0) }
    defer {
      if let previous { setenv("TZ", previous, 1) } else { unsetenv("TZ") }
      tzset()
    }
    for name in try ZoneInfo.names() {
      let zone = try ZoneInfo.zone(name)
      setenv("TZ", ":\(ZoneInfo.directory)/\(name)", 1)
      tzset()
      try body(name, zone)
    }
  }

  @Test func everyZoneAgreesWithGlibc() throws {
    var generator = SplitMix(seed: 0x676C_6962)
    var zones = 0
    var instants = 0
    var differences = 0
    try withTimeZones { name, zone in
      zones += 1
      var moments = (0..<400).map { _ in Int64.random(in: Self.firstMoment...Self.lastMoment, using: &generator) }
      for transition in zone.transitions { moments += [transition.instant - 1, transition.instant] }
      // Two changes a year of the footer, in some twenty years.
      var change: Int64 = Int64.random(in: 2_200_000_000..<15_000_000_000, using: &generator)
      for _ in 0..<40 {
        guard let next = zone.nextChange(after: change) else { break }
        moments += [next - 1, next]
        change = next
      }
      for moment in moments {
        guard let expected = glibcOffset(moment) else { continue }
        instants += 1
        let found = zone.offset(atUTC: moment)
        if found != expected {
          differences += 1
          if differences <= 20 { Issue.record("\(name) at \(moment): \(found), glibc says \(expected)") }
        }
      }
    }
    #expect(differences == 0)
    #expect(zones > 300)
    #expect(instants > 400 * zones)
  }

  /// By its definition: no clock shows `local` or later before the moment that is returned, and then it does.
  @Test(arguments: [
    "Europe/Berlin", "America/New_York", "Pacific/Apia", "America/St_Johns", "Asia/Manila", "America/Juneau",
    "Africa/Monrovia", "Antarctica/Troll", "Asia/Gaza", "Africa/Casablanca", "America/Sao_Paulo", "Pacific/Kwajalein",
  ])
  func utcIsTheFirstMoment(name: String) throws {
    var generator = SplitMix(seed: 0x6C6F_6361)
    let zone = try ZoneInfo.zone(name)
    func local(_ utc: Int64) -> Int64 { utc + Int64(zone.offset(atUTC: utc)) }
    var changes = zone.transitions.map(\.instant)
    for _ in 0..<20 {
      guard let next = zone.nextChange(after: changes.last ?? 0) else { break }
      changes.append(next)
    }
    for change in changes {
      for _ in 0..<8 {
        let wanted = local(change) + Int64.random(in: -100_000...100_000, using: &generator)
        let found = zone.utc(local: wanted)
        #expect(local(found) >= wanted)
        #expect(local(found - 1) < wanted)
        if local(found) > wanted { #expect(changes.contains(found)) }
        // Between changes clocks only go forward, so the end of each stretch is its latest local time.
        for earlier in changes where earlier <= found && earlier > wanted - 200_000 {
          #expect(local(earlier - 1) < wanted)
        }
      }
    }
  }
}
