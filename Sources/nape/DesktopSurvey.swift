import Glibc
import NapeCore
import NapeDesktop
import Systemd

/// What of this desktop nape can use, found as the daemon finds it.
struct DesktopSurvey {
  /// The presence sources that are there, best first.
  private(set) var sources: [(name: SourceName, quality: Quality)] = []
  /// Who says that something keeps the screen awake.
  private(set) var inhibitors: [String] = []
  private(set) var screenSavers: [String] = []
  private(set) var activeScreenSavers: [String] = []
  private(set) var session: Login.Session?

  /// Nobody is waited for any longer, in microseconds; a compositor that hangs takes most of it.
  private static let limitUSec: UInt64 = 5_000_000
  /// Nobody has anything more to say after such a pause.
  private static let pauseUSec: UInt64 = 200_000

  /// Asks; takes a moment. Nothing is started.
  ///
  /// - Throws: what the session bus or the loop throws.
  init(environment: @escaping (String) -> String?) throws {
    let loop = try EventLoop()
    let end = loop.nowUSec(CLOCK_MONOTONIC) + Self.limitUSec
    func turn(while isWaiting: () -> Bool) throws {
      while isWaiting(), loop.nowUSec(CLOCK_MONOTONIC) < end { _ = try loop.runOnce(timeoutUSec: Self.pauseUSec) }
    }

    let bus = try Bus.openUser()
    try bus.attach(to: loop)
    let system = try? Bus.openSystem()
    try system?.attach(to: loop)

    let login = system.map(Login.init(bus:))
    var session: Login.Session?
    var isSessionTold = login == nil
    login?.onSession = { (session, isSessionTold) = ($0, true) }
    try login?.start()
    try turn { !isSessionTold }
    self.session = session

    let inhibitors = Inhibitors(
      session: bus, system: system, now: { Microseconds(loop.nowUSec(CLOCK_BOOTTIME)) })
    let savers = ScreenSavers(bus: bus)
    try inhibitors.start()
    try savers.start()

    // One that may use a single source finds that or none.
    var found: [SourceName: Quality] = [:]
    var unheard = Set(SourceName.allCases)
    let finders = try SourceName.allCases.map { name in
      let finder = try SourceFinder(
        loop: loop, bus: bus, order: [name], environment: SessionEnvironment(bus: bus, process: environment))
      finder.update(session)
      finder.onChange = { source, _ in
        unheard.remove(name)
        found[name] = source?.quality
      }
      try finder.start()
      return finder
    }
    try turn { !unheard.isEmpty }
    try withExtendedLifetime(finders) {
      while loop.nowUSec(CLOCK_MONOTONIC) < end, try loop.runOnce(timeoutUSec: Self.pauseUSec) {}
    }
    sources = SourceName.allCases.compactMap { name in found[name].map { (name, $0) } }
    self.inhibitors = inhibitors.holders
    (screenSavers, activeScreenSavers) = (savers.present, savers.active)
  }
}
