import Systemd

/// What logind tells of inhibitors: of programs that know no desktop, and of whole machines.
enum LogindInhibitors {
  static let service = "org.freedesktop.login1"

  /// - Parameter bus: the system bus.
  static func flag(bus: Bus) -> RemoteFlag {
    RemoteFlag(
      bus: bus, service: service, path: "/org/freedesktop/login1", interface: service + ".Manager",
      property: "BlockInhibited"
    ) { $0.string?.split(separator: ":").contains("idle") == true }
  }
}
