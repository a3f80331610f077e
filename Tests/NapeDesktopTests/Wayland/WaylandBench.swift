@testable import NapeDesktop

/// A compositor, a source that has found it, and what the source reports.
final class WaylandBench: PresenceBench<FakeCompositor, WaylandSource> {
  typealias Global = FakeCompositor.Global

  static let seat = Global(name: 7, interface: "wl_seat", version: 8)
  static let secondSeat = Global(name: 9, interface: "wl_seat", version: 8)
  static let extInput = Global(name: 12, interface: "ext_idle_notifier_v1", version: 3)
  static let ext = Global(name: 12, interface: "ext_idle_notifier_v1", version: 1)
  static let kde = Global(name: 20, interface: "org_kde_kwin_idle", version: 1)
  static let others = [
    Global(name: 1, interface: "wl_compositor", version: 5), Global(name: 2, interface: "wl_shm", version: 1),
  ]

  init(_ globals: [Global]) throws {
    try super.init { try FakeCompositor($0, Self.others + globals) }
  }

  var compositor: FakeCompositor { server }

  /// Has the source look for the compositor.
  func find() throws {
    try find { WaylandSource.probe(displays: [compositor.path], loop: loop, handler: handler, found: $0) }
  }

  /// The timeouts of the notifications that there are, in milliseconds; not of the plain ones beside those of input.
  var timeouts: [UInt32] {
    let isPrecise = compositor.notifications.contains(where: \.isInputOnly)
    return compositor.notifications.filter { !isPrecise || $0.isInputOnly }.map(\.milliseconds)
  }

  /// What was reported of inhibitors.
  var inhibitions: [PresenceReport] {
    reports.filter { if case .inhibited = $0 { true } else { false } }
  }
}
