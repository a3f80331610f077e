import Systemd

/// What listens to a server that the fuzzer plays.
protocol Listener {
  var isOpen: Bool { get }
  /// How often its end was told.
  var endings: Int { get }
}

/// Plays a server that says these bytes and hangs up: whoever listens must have ended with exactly one word.
///
/// The first byte says in pieces of which length the others come.
func converse(
  _ bytes: UnsafePointer<UInt8>?, _ count: Int, with listener: (SocketPair, EventLoop) throws -> some Listener
) {
  var rest = UnsafeBufferPointer(start: bytes, count: count)[...]
  guard let length = rest.popFirst() else { return }
  do {
    let loop = try EventLoop()
    var pair = SocketPair()
    let listener = try listener(pair, loop)
    while !rest.isEmpty, listener.isOpen {
      let part = rest.prefix(4 * Int(length) + 1)
      rest = rest.dropFirst(part.count)
      pair.say(part)
      loop.settle()
    }
    pair.hangUp()
    loop.settle()
    require(!listener.isOpen && listener.endings == 1, "\(listener.endings) endings")
  } catch {
    fatalError("\(error)")
  }
}
