/// A UUID of version 7 (RFC 9562): unique across machines, and by time.
enum RecordID {
  /// - Parameter utcMicroseconds: now.
  static func make(utcMicroseconds: Int64) -> [UInt8] {
    var bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
    let milliseconds = UInt64(clamping: utcMicroseconds / 1000)
    for index in 0..<6 { bytes[index] = UInt8(truncatingIfNeeded: milliseconds >> (40 - 8 * UInt64(index))) }
    bytes[6] = 0x70 | bytes[6] & 0x0f
    bytes[8] = 0x80 | bytes[8] & 0x3f
    return bytes
  }
}
