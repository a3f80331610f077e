import Systemd

/// Whether GNOME (48 and later) reminds of breaks by itself.
public final class GnomeBreakReminders {
  private let flag: RemoteFlag

  /// Called from the loop, when that has changed.
  public var onChange: (Bool) -> Void = { _ in }

  /// - Parameter bus: the session bus, attached to a loop.
  public init(bus: Bus) {
    // Beyond 0 (off), GNOME's code and its documentation differ in what the numbers mean.
    flag = RemoteFlag(
      bus: bus, service: "org.gnome.Shell", path: "/org/gnome/Shell/ScreenTime",
      interface: "org.gnome.Shell.ScreenTime", property: "State"
    ) { ($0.uint32 ?? 0) != 0 }
  }

  /// Begins; what is learnt comes from the loop.
  public func start() throws(Errno) {
    flag.onChange = { [weak self] in self.map { $0.onChange($0.flag.isSet) } }
    try flag.start()
  }

  public var areOn: Bool { flag.isSet }
}
