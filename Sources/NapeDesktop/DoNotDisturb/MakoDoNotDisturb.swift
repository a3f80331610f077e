import Systemd

/// What mako tells of its modes. The person names them in mako's settings; these are the names of its manual.
///
/// Later versions say when they have changed, 1.7 (Debian 12) does not: ``DoNotDisturb/askAgain()``.
enum MakoDoNotDisturb {
  static let path = "/fr/emersion/Mako"
  static let interface = "fr.emersion.Mako"
  static let names: Set<String> = ["do-not-disturb", "dnd"]

  static func flag(bus: Bus) -> RemoteFlag {
    RemoteFlag(
      bus: bus,
      .init(
        service: NotificationServer.busName, path: path, interface: interface, member: "ListModes",
        meaning: { $0.first?.strings.map(isOn) }),
      [
        .init(interface: "org.freedesktop.DBus.Properties", member: "PropertiesChanged") { values in
          guard values.count == 3, values[0].string == interface else { return .nothing }
          if let modes = values[1].dictionary?["Modes"]?.strings { return .value(isOn(modes)) }
          return values[2].strings?.contains("Modes") == true ? .changed : .nothing
        }
      ])
  }

  private static func isOn(_ modes: [String]) -> Bool { !names.isDisjoint(with: modes) }
}
