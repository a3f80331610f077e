import NapeCore
import Testing

/// Files that are cut or damaged are refused or give some zone; they never trap.
@Suite struct ZoneMutationTests {
  private static let names = ["Europe/Berlin", "Africa/Casablanca", "Antarctica/Troll", "Asia/Gaza", "Etc/UTC"]

  private func exercise(_ bytes: [UInt8], _ generator: inout SplitMix) -> Bool {
    guard let zone = try? Zone(tzif: bytes) else { return false }
    let some: [Int64] = [
      .min, -4_000_000_000, 0, 1_772_441_400, 4_000_000_000, .max, Int64(bitPattern: generator.next()),
    ]
    for seconds in some {
      guard Zone.offsetRange.contains(zone.offset(atUTC: seconds)) else { return false }
      _ = zone.utc(local: seconds)
    }
    return true
  }

  @Test(arguments: names) func everyTruncation(name: String) throws {
    let bytes = try ZoneInfo.bytes(name)
    for length in 0..<bytes.count {
      #expect(throws: Zone.FormatError.self) { try Zone(tzif: Array(bytes[..<length])) }
    }
  }

  @Test(arguments: names) func thousandsOfMutations(name: String) throws {
    var generator = SplitMix(seed: 0x6E61_7065)
    let original = try ZoneInfo.bytes(name)
    var accepted = 0
    for _ in 0..<2_000 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        // Headers and footers, at both ends, are hit more often than their share.
        let place =
          switch Int.random(in: 0..<4, using: &generator) {
          case 0: Int.random(in: 0..<44, using: &generator)
          case 1: Int.random(in: bytes.count - 40..<bytes.count, using: &generator)
          default: Int.random(in: 0..<bytes.count, using: &generator)
          }
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: bytes[place] = 0
        case 1: bytes[place] = 0xFF
        case 2: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 3: bytes[place] = UInt8(ascii: "0") + UInt8.random(in: 0..<10, using: &generator)
        default: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        }
      }
      if Int.random(in: 0..<20, using: &generator) == 0 {
        bytes.removeSubrange(Int.random(in: 50..<bytes.count - 40, using: &generator)..<bytes.count - 40)
      }
      if exercise(bytes, &generator) { accepted += 1 }
    }
    #expect(accepted > 0)
  }

  @Test func mutatedRules() {
    var generator = SplitMix(seed: 0x7275_6C65)
    let alphabet = Array("CETcest<>+-0123456789,.:/MJ \n".utf8)
    let originals = [
      "CET-1CEST,M3.5.0,M10.5.0/3", "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "XXX3EDT4,0/0,J365/23", "EST5EDT",
    ]
    var accepted = 0
    for round in 0..<20_000 {
      var bytes = Array(originals[round % originals.count].utf8)
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0 where bytes.count > 1: bytes.remove(at: place)
        case 1: bytes.insert(alphabet[Int.random(in: 0..<alphabet.count, using: &generator)], at: place)
        default: bytes[place] = alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
        }
      }
      guard let zone = Zone(posix: String(decoding: bytes, as: UTF8.self)) else { continue }
      accepted += 1
      let seconds = Int64(bitPattern: generator.next())
      #expect(Zone.offsetRange.contains(zone.offset(atUTC: seconds)))
      _ = zone.utc(local: seconds % 100_000_000_000)
    }
    #expect(accepted > 1_000)
  }
}
