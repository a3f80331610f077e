import NapeCore
import Systemd

@testable import NapeDesktop

/// What a compositor sends: a source that finds its globals and watches ends with one word, whatever comes.
@_cdecl("LLVMFuzzerTestOneInput")
public func readWayland(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  converse(bytes, count) { try Desk($0, $1) }
  return 0
}

/// A source as the daemon keeps it, which is asked for input and idle times by turns, and for pauses.
private final class Desk: Listener {
  private let connection: WaylandConnection
  private let globals: WaylandGlobals
  private var source: WaylandSource?
  private var pause: (any PauseWait)?
  private(set) var endings = 0
  var isOpen: Bool { connection.isOpen }

  init(_ pair: SocketPair, _ loop: EventLoop) throws {
    connection = try WaylandConnection(LocalSocket(pair.ours), loop: loop) { _ in }
    globals = WaylandGlobals(connection) { _ in }
    connection.failed = { [unowned self] _ in self.endings += 1 }
    globals.changed = { [unowned self] change in
      guard change == .ready else { return }
      self.source = WaylandSource(self.globals, loop: loop) { [unowned self] in self.take($0) }
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
