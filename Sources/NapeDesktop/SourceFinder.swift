import CLinux
import Glibc
import NapeCore
import Systemd

/// Finds the best presence source there is, uses it, and looks again when it goes or a better one may have come.
///
/// Sources are known by what answers, never by the name of the desktop. Nothing is asked while nothing changes: what may
/// bring a better source (a bus name, a socket, a session) is watched. What is there but does not answer, or nothing at all,
/// is asked again after a pause that grows up to a minute.
public final class SourceFinder {
  private let loop: EventLoop
  private let bus: Bus
  private let environment: SessionEnvironment
  /// The sources that may be used, best first.
  private let order: [SourceName]

  /// What the source in use reports, but for its loss.
  public var onReport: PresenceHandler = { _ in }
  /// Another source is in use; `nil` for none, with the reason.
  public var onChange: ((any PresenceSource)?, _ why: String) -> Void = { _, _ in }

  /// An X server asks for a cookie that this process may not read, though its person may.
  public var onCookieWithheld: () -> Void = {}

  public private(set) var source: (any PresenceSource)?
  private var wanted = Watch.nothing
  /// The unique names of those that have an idle monitor.
  private var monitors: [MutterSource.Monitor: String] = [:]
  private var slots: [Slot] = []
  private var session: Login.Session?
  private var sockets: InotifySource?
  private var displays: InotifySource?
  private var retry: Timer?
  /// Counts the searches, so that a late answer to an old one is known.
  private var search = 0
  /// The search that found the source in use.
  private var found = 0
  /// Something that may be a better source than the one in use is there, but did not answer.
  private var isAnySilent = false
  /// Monitors of which it is not known yet whether they are there.
  private var unheard = Set(MutterSource.Monitor.allCases)
  private var hasStarted: Bool { unheard.isEmpty }
  private var reason = "no source has been found"

  private static let firstRetry: Microseconds = .second
  private static let longestRetry: Microseconds = .minute
  private var pauseBeforeRetry = SourceFinder.firstRetry
  private var pauseAfterLoss = SourceFinder.firstRetry
  /// When the source in use, or the last one, was found, and when something new was last there; in boot time.
  private var foundAt: Microseconds = 0
  private var newsAt: Microseconds?
  /// For so long after news it is looked for a better source than the one in use.
  private static let newsLasts: Microseconds = .minutes(2)

  public init(
    loop: EventLoop, bus: Bus, order: [SourceName], environment: SessionEnvironment
  ) throws(Errno) {
    self.loop = loop
    self.bus = bus
    self.order = order
    self.environment = environment
    retry = try loop.timer(clock: CLOCK_BOOTTIME, accuracyUSec: 1_000_000) { [weak self] in self?.look() }
  }

  /// Begins; the first result comes from the loop.
  public func start() throws(Errno) {
    for monitor in MutterSource.Monitor.allCases {
      slots.append(
        try bus.watchOwner(of: monitor.busName) { [weak self] owner in self?.note(owner, of: monitor) })
    }
    if let runtime = environment.value("XDG_RUNTIME_DIR") {
      // A compositor's socket takes a moment to answer after it has appeared.
      sockets = try? loop.inotify(path: runtime, mask: UInt32(IN_CREATE)) { [weak self] _, name in
        if name?.hasPrefix("wayland-") == true { self?.lookSoon() }
      }
    }
    displays = try? loop.inotify(path: X11Source.folder, mask: UInt32(IN_CREATE)) { [weak self] _, _ in
      self?.lookSoon()
    }
  }

  /// An idle monitor has come or gone, or has been asked for for the first time.
  private func note(_ owner: String?, of monitor: MutterSource.Monitor) {
    let isFirst = unheard.remove(monitor) != nil
    let isNews = monitors[monitor] != owner
    monitors[monitor] = owner
    if source?.name == monitor.source, isNews { lose("\(monitor.source.rawValue) left the bus") }
    guard hasStarted else { return }
    if isFirst || owner != nil { look() }
  }

  /// What the engine wants to hear.
  public func watch(_ watch: Watch) {
    guard watch != wanted else { return }
    wanted = watch
    source?.watch(watch)
  }

  /// The session that logind tells of has changed.
  public func update(_ session: Login.Session?) {
    let before = self.session
    self.session = session
    if let hint = source as? IdleHintSource {
      if let session, IdleHintSource.isTrusted(session) {
        hint.update(session)
      } else {
        lose("the session that gave the idle hint is not followed any more")
      }
    }
    guard hasStarted else { return }
    if (before.map(IdleHintSource.isTrusted) ?? false) != (session.map(IdleHintSource.isTrusted) ?? false) {
      look()
    } else if before?.id != session?.id {
      // Another session brings its desktop's sources, which take a moment to come.
      lookSoon()
    }
  }

  // MARK: Looking

  /// Something new is there: what it brings may take a while to come, one part after the other.
  private func lookSoon() {
    newsAt = now
    pauseBeforeRetry = Self.firstRetry
    arm()
  }

  private var now: Microseconds { Microseconds(loop.nowUSec(CLOCK_BOOTTIME)) }

  private var isNewsFresh: Bool { newsAt.map { now - $0 < Self.newsLasts } ?? false }

  private func arm() {
    try? retry?.arm(atUSec: loop.nowUSec(CLOCK_BOOTTIME) + UInt64(pauseBeforeRetry))
  }

  /// Tries the sources that are better than the one in use.
  private func look() {
    search += 1
    let search = search
    retry?.disarm()
    isAnySilent = false
    if let source, source.name == order.first { return }
    environment.refresh { [weak self] in
      guard let self, self.search == search else { return }
      self.tryNext(self.order.prefix { $0 != self.source?.name }, search: search)
    }
  }

  private func tryNext(_ rest: ArraySlice<SourceName>, search: Int) {
    guard search == self.search else { return }
    guard let name = rest.first else { return giveUpForNow() }
    let after = rest.dropFirst()
    switch name {
    case .mutter: tryMonitor(.mutter, else: after, search)
    case .muffin: tryMonitor(.muffin, else: after, search)
    case .wayland:
      WaylandSource.probe(
        displays: WaylandDisplays.candidates(environment: environment.value), loop: loop, handler: handler(),
        silent: { [weak self] in if self?.search == search { self?.isAnySilent = true } },
        found: { [weak self] source in
          guard let self, self.search == search else { return }
          self.use(source, else: after, search)
        })
    case .logind:
      guard let session, IdleHintSource.isTrusted(session) else { return tryNext(after, search: search) }
      use(IdleHintSource(loop: loop, session: session, report: handler()), else: after, search)
    case .terminal: use(TerminalSource(loop: loop, report: handler()), else: after, search)
    case .x11:
      guard !isWayland else { return tryNext(after, search: search) }
      X11Source.probe(
        environment: environment.value, loop: loop, handler: handler(),
        withheld: { [weak self] in self?.onCookieWithheld() },
        found: { [weak self] source, why, mayPass in
          guard let self, self.search == search else { return }
          if let why, self.source == nil { self.reason = why }
          if mayPass { self.isAnySilent = true }
          self.use(source, else: after, search)
        })
    }
  }

  private func tryMonitor(
    _ monitor: MutterSource.Monitor, else rest: ArraySlice<SourceName>, _ search: Int
  ) {
    guard let owner = monitors[monitor],
      let mutter = try? MutterSource(monitor, bus: bus, owner: owner, loop: loop, report: handler())
    else { return tryNext(rest, search: search) }
    // One that hangs keeps its name.
    mutter.lastInput { [weak self] last in
      guard let self, self.search == search else { return }
      if last == nil { self.isAnySilent = true }
      self.use(last == nil ? nil : mutter, else: rest, search)
    }
  }

  /// Whether the desk is a Wayland compositor's, where an X server sees a part of the input alone.
  private var isWayland: Bool {
    environment.value("WAYLAND_DISPLAY")?.isEmpty == false
      || environment.value("XDG_SESSION_TYPE") == "wayland" || session?.type == "wayland"
  }

  private func use(_ found: (any PresenceSource)?, else rest: ArraySlice<SourceName>, _ search: Int) {
    guard let found else { return tryNext(rest, search: search) }
    source = found
    self.found = search
    foundAt = now
    if isAnySilent || isNewsFresh { lookLater() }
    onChange(found, "")
    found.watch(wanted)
  }

  /// Nothing better has been found than what is in use, if anything is.
  private func giveUpForNow() {
    if source == nil { onChange(nil, reason) }
    if source == nil || isAnySilent || isNewsFresh { lookLater() }
  }

  private func lookLater() {
    arm()
    pauseBeforeRetry = min(Self.longestRetry, pauseBeforeRetry * 2)
  }

  /// Hears the source that this search will find, once it is in use and for as long as it is.
  private func handler() -> PresenceHandler {
    let search = search
    return { [weak self] report in
      guard let self, self.source != nil, self.found == search else { return }
      if case .lost(let why) = report { self.lose(why) } else { self.onReport(report) }
    }
  }

  private func lose(_ why: String) {
    guard source != nil else { return }
    source = nil
    reason = why
    onChange(nil, why)
    // One that fails again and again is asked ever less often.
    if now - foundAt > Self.longestRetry { pauseAfterLoss = Self.firstRetry }
    pauseBeforeRetry = pauseAfterLoss
    pauseAfterLoss = min(Self.longestRetry, pauseAfterLoss * 2)
    lookLater()
  }
}
