import NapeCore
import Systemd

/// `io.github.nape.Nape1.Sitting`: whether the person sits, since when, and how that is known.
public enum SittingInterface {
  /// The longest that a report may be valid: a reporter that still knows says so again.
  static let longestReport: Microseconds = 4 * .hour

  public static func object(for daemon: any DaemonFace) -> BusObject {
    BusObject(
      path: BusName.path, interface: BusName.sitting,
      methods: [
        .init("ReportPresence", [.init("reporter", "s"), .init("state", "s"), .init("valid_usec", "t")]) {
          [weak daemon] arguments in
          try daemon?.perform(try report(arguments))
          return []
        },
        .init("SetPosture", [.init("posture", "s")]) { [weak daemon] arguments in
          guard let daemon, let word = arguments.first?.string else { return [] }
          guard let posture = Event.Posture(rawValue: word) else {
            throw BusError.invalid("posture is \"\(word)\": one of standing, sitting")
          }
          try daemon.perform(.posture(posture))
          return []
        },
      ],
      properties: [
        .init("State", "s", .emitted) { [weak daemon] in .string(daemon?.status.kind.rawValue ?? "") },
        .init("Evidence", "s", .emitted) { [weak daemon] in .string(daemon?.status.evidence.rawValue ?? "") },
        .init("SinceTimestamp", "t", .emitted) { [weak daemon] in .uint64(timestamp: daemon?.status.since.wall) },
        .init("BoutUSec", "t", .silent) { [weak daemon] in .uint64(timestamp: daemon?.status.bout) },
        .init("TodayUSec", "t", .silent) { [weak daemon] in .uint64(timestamp: daemon?.status.today) },
        .init("Source", "s", .emitted) { [weak daemon] in .string(daemon?.sourceName ?? "") },
        .init("Quality", "s", .emitted) { [weak daemon] in .string(daemon?.quality.rawValue ?? "") },
      ],
      signals: [])
  }

  /// - Throws: ``BusError/invalid(_:)`` for what no report can hold.
  private static func report(_ arguments: [BusValue]) throws(BusError) -> Event {
    guard arguments.count == 3, let reporter = arguments[0].string, let word = arguments[1].string,
      let length = arguments[2].uint64
    else { throw BusError.invalid("reporter, state and valid_usec are needed") }
    guard (1...64).contains(reporter.utf8.count) else {
      throw BusError.invalid("reporter has \(reporter.utf8.count) bytes: a name of 1 to 64")
    }
    if word == Span.Kind.unknown.rawValue { return .reportWithdrawn(by: reporter) }
    guard let state = Report.State(rawValue: word) else {
      throw BusError.invalid("state is \"\(word)\": one of sitting, standing, away; or unknown, to take a report back")
    }
    guard (UInt64(Microseconds.second)...UInt64(longestReport)).contains(length) else {
      throw BusError.invalid("valid_usec is \(length): from 1000000 (1 s) to \(longestReport) (4 h)")
    }
    return .report(by: reporter, state, validFor: Microseconds(length))
  }
}

extension BusValue {
  /// A time or length that is never negative on the bus; 0 stands for none.
  static func uint64(timestamp: Microseconds?) -> BusValue { .uint64(UInt64(max(0, timestamp ?? 0))) }
}
