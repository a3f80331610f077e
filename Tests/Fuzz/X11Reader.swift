import NapeCore
import Systemd

@testable import NapeDesktop

/// What an X server sends: a source that finds its counter and watches ends with one word, whatever comes.
///
/// The first byte says in pieces of which length it comes.
@_cdecl("LLVMFuzzerTestOneInput")
public func readX11(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  var rest = UnsafeBufferPointer(start: bytes, count: count)[...]
  guard let length = rest.popFirst() else { return 0 }
  do {
    let loop = try EventLoop()
    var pair = SocketPair()
    let desk = try Desk(pair, loop)
    while !rest.isEmpty, desk.connection.isOpen {
      let part = rest.prefix(4 * Int(length) + 1)
      rest = rest.dropFirst(part.count)
      pair.say(part)
      loop.settle()
    }
    pair.hangUp()
    loop.settle()
    require(!desk.connection.isOpen && desk.endings == 1, "\(desk.endings) endings")
  } catch {
    fatalError("\(error)")
  }
  return 0
}

/// A source as the daemon keeps it, which is asked for input and idle times by turns.
private final class Desk {
  let connection: X11Connection
  private let counter: X11IdleCounter
  private var source: X11Source?
  private(set) var endings = 0

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
    case .idle: source?.watch(.input)
    case .input: source?.watch(.idle(after: .minutes(1)))
    case .lost: endings += 1
    case .present, .inhibited: break
    }
  }
}
