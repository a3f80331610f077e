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

  /// When it was made: UTC in µs; `nil` for a UUID of another version, which does not tell.
  var made: Microseconds? {
    guard bytes[6] >> 4 == 7 else { return nil }
    return bytes[..<6].reduce(0) { $0 << 8 | Microseconds($1) } * 1000
  }
}
