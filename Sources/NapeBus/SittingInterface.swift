import NapeCore
import Systemd

/// `io.github.nape.Nape1.Sitting`: whether the person sits, since when, and how that is known.
public enum SittingInterface {
  public static func object(for daemon: any DaemonFace) -> BusObject {
    BusObject(
      path: BusName.path, interface: BusName.sitting,
      methods: [
        .init("SetPosture", [.init("posture", "s")]) { [weak daemon] arguments in
          guard let daemon, let word = arguments.first?.string else { return [] }
          guard let posture = Event.Posture(rawValue: word) else {
            throw BusError.invalid("posture is \"\(word)\": one of standing, sitting")
          }
          try daemon.perform(.posture(posture, .manual))
          return []
        }
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
}

extension BusValue {
  /// A time or length that is never negative on the bus; 0 stands for none.
  static func uint64(timestamp: Microseconds?) -> BusValue { .uint64(UInt64(max(0, timestamp ?? 0))) }
}
