import Systemd

/// What Xfce's settings tell. They say nothing of another server in the place of Xfce's.
enum XfceDoNotDisturb {
  static let settings = "org.xfce.Xfconf"
  static let path = "/org/xfce/Xfconf"
  /// What Xfce's notification server says that it is. (It has another name on the bus too, but not in all versions.)
  static let serverName = "Xfce Notify Daemon"
  private static let channel = "xfce4-notifyd"
  private static let property = "/do-not-disturb"

  /// Whether the notification server is Xfce's.
  static func serverFlag(bus: Bus) -> RemoteFlag {
    RemoteFlag(
      bus: bus,
      .init(
        service: NotificationServer.busName, path: NotificationServer.path, interface: NotificationServer.busName,
        member: "GetServerInformation", meaning: { $0.first?.string == serverName }),
      [])
  }

  static func flag(bus: Bus) -> RemoteFlag {
    func isOurs(_ values: [BusValue]) -> Bool {
      values.count >= 2 && values[0].string == channel && values[1].string == property
    }
    return RemoteFlag(
      bus: bus,
      .init(
        service: settings, path: path, interface: settings, member: "GetProperty",
        arguments: [.string(channel), .string(property)], meaning: { $0.first?.unwrapped.bool }),
      [
        .init(interface: settings, member: "PropertyChanged") { values in
          guard isOurs(values), values.count == 3 else { return .nothing }
          return .value(values[2].unwrapped.bool ?? false)
        },
        .init(interface: settings, member: "PropertyRemoved") { isOurs($0) ? .value(false) : .nothing },
      ])
  }
}
