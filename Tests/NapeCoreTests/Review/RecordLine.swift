import NapeCore

/// A record of spans that follow each other, written down in minutes of the wall clock; one hour ahead of UTC.
struct RecordLine {
  static let offset = 3600
  private(set) var spans: [Span] = []
  private var wall: Microseconds
  private var boot: Microseconds = 0

  /// - Parameter start: `2026-03-02T09:00`
  init(_ start: String) { wall = Self.stamp(start).wall }

  mutating func add(_ kind: Span.Kind, _ minutes: Double, _ evidence: Evidence? = nil) {
    let usual: Evidence =
      switch kind {
      case .sitting: .input
      case .standing: .manual
      case .away: .locked
      case .unknown: .sourceLost
      }
    let length = Microseconds(minutes * Double(Microseconds.minute))
    spans.append(
      Span(
        kind: kind, evidence: evidence ?? usual,
        begin: Moment(boot: boot, monotonic: boot, wall: wall, offsetSeconds: Self.offset), length: length,
        bootID: "boot"))
    wall += length
    boot += length
  }

  static func of(_ start: String, _ parts: (Span.Kind, Double)...) -> [Span] {
    var line = RecordLine(start)
    for (kind, minutes) in parts { line.add(kind, minutes) }
    return line.spans
  }

  /// `2026-03-02T09:00`; what cannot be read is a mistake of the test.
  static func stamp(_ text: String) -> Stamp {
    let parts = text.split(separator: "T")
    guard parts.count == 2, let date = LocalDate(String(parts[0])),
      let second = WallTime.secondOfDay(String(parts[1]))
    else { preconditionFailure("no time: \(text)") }
    return Stamp(secondOfDay: second, of: date, in: .fixed(offsetSeconds: offset))
  }
}
