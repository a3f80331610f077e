import Glibc
import NapeCore
import Systemd

/// Looks for the first compositor that can tell idle time. It keeps itself alive until it is done.
final class WaylandProbe {
  /// How long a compositor may take to answer, in microseconds.
  static let limitUSec: UInt64 = 2_000_000

  private let loop: EventLoop
  private let limitUSec: UInt64
  private let silent: () -> Void
  private let found: (WaylandGlobals?) -> Void
  private var untried: ArraySlice<String>
  private var attempt: WaylandGlobals?
  private var start: DeferredSource?
  private var timer: Timer?

  /// - Parameters:
  ///   - displays: paths of sockets.
  ///   - limitUSec: how long a compositor may take to answer, in microseconds.
  ///   - silent: called for each that did not answer in time, but may later.
  ///   - found: called once, from the loop; with an open connection that is ready, or `nil`.
  private init(
    displays: [String], loop: EventLoop, limitUSec: UInt64, silent: @escaping () -> Void,
    found: @escaping (WaylandGlobals?) -> Void
  ) {
    (self.untried, self.loop, self.limitUSec) = (displays[...], loop, limitUSec)
    (self.silent, self.found) = (silent, found)
  }

  /// - Parameters: as for the initialiser.
  static func start(
    displays: [String], loop: EventLoop, limitUSec: UInt64 = limitUSec, silent: @escaping () -> Void = {},
    found: @escaping (WaylandGlobals?) -> Void
  ) {
    let probe = WaylandProbe(displays: displays, loop: loop, limitUSec: limitUSec, silent: silent, found: found)
    do throws(Errno) {
      probe.timer = try loop.timer(clock: CLOCK_MONOTONIC, accuracyUSec: 100_000) {
        probe.silent()
        probe.tryNext()
      }
      probe.start = try loop.later { probe.tryNext() }
    } catch {
      probe.finish(nil)
    }
  }

  /// Gives up on the present display, if any, and tries the next.
  private func tryNext() {
    start = nil
    attempt?.connection.close()
    attempt = nil
    while attempt == nil {
      guard let path = untried.popFirst() else { return finish(nil) }
      attempt = connect(path)
    }
  }

  private func connect(_ path: String) -> WaylandGlobals? {
    guard (try? timer?.arm(atUSec: loop.nowUSec(CLOCK_MONOTONIC) + limitUSec)) != nil,
      let socket = try? LocalSocket(path: path),
      let connection = try? WaylandConnection(socket, loop: loop, failed: { _ in self.tryNext() })
    else { return nil }
    return WaylandGlobals(connection) { change in
      if change == .ready { self.finish(self.attempt) }
    }
  }

  private func finish(_ globals: WaylandGlobals?) {
    // Letting these go lets the probe go.
    (attempt, start, timer) = (nil, nil, nil)
    found(globals)
  }
}
