import Systemd

/// Whether the desktop asks that nobody be disturbed.
///
/// There is no common way to ask that, so each server is asked in its own, once when it comes; then it tells by itself. A
/// server that tells nothing, rubbish or an error does not mind. GNOME tells nobody: its shell files what it is given
/// away in silence, and needs nothing from us.
public final class DoNotDisturb {
  private let flags: [RemoteFlag]
  private let mako: RemoteFlag
  private let xfce: RemoteFlag
  private let xfceServer: RemoteFlag
  /// Whether the server is Xfce's; while there is none, whether the last one was.
  private var isXfces = false

  public private(set) var isOn = false
  /// Called from the loop, when ``isOn`` has changed.
  public var onChange: (Bool) -> Void = { _ in }

  /// - Parameter bus: the session bus, attached to a loop.
  public init(bus: Bus) {
    mako = MakoDoNotDisturb.flag(bus: bus)
    xfce = XfceDoNotDisturb.flag(bus: bus)
    xfceServer = XfceDoNotDisturb.serverFlag(bus: bus)
    flags =
      KDEDoNotDisturb.flags(bus: bus) + DunstDoNotDisturb.flags(bus: bus) + SwayncDoNotDisturb.flags(bus: bus) + [mako]
  }

  /// Begins; what is learnt comes from the loop.
  public func start() throws(Errno) {
    for flag in flags + [xfce, xfceServer] {
      flag.onChange = { [weak self] in self?.combine() }
      flag.onSettled = { [weak self] in self?.combine() }
      try flag.start()
    }
  }

  /// Asks a mako, which may not say when its modes change. It is asked along with what the daemon wakes up for, and so
  /// costs no wake-up of its own; what has changed is known some minutes later at most.
  public func askAgain() { if mako.hasAnswered { mako.ask() } }

  private func combine() {
    if xfceServer.isPresent, !xfceServer.isAsking { isXfces = xfceServer.isSet }
    let isOn = flags.contains(where: \.isSet) || (isXfces && xfce.isSet)
    guard isOn != self.isOn else { return }
    // Of a server that takes the place of another nothing is known until it answers.
    if !isOn, (flags + [xfceServer]).contains(where: \.isAsking) { return }
    self.isOn = isOn
    onChange(isOn)
  }
}
