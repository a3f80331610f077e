import NapeCore
import NapeDesktop
import Systemd

/// The person's presence on a real machine: idle sources, logind's session, and sleep.
final class RealPresence {
  private let finder: SourceFinder
  private let feed: PresenceFeed
  private var login: Login?
  private var lock: SleepLock?

  init(
    loop: EventLoop, bus: Bus, daemon: Daemon, clock: any Clock, environment: @escaping (String) -> String?
  ) throws {
    let order = daemon.engine.settings.presence.sources.compactMap(SourceName.init)
    finder = try SourceFinder(loop: loop, bus: bus, order: order, environment: environment)
    feed = PresenceFeed(
      finder: finder, now: { clock.now().boot }, engine: { [unowned daemon] in daemon.engine },
      hand: { [weak daemon] in daemon?.handle($0) })
    finder.onChange = { [weak daemon, weak feed] source, why in
      if source == nil { daemon?.noteNoSource(why) } else { daemon?.source = source }
      feed?.noteSource(source)
    }
    daemon.onChange = { [weak feed] in feed?.follow() }
    try finder.start()
    followLogin(loop: loop)
  }

  /// Without a system bus there is no logind, and so neither sessions nor a word before sleep; the clocks still tell.
  private func followLogin(loop: EventLoop) {
    guard let system = try? Bus.openSystem() else { return }
    do throws(Errno) {
      try system.attach(to: loop)
      let login = Login(bus: system)
      let lock = SleepLock(login: login)
      login.onSession = { [weak feed] in feed?.noteSession($0) }
      login.onArrival = { [weak feed] in
        lock.take()
        // Where logind was gone at the resume, it did not tell of it.
        feed?.noteSleep(false) {}
      }
      login.onPrepareForSleep = { [weak feed] begins in
        feed?.noteSleep(begins) { if begins { lock.release() } else { lock.take() } }
      }
      try login.start()
      (self.login, self.lock) = (login, lock)
    } catch {
      return
    }
  }
}
