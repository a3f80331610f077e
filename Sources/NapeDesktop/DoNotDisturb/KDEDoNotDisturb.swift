import Systemd

/// What KDE's notification server tells (Plasma 5.19 and later): do-not-disturb set by hand or by a program, and where the
/// person left that on (Plasma 6.4), a window over the whole screen, a shared or a mirrored screen.
///
/// Others of that name have no such property, and answer with an error.
enum KDEDoNotDisturb {
  static func flags(bus: Bus) -> [RemoteFlag] {
    [
      RemoteFlag(
        bus: bus, service: NotificationServer.busName, path: NotificationServer.path,
        interface: NotificationServer.busName, property: "Inhibited"
      ) { $0.bool ?? false }
    ]
  }
}
