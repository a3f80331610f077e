import NapeCore
import NapeDesktop
import Systemd

/// The person's presence on a real machine: idle sources, inhibitors, screen savers, logind's session, and sleep;
/// and whether the person wants to be left alone.
final class RealPresence {
  private let finder: SourceFinder
  private let inhibitors: Inhibitors
  private let savers: ScreenSavers
  private let reminders: GnomeBreakReminders
  private let doNotDisturb: DoNotDisturb
  private let feed: PresenceFeed
  private var login: Login?
  private var lock: SleepLock?
  private var systemGone: Slot?

  init(
    loop: EventLoop, bus: Bus, daemon: Daemon, clock: any Clock, environment: @escaping (String) -> String?,
    systemBusGone: @escaping () -> Void, cookieWithheld: @escaping () -> Void
  ) throws {
    let order = daemon.engine.settings.presence.sources.compactMap(SourceName.init)
    // Without a system bus there is no logind, and so neither sessions nor a word before sleep; the clocks still tell.
    let system = Self.openSystem(loop)
    finder = try SourceFinder(
      loop: loop, bus: bus, order: order, environment: SessionEnvironment(bus: bus, process: environment))
    inhibitors = Inhibitors(session: bus, system: system, now: { clock.now().boot })
    savers = ScreenSavers(bus: bus)
    reminders = GnomeBreakReminders(bus: bus)
    doNotDisturb = DoNotDisturb(bus: bus)
    feed = PresenceFeed(
      loop: loop, finder: finder, inhibitors: inhibitors, now: { clock.now().boot },
      engine: { [unowned daemon] in daemon.engine }, hand: { [weak daemon] in daemon?.handle($0) })
    finder.onChange = { [weak daemon, weak feed] source, why in
      if source == nil { daemon?.noteNoSource(why) } else { daemon?.source = source }
      feed?.noteSource(source)
    }
    finder.onCookieWithheld = cookieWithheld
    savers.onChange = { [weak feed] in feed?.noteSaver($0) }
    reminders.onChange = { [weak daemon] in daemon?.hasOtherReminders = $0 }
    doNotDisturb.onChange = { [weak daemon] in daemon?.handle(.doNotDisturb($0)) }
    daemon.onChange = { [weak feed, weak doNotDisturb] in
      feed?.follow()
      doNotDisturb?.askAgain()
    }
    // What a source's first word means hangs on what inhibitors, savers and logind say.
    try inhibitors.start()
    try savers.start()
    try doNotDisturb.start()
    if let system { followLogin(on: system, daemon) }
    try finder.start()
    try reminders.start()
    systemGone = try system?.onDisconnect(systemBusGone)
  }

  private static func openSystem(_ loop: EventLoop) -> Bus? {
    guard let bus = try? Bus.openSystem(), (try? bus.attach(to: loop)) != nil else { return nil }
    return bus
  }

  private func followLogin(on system: Bus, _ daemon: Daemon) {
    let login = Login(bus: system)
    let lock = SleepLock(login: login)
    login.onSession = { [weak daemon, weak feed] session in
      daemon?.isRemote = session?.isRemote ?? false
      feed?.noteSession(session)
    }
    login.onArrival = { [weak feed] in
      lock.take()
      // Where logind was gone at the resume, it did not tell of it.
      feed?.noteSleep(false) {}
    }
    login.onPrepareForSleep = { [weak feed] begins in
      feed?.noteSleep(begins) { if begins { lock.release() } else { lock.take() } }
    }
    guard (try? login.start()) != nil else { return }
    (self.login, self.lock) = (login, lock)
  }
}
