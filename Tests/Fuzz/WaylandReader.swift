import NapeCore
import Systemd

@testable import NapeDesktop

/// What a compositor sends: a source that finds its globals and watches ends with one word, whatever comes.
@_cdecl("LLVMFuzzerTestOneInput")
public func readWayland(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  converse(bytes, count) { try Desk($0, $1) }
  return 0
}

private final class Desk: Listener {
  private let connection: WaylandConnection
  private let globals: WaylandGlobals
  private let kept = KeptSource()
  var endings: Int { kept.endings }
  var isOpen: Bool { connection.isOpen }

  init(_ pair: SocketPair, _ loop: EventLoop) throws {
    connection = try WaylandConnection(LocalSocket(pair.ours), loop: loop) { _ in }
    globals = WaylandGlobals(connection) { _ in }
    connection.failed = { [kept] _ in kept.end() }
    globals.changed = { [unowned self] change in
      guard change == .ready else { return }
      self.kept.keep(WaylandSource(self.globals, loop: loop) { [unowned kept = self.kept] in kept.take($0) })
    }
  }
}
