import Glibc
import NapeCore
import Systemd
import Testing

@testable import NapeDesktop

/// A compositor, a source that has found it, and what the source reports.
final class WaylandBench {
  typealias Global = FakeCompositor.Global

  static let seat = Global(name: 7, interface: "wl_seat", version: 8)
  static let secondSeat = Global(name: 9, interface: "wl_seat", version: 8)
  static let extInput = Global(name: 12, interface: "ext_idle_notifier_v1", version: 3)
  static let ext = Global(name: 12, interface: "ext_idle_notifier_v1", version: 1)
  static let kde = Global(name: 20, interface: "org_kde_kwin_idle", version: 1)
  static let others = [
    Global(name: 1, interface: "wl_compositor", version: 5), Global(name: 2, interface: "wl_shm", version: 1),
  ]

  let loop: EventLoop
  let compositor: FakeCompositor
  private(set) var source: WaylandSource?
  private(set) var reports: [PresenceReport] = []
  /// Called with each report.
  var onReport: (PresenceReport) -> Void = { _ in }

  init(_ globals: [Global]) throws {
    loop = try EventLoop()
    compositor = try FakeCompositor(loop, Self.others + globals)
  }

  /// Has the source look for the compositor.
  func find() throws {
    var isDone = false
    WaylandSource.probe(
      displays: [compositor.path], loop: loop,
      handler: { [weak self] report in
        self?.reports.append(report)
        self?.onReport(report)
      },
      found: { [weak self] source in
        self?.source = source
        isDone = true
      })
    try run { isDone }
    try rest()
  }

  /// Watches, and lets the compositor know.
  func watch(_ watch: Watch) throws {
    let before = reports
    try #require(source).watch(watch)
    #expect(reports == before, "reported from within watch")
    try rest()
  }

  /// Turns the loop until something is so.
  func run(
    until condition: () -> Bool, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let limit = loop.nowUSec(CLOCK_MONOTONIC) + 60_000_000
    while !condition() {
      try #require(loop.nowUSec(CLOCK_MONOTONIC) < limit, "it never came to that", sourceLocation: sourceLocation)
      _ = try loop.runOnce(timeoutUSec: 100_000)
    }
  }

  /// Turns the loop until nothing more happens at once.
  func rest() throws {
    while try loop.runOnce(timeoutUSec: 20_000) {}
  }

  func letGo() { source = nil }

  var now: Microseconds { Microseconds(loop.nowUSec(CLOCK_BOOTTIME)) }

  /// The timeouts of the notifications that there are, in milliseconds.
  var timeouts: [UInt32] { compositor.notifications.map(\.milliseconds) }

  /// Why the source was lost.
  var losses: [String] {
    reports.compactMap { report in
      if case .lost(let why) = report { why } else { nil }
    }
  }

  /// The times of the inputs that were reported.
  var inputs: [Microseconds] {
    reports.compactMap { report in
      if case .input(let at) = report { at } else { nil }
    }
  }

  var idleSince: [Microseconds] {
    reports.compactMap { report in
      if case .idle(let since) = report { since } else { nil }
    }
  }
}
