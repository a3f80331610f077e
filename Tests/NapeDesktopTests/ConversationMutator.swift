/// Damages a conversation, in the same way for the same seed.
struct ConversationMutator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// Changes, cuts out, doubles or inserts in a few places.
  mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...6, using: &self) where !bytes.isEmpty {
      let at = Int.random(in: bytes.indices, using: &self)
      let end = min(bytes.count, at + Int.random(in: 1...24, using: &self))
      switch Int.random(in: 0..<7, using: &self) {
      case 0: bytes[at] = UInt8.random(in: 0...255, using: &self)
      case 1: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &self)
      case 2: bytes.removeSubrange(at..<end)
      case 3: bytes.insert(contentsOf: bytes[at..<end], at: at)
      case 4:
        let word = [0, 1, 2, 3, 8, 12, 0xFFFF, 0xFFFF_FFFF, 0xFFFC_0000, 0x8_0001].randomElement(using: &self) ?? 0
        let place = at & ~3
        withUnsafeBytes(of: UInt32(word)) { bytes.replaceSubrange(place..<min(bytes.count, place + 4), with: $0) }
      case 5: bytes.removeSubrange(at...)
      default: bytes.swapAt(at, bytes.count - 1)
      }
    }
    return bytes
  }
}
