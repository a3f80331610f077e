import Systemd

/// Whether a screen saver is active: the screen is locked or blank, and nobody works at it.
///
/// logind's hint tells the same on most desktops, but not on all. What a desktop does not offer, or answers with an error
/// (GNOME's `org.freedesktop.ScreenSaver` does), is not active.
public final class ScreenSavers {
  /// The services and their objects. The first of KDE's is the specification's, the other its own.
  private static let known = [
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
    ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
  ]

  private let flags: [RemoteFlag]

  public private(set) var isActive = false
  /// Called from the loop, when ``isActive`` has changed.
  public var onChange: (Bool) -> Void = { _ in }

  /// - Parameter bus: the session bus, attached to a loop.
  public init(bus: Bus) {
    flags = Self.known.map { service, path in
      RemoteFlag(
        bus: bus,
        .init(
          service: service, path: path, interface: service, member: "GetActive", meaning: { $0.first?.bool }),
        [.init(interface: service, member: "ActiveChanged") { ($0.first?.bool).map { .value($0) } ?? .changed }])
    }
  }

  /// Begins; what is learnt comes from the loop.
  public func start() throws(Errno) {
    for flag in flags {
      flag.onChange = { [weak self] in self?.combine() }
      try flag.start()
    }
  }

  /// The services that are there.
  public var present: [String] { services(\.isPresent) }
  /// The services that say that they are active.
  public var active: [String] { services(\.isSet) }

  private func services(_ condition: (RemoteFlag) -> Bool) -> [String] {
    flags.filter(condition).reduce(into: []) { names, flag in
      if names.last != flag.serviceName { names.append(flag.serviceName) }
    }
  }

  private func combine() {
    let isActive = flags.contains(where: \.isSet)
    guard isActive != self.isActive else { return }
    self.isActive = isActive
    onChange(isActive)
  }
}
