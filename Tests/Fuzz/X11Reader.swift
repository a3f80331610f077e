import NapeCore
import Systemd

@testable import NapeDesktop

/// What an X server sends: a source that finds its counter and watches ends with one word, whatever comes.
@_cdecl("LLVMFuzzerTestOneInput")
public func readX11(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  converse(bytes, count) { try Desk($0, $1) }
  return 0
}

/// A source as the daemon keeps it, which is asked for input and idle times by turns, and for pauses.
private final class Desk: Listener {
  private let connection: X11Connection
  private let counter: X11IdleCounter
  private var source: X11Source?
  private var pause: (any PauseWait)?
  private(set) var endings = 0
  var isOpen: Bool { connection.isOpen }

  init(_ pair: SocketPair, _ loop: EventLoop) throws {
    connection = try X11Connection(LocalSocket(pair.ours), cookie: [1, 2, 3], loop: loop) { _ in }
    counter = X11IdleCounter(connection, loop: loop) {}
    connection.failed = { [unowned self] _ in self.endings += 1 }
    counter.ready = { [unowned self] in
      self.source = X11Source(self.counter, loop: loop) { [unowned self] in self.take($0) }
      self.source?.watch(.idle(after: .minutes(1)))
    }
  }

  private func take(_ report: PresenceReport) {
    switch report {
    case .idle:
      source?.watch(.input)
      pause = source?.awaitPause(of: .seconds(3)) { [unowned self] _ in self.pause = nil }
    case .input:
      source?.watch(.idle(after: .minutes(1)))
      pause = source?.awaitPause(of: .seconds(3)) { [unowned self] _ in self.pause = nil }
    case .lost: endings += 1
    case .present, .inhibited: break
    }
  }
}
