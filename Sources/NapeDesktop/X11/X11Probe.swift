import Glibc
import NapeCore
import Systemd

/// Looks for the X server of this desk. It keeps itself alive until it is done.
final class X11Probe {
  /// Where to look, and what to show there.
  struct Candidates: Hashable, Sendable {
    /// Addresses, as ``LocalSocket/init(path:)`` takes them, best first.
    var sockets: [String]
    var cookie: [UInt8]?
    /// There is a cookie, or none, in a file that this process may not read.
    var isCookieWithheld = false

    init(sockets: [String], cookie: [UInt8]? = nil) { (self.sockets, self.cookie) = (sockets, cookie) }

    /// The server of `$DISPLAY`; no addresses where that is not set.
    ///
    /// - Parameter environment: a variable's value, as `getenv` gives it.
    /// - Throws: ``X11Error/badDisplayName``, ``X11Error/otherMachine``.
    init(environment: (String) -> String?) throws(X11Error) {
      guard let name = environment("DISPLAY"), !name.isEmpty else {
        self.init(sockets: [])
        return
      }
      let display = try X11Display(name)
      let authority = X11Authority.read(environment: environment)
      self.init(
        sockets: display.sockets,
        cookie: authority?.cookie(display: display.number, host: X11Authority.hostName))
      isCookieWithheld = authority == nil && X11Authority.isWithheld(environment: environment)
    }
  }

  /// Called once, from the loop: with a server that is ready; or with why the first that took the connection will not do.
  typealias Found = (X11IdleCounter?, X11Error?) -> Void

  private let loop: EventLoop
  private let limitUSec: UInt64
  private let cookie: [UInt8]?
  private let isCookieWithheld: Bool
  private let found: Found
  private var untried: ArraySlice<String>
  private var attempt: X11IdleCounter?
  private var error: X11Error?
  private var start: DeferredSource?

  private init(_ candidates: Candidates, loop: EventLoop, limitUSec: UInt64, found: @escaping Found) {
    (untried, cookie) = (candidates.sockets[...], candidates.cookie)
    isCookieWithheld = candidates.isCookieWithheld
    (self.loop, self.limitUSec, self.found) = (loop, limitUSec, found)
  }

  /// - Parameter limitUSec: how long a server may take for an answer, in microseconds.
  static func start(
    _ candidates: Candidates, loop: EventLoop, limitUSec: UInt64 = X11Connection.limitUSec, found: @escaping Found
  ) {
    let probe = X11Probe(candidates, loop: loop, limitUSec: limitUSec, found: found)
    do throws(Errno) {
      probe.start = try loop.later { probe.tryNext() }
    } catch {
      probe.finish(nil)
    }
  }

  private func tryNext() {
    start = nil
    attempt = nil
    while attempt == nil {
      guard let address = untried.popFirst() else { return finish(nil) }
      attempt = connect(address)
    }
  }

  private func connect(_ address: String) -> X11IdleCounter? {
    guard let socket = try? LocalSocket(path: address),
      let connection = try? X11Connection(
        socket, cookie: cookie, loop: loop, limitUSec: limitUSec,
        failed: { error in
          // Some servers let their person in without one.
          let isForTheCookie = if case .refused = error { self.isCookieWithheld } else { false }
          self.error = self.error ?? (isForTheCookie ? .cookieWithheld : error)
          self.tryNext()
        })
    else { return nil }
    return X11IdleCounter(connection, loop: loop) { self.finish(self.attempt) }
  }

  private func finish(_ counter: X11IdleCounter?) {
    // Letting these go lets the probe go.
    (attempt, start) = (nil, nil)
    counter?.ready = {}
    found(counter, counter == nil ? error : nil)
  }
}
