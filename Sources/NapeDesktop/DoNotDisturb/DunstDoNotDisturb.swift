import Systemd

/// What dunst tells of its pause: a yes or no, and since 1.12 a level, above 0 of which it holds prompts such as ours.
enum DunstDoNotDisturb {
  private static let interface = "org.dunstproject.cmd0"

  static func flags(bus: Bus) -> [RemoteFlag] {
    func flag(_ property: String, _ isSet: @escaping (BusValue) -> Bool) -> RemoteFlag {
      RemoteFlag(
        bus: bus, service: NotificationServer.busName, path: NotificationServer.path, interface: interface,
        property: property, isSet: isSet)
    }
    return [flag("paused") { $0.bool ?? false }, flag("pauseLevel") { ($0.uint32 ?? 0) > 0 }]
  }
}
