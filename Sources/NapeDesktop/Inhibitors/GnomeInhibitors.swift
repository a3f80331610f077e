import Systemd

/// What GNOME's session manager tells of inhibitors.
enum GnomeInhibitors {
  static let service = "org.gnome.SessionManager"

  /// The flag of those that keep the session from being marked as idle; others keep it from ending, or from sleep.
  private static let idle: UInt32 = 8

  static func flag(bus: Bus) -> RemoteFlag {
    RemoteFlag(
      bus: bus, service: service, path: "/org/gnome/SessionManager", interface: service, property: "InhibitedActions"
    ) { ($0.uint32 ?? 0) & idle != 0 }
  }
}
