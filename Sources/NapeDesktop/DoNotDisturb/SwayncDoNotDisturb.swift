import Systemd

/// What the notification centre of sway tells: do-not-disturb, and whether a program keeps notifications back.
enum SwayncDoNotDisturb {
  static let service = "org.erikreider.swaync.cc"
  static let path = "/org/erikreider/swaync/cc"

  static func flags(bus: Bus) -> [RemoteFlag] {
    // `SubscribeV2` (0.8 and later) carries a count, do-not-disturb, whether the centre is open, and the inhibition;
    // `Subscribe`, before it, a count and do-not-disturb.
    func flag(_ member: String, _ signals: [(name: String, position: Int)]) -> RemoteFlag {
      RemoteFlag(
        bus: bus,
        .init(service: service, path: path, interface: service, member: member, meaning: { $0.first?.bool }),
        signals.map { signal in
          .init(interface: service, member: signal.name) { values in
            guard signal.position < values.count, let value = values[signal.position].bool else { return .nothing }
            return .value(value)
          }
        })
    }
    return [flag("GetDnd", [("SubscribeV2", 1), ("Subscribe", 1)]), flag("IsInhibited", [("SubscribeV2", 3)])]
  }
}
