import CLinux
import Glibc
import NapeCore
import Systemd

/// Finds the best presence source there is, uses it, and looks again when it goes or a better one may have come.
///
/// Sources are known by what answers, never by the name of the desktop. Nothing is asked while nothing changes: what may
/// bring a better source (a bus name, a socket, a session) is watched.
public final class SourceFinder {
  private let loop: EventLoop
  private let bus: Bus
  private let environment: (String) -> String?
  /// The sources that may be used, best first.
  private let order: [SourceName]

  /// What the source in use reports, but for its loss.
  public var onReport: PresenceHandler = { _ in }
  /// Another source is in use; `nil` for none, with the reason.
  public var onChange: ((any PresenceSource)?, _ why: String) -> Void = { _, _ in }

  public private(set) var source: (any PresenceSource)?
  private var wanted = Watch.nothing
  private var mutterOwner: String?
  private var mutterSlot: Slot?
  private var session: Login.Session?
  private var sockets: InotifySource?
  private var displays: InotifySource?
  private var retry: Timer?
  /// Counts the searches, so that a late answer to an old one is known.
  private var search = 0
  private var hasStarted = false
  private var reason = "no source has been found"

  private static let firstRetry: Microseconds = .second
  private static let longestRetry: Microseconds = .minute
  private var pauseBeforeRetry = SourceFinder.firstRetry

  public init(
    loop: EventLoop, bus: Bus, order: [SourceName], environment: @escaping (String) -> String?
  ) throws(Errno) {
    self.loop = loop
    self.bus = bus
    self.order = order
    self.environment = environment
    retry = try loop.timer(clock: CLOCK_BOOTTIME, accuracyUSec: 1_000_000) { [weak self] in self?.look() }
  }

  /// Begins; the first result comes from the loop.
  public func start() throws(Errno) {
    mutterSlot = try bus.watchOwner(of: MutterSource.busName) { [weak self] owner in
      guard let self else { return }
      let isNews = self.mutterOwner != owner
      self.mutterOwner = owner
      if self.source?.name == .mutter, isNews { self.lose("mutter left the bus") }
      if !self.hasStarted || owner != nil { self.look() }
      self.hasStarted = true
    }
    if let runtime = environment("XDG_RUNTIME_DIR") {
      // A compositor's socket takes a moment to answer after it has appeared.
      sockets = try? loop.inotify(path: runtime, mask: UInt32(IN_CREATE)) { [weak self] _, name in
        if name?.hasPrefix("wayland-") == true { self?.lookSoon() }
      }
    }
    displays = try? loop.inotify(path: X11Source.folder, mask: UInt32(IN_CREATE)) { [weak self] _, _ in
      self?.lookSoon()
    }
  }

  /// What the engine wants to hear.
  public func watch(_ watch: Watch) {
    guard watch != wanted else { return }
    wanted = watch
    source?.watch(watch)
  }

  /// The session that logind tells of has changed.
  public func update(_ session: Login.Session?) {
    let wasTrusted = self.session.map(IdleHintSource.isTrusted) ?? false
    self.session = session
    let isTrusted = session.map(IdleHintSource.isTrusted) ?? false
    if let session, let hint = source as? IdleHintSource { return hint.update(session) }
    if wasTrusted != isTrusted, hasStarted { look() }
  }

  // MARK: Looking

  private func lookSoon() {
    pauseBeforeRetry = Self.firstRetry
    arm()
  }

  private func arm() {
    try? retry?.arm(atUSec: loop.nowUSec(CLOCK_BOOTTIME) + UInt64(pauseBeforeRetry))
  }

  /// Tries the sources that are better than the one in use.
  private func look() {
    search += 1
    retry?.disarm()
    let better = order.prefix { $0 != source?.name }
    tryNext(better[...], search: search)
  }

  private func tryNext(_ rest: ArraySlice<SourceName>, search: Int) {
    guard search == self.search else { return }
    guard let name = rest.first else {
      if source == nil { giveUpForNow() }
      return
    }
    let after = rest.dropFirst()
    switch name {
    case .mutter:
      guard let owner = mutterOwner,
        let mutter = try? MutterSource(bus: bus, owner: owner, loop: loop, report: handler())
      else { return tryNext(after, search: search) }
      // A mutter that hangs keeps its name.
      mutter.lastInput { [weak self] last in
        guard let self, self.search == search else { return }
        self.use(last == nil ? nil : mutter, else: after, search)
      }
    case .wayland:
      WaylandSource.probe(
        displays: WaylandDisplays.candidates(environment: environment), loop: loop, handler: handler()
      ) { [weak self] source in
        guard let self, self.search == search else { return }
        self.use(source, else: after, search)
      }
    case .logind:
      guard let session, IdleHintSource.isTrusted(session) else { return tryNext(after, search: search) }
      use(IdleHintSource(loop: loop, session: session, report: handler()), else: after, search)
    case .terminal: use(TerminalSource(loop: loop, report: handler()), else: after, search)
    case .x11:
      guard !isWayland else { return tryNext(after, search: search) }
      X11Source.probe(environment: environment, loop: loop, handler: handler()) { [weak self] source, why in
        guard let self, self.search == search else { return }
        if let why, self.source == nil { self.reason = why }
        self.use(source, else: after, search)
      }
    case .muffin: tryNext(after, search: search)
    }
  }

  /// Whether the desk is a Wayland compositor's, where an X server sees a part of the input alone.
  private var isWayland: Bool {
    environment("WAYLAND_DISPLAY")?.isEmpty == false || environment("XDG_SESSION_TYPE") == "wayland"
      || session?.type == "wayland"
  }

  private func use(_ found: (any PresenceSource)?, else rest: ArraySlice<SourceName>, _ search: Int) {
    guard let found else { return tryNext(rest, search: search) }
    source = found
    pauseBeforeRetry = Self.firstRetry
    onChange(found, "")
    found.watch(wanted)
  }

  private func giveUpForNow() {
    onChange(nil, reason)
    arm()
    pauseBeforeRetry = min(Self.longestRetry, pauseBeforeRetry * 2)
  }

  private func handler() -> PresenceHandler {
    let search = search
    return { [weak self] report in
      guard let self, self.search == search || self.source != nil else { return }
      if case .lost(let why) = report { self.lose(why) } else { self.onReport(report) }
    }
  }

  private func lose(_ why: String) {
    guard source != nil else { return }
    source = nil
    reason = why
    onChange(nil, why)
    lookSoon()
  }
}
