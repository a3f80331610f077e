import Systemd

/// What KDE's policy agent tells of inhibitors.
enum KDEInhibitors {
  static let service = "org.kde.Solid.PowerManagement.PolicyAgent"

  /// Those that keep the screen as it is; others keep the machine from sleep, or the session from ending.
  private static let changeScreenSettings: UInt32 = 4

  /// Its signals tell which programs hold inhibitors, but not of which kind: it is asked anew.
  static func flag(bus: Bus) -> RemoteFlag {
    RemoteFlag(
      bus: bus,
      .init(
        service: service, path: "/org/kde/Solid/PowerManagement/PolicyAgent", interface: service,
        member: "HasInhibition", arguments: [.uint32(changeScreenSettings)], meaning: { $0.first?.bool }),
      [
        .init(interface: service, member: "InhibitionsChanged") { _ in .changed },
        .init(interface: "org.freedesktop.DBus.Properties", member: "PropertiesChanged") { _ in .changed },
      ])
  }
}
