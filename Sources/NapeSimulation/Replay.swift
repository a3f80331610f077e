import NapeCore

/// A trace as single steps, for a daemon that is run on it (`nape demo`).
///
/// Clock steps, zone changes, settings and restarts are a simulation's alone and are refused here.
public struct Replay {
  public struct Step {
    /// Boot time from the start.
    public let t: Microseconds
    public let event: Event
  }

  /// Local time at the start, in seconds as if it were UTC, and the zone's name.
  public let start: Int64
  public let zoneName: String
  public let steps: [Step]
  /// When the trace ends.
  public let end: Microseconds

  public init(file: String, bytes: [UInt8]) throws(TraceError) {
    var reader = TraceReader(file: file)
    var header: TraceReader.Header?
    var steps: [Step] = []
    var end: Microseconds = 0
    for line in bytes.split(separator: 0x0a, omittingEmptySubsequences: false) {
      guard header != nil else {
        header = try reader.header(line)
        continue
      }
      guard let line = try reader.line(line) else { continue }
      end = line.t
      if let event = line.event.engineEvent(at: line.t) {
        steps.append(Step(t: line.t, event: event))
      } else if case .end = line.event {
        break
      } else {
        throw TraceError(
          file: file, line: line.number, what: "this event cannot be replayed",
          allowed: "input, inhibited, dnd, session, sleep, source, posture, respond, day, command, end")
      }
    }
    guard let header else { throw TraceError(file: file, line: 1, what: "the trace is empty", allowed: "a header") }
    (start, zoneName, self.steps, self.end) = (header.start, header.zone, steps, end)
  }
}
