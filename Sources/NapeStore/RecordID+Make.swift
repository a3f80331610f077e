import NapeCore

extension RecordID {
  /// A UUID of version 7 (RFC 9562): unique across machines, and by time.
  ///
  /// - Parameter utcMicroseconds: now.
  public static func make(utcMicroseconds: Int64) -> RecordID {
    let milliseconds = UInt64(clamping: utcMicroseconds / 1000)
    return RecordID(
      high: milliseconds << 16 | 0x7000 | .random(in: 0...0x0fff), low: 1 << 63 | .random(in: 0..<1 << 62))
  }
}
