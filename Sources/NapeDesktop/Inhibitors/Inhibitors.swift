import NapeCore
import Systemd

/// Whether something keeps the screen awake: a film, a call, a talk that is given.
///
/// Desktops tell that in several ways, and one will do: GNOME's session manager, KDE's policy agent, logind; and some
/// compositors, which only a presence source can ask (``noteCompositor(_:since:)``). Whoever has gone holds nothing.
public final class Inhibitors {
  private let now: () -> Microseconds
  private let flags: [RemoteFlag]
  private var compositorHolds = false
  /// When one was last released, of several that were held.
  private var lastRelease: Microseconds = .min

  /// Something keeps the screen awake from now on, or nothing since a boot time that may have passed.
  public var onChange: (_ held: Bool, _ since: Microseconds) -> Void = { _, _ in }

  public private(set) var isHeld = false

  /// - Parameters:
  ///   - session: the session bus, attached to a loop.
  ///   - system: the system bus, likewise; `nil` where there is none.
  ///   - now: CLOCK_BOOTTIME.
  public init(session: Bus, system: Bus?, now: @escaping () -> Microseconds) {
    self.now = now
    flags =
      [GnomeInhibitors.flag(bus: session), KDEInhibitors.flag(bus: session)]
      + (system.map { [LogindInhibitors.flag(bus: $0)] } ?? [])
  }

  /// Begins; what is learnt comes from the loop.
  public func start() throws(Errno) {
    for flag in flags {
      flag.onChange = { [weak self] in self.map { $0.combine(since: $0.now()) } }
      try flag.start()
    }
  }

  /// Who says that something is held.
  public var holders: [String] {
    flags.filter(\.isSet).map(\.serviceName) + (compositorHolds ? ["the compositor"] : [])
  }

  /// What the compositor tells, and since when that is so.
  public func noteCompositor(_ held: Bool, since: Microseconds) {
    compositorHolds = held
    combine(since: since)
  }

  private func combine(since: Microseconds) {
    let held = compositorHolds || flags.contains(where: \.isSet)
    lastRelease = isHeld ? max(lastRelease, since) : .min
    guard held != isHeld else { return }
    isHeld = held
    onChange(held, held ? since : lastRelease)
  }
}
