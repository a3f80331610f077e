import NapeCore
import Systemd

@testable import NapeDesktop

/// What an X server sends: a source that finds its counter and watches ends with one word, whatever comes.
@_cdecl("LLVMFuzzerTestOneInput")
public func readX11(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  converse(bytes, count) { try Desk($0, $1) }
  return 0
}

private final class Desk: Listener {
  private let connection: X11Connection
  private let counter: X11IdleCounter
  private let kept = KeptSource()
  var endings: Int { kept.endings }
  var isOpen: Bool { connection.isOpen }

  init(_ pair: SocketPair, _ loop: EventLoop) throws {
    connection = try X11Connection(LocalSocket(pair.ours), cookie: [1, 2, 3], loop: loop) { _ in }
    counter = X11IdleCounter(connection, loop: loop) {}
    connection.failed = { [kept] _ in kept.end() }
    counter.ready = { [unowned self] in
      self.kept.keep(X11Source(self.counter, loop: loop) { [unowned kept = self.kept] in kept.take($0) })
    }
  }
}
