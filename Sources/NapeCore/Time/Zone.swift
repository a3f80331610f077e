/// A time zone: which offset from UTC its clocks have at which moment.
///
/// A value, made from the bytes of a TZif file or from a POSIX TZ string; it reads no file, no environment and no
/// process-wide state, so that any number of zones live side by side. Seconds are those of POSIX, without leap seconds.
public struct Zone: Hashable, Sendable {
  /// From `instant` on (UTC seconds since 1970-01-01T00:00:00Z), clocks are `offset` seconds east of Greenwich.
  struct Transition: Hashable, Sendable {
    let instant: Int64
    let offset: Int32
  }

  /// The rule that goes on where the transitions end.
  struct Tail: Hashable, Sendable {
    /// UTC seconds; the rule holds from this moment on.
    let start: Int64
    let rule: PosixRule
  }

  /// The offsets that a zone may have, in seconds east of Greenwich: RFC 9636 section 3.2, "SHOULD be more than −25
  /// hours and less than 26 hours". Files beyond it are refused.
  public static let offsetRange: ClosedRange<Int> = -89_999...93_599

  /// Coordinated Universal Time.
  public static let utc = Zone.fixed(offsetSeconds: 0)

  /// Seconds east of Greenwich before the first transition.
  private let initialOffset: Int32
  /// In ascending order; each changes the offset.
  let transitions: [Transition]
  private let tail: Tail?

  private init(initialOffset: Int32, transitions: [Transition], tail: Tail?) {
    (self.initialOffset, self.transitions, self.tail) = (initialOffset, transitions, tail)
  }

  /// A zone whose clocks never change.
  ///
  /// - Parameter offsetSeconds: seconds east of Greenwich; beyond ``offsetRange``, the nearest end of it.
  public static func fixed(offsetSeconds: Int) -> Zone {
    let offset = min(max(offsetSeconds, offsetRange.lowerBound), offsetRange.upperBound)
    return Zone(initialOffset: Int32(offset), transitions: [], tail: nil)
  }

  /// Reads a compiled time zone: TZif of version 1 to 4 (RFC 9636), as in `/usr/share/zoneinfo`.
  ///
  /// The transitions of a file that counts leap seconds (`right/…`) are converted to POSIX seconds, so that it agrees
  /// with its twin without them for as far as it reaches; such files have no footer.
  ///
  /// - Parameter bytes: the whole file. Bytes after its footer are ignored.
  /// - Throws: ``FormatError`` when the bytes are no such file. No input traps.
  public init(tzif bytes: [UInt8]) throws(FormatError) {
    let file = try TZifFile(bytes)
    var offset = file.initialOffset
    var transitions: [Transition] = []
    transitions.reserveCapacity(file.transitions.count)
    for transition in file.transitions where transition.offset != offset {
      transitions.append(transition)
      offset = transition.offset
    }
    self.init(
      initialOffset: file.initialOffset, transitions: transitions,
      tail: file.rule.map { Tail(start: file.transitions.last?.instant ?? .min, rule: $0) })
  }

  /// Reads a POSIX TZ string such as `CET-1CEST,M3.5.0,M10.5.0/3`; nil when it is not one.
  ///
  /// POSIX.1-2024 section 8.3, with the hours −167 … 167 of RFC 9636 section 3.3.1, and with the days forms `Jn` and
  /// `n`. Without days (`EST5EDT`), daylight saving follows `M3.2.0,M11.1.0`, as in glibc and in tzcode. The form `:name`
  /// names a file, which is the caller's to read.
  public init?(posix: String) {
    guard let rule = PosixRule(Array(posix.utf8)[...]) else { return nil }
    self.init(initialOffset: Int32(rule.standardOffset), transitions: [], tail: Tail(start: .min, rule: rule))
  }

  /// Seconds east of Greenwich that clocks have at a moment: within ``offsetRange``.
  ///
  /// Before the first transition this is the file's first local time type, in most zones the local mean time of the
  /// zone's namesake; after the last one it follows the footer, or stays when there is none (RFC 9636 section 3.2).
  ///
  /// - Parameter seconds: UTC seconds since 1970-01-01T00:00:00Z; any value.
  public func offset(atUTC seconds: Int64) -> Int {
    if let tail, seconds >= tail.start { return tail.rule.offset(atUTC: seconds) }
    let passed = transitionCount(upTo: seconds)
    return Int(passed == 0 ? initialOffset : transitions[passed - 1].offset)
  }

  /// The first moment at which clocks show `seconds`, or, when they skip it, the first moment after the gap.
  ///
  /// Put differently: the first moment at which clocks show that time or a later one. A local time that comes twice is
  /// so the first of the two.
  ///
  /// - Parameter seconds: local seconds since 1970-01-01T00:00:00 on the same local clock; any value.
  /// - Returns: UTC seconds since 1970-01-01T00:00:00Z; at the ends of `Int64`, the nearest value that exists.
  public func utc(local seconds: Int64) -> Int64 {
    // No clock is further ahead than this, so none shows the time yet.
    var start = seconds.saturatingSubtract(Int64(Zone.offsetRange.upperBound))
    while true {
      // From `start` to the next change clocks run evenly, and before `start` none showed the time or a later one.
      let candidate = max(start, seconds.saturatingSubtract(Int64(offset(atUTC: start))))
      guard let next = nextChange(after: start), next <= candidate else { return candidate }
      start = next
    }
  }

  /// The first moment of a local day, in UTC seconds since 1970-01-01T00:00:00Z.
  ///
  /// Where midnight is skipped, the moment after the gap; where it comes twice, the first. A day that is skipped as a
  /// whole (30 December 2011 in Apia) begins with the next and is empty.
  public func startOfDay(_ date: LocalDate) -> Int64 {
    utc(local: Int64(date.daysSinceEpoch).saturatingMultiply(by: WallTime.secondsPerDay))
  }

  /// The next moment after `seconds` at which the offset may change; nil when it stays for good.
  func nextChange(after seconds: Int64) -> Int64? {
    let passed = transitionCount(upTo: seconds)
    if passed < transitions.count { return transitions[passed].instant }
    guard let tail else { return nil }
    return seconds < tail.start ? tail.start : tail.rule.nextChange(after: seconds)
  }

  /// How many transitions lie at or before a moment.
  private func transitionCount(upTo seconds: Int64) -> Int {
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle].instant <= seconds { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
