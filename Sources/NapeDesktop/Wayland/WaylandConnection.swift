import Glibc
import NapeCore
import Systemd

/// A connection to a compositor: objects with numbers, requests out, events in.
///
/// It reports its end once, from the loop; after that it does nothing any more. It trusts nothing that comes: see
/// ``WaylandError`` for what ends it.
final class WaylandConnection {
  /// Takes the events of one object. What it throws ends the connection.
  typealias Receiver = (WaylandEvent) throws(WaylandError) -> Void

  /// Objects at one time; far more than are needed, and little for a compositor to keep.
  static let objectLimit = 4096
  /// `wl_display`, which is always there.
  static let display: UInt32 = 1

  private let loop: EventLoop
  /// Called once, from the loop, when the connection ends by itself.
  var failed: (WaylandError) -> Void
  private let stream: LocalStream<WaylandError>
  private var input = WaylandInput()

  private var receivers: [UInt32: Receiver] = [:]
  /// The next number that was never used.
  private var next: UInt32 = 2
  /// Destroyed, and not yet released by the compositor.
  private var destroyed: Set<UInt32> = []
  /// Released: may be used again, and should be, as the compositor's table never shrinks.
  private var released: [UInt32] = []

  /// - Throws: ``WaylandError/socket(_:)``.
  init(
    _ socket: LocalSocket, loop: EventLoop, failed: @escaping (WaylandError) -> Void
  ) throws(WaylandError) {
    (self.loop, self.failed) = (loop, failed)
    do throws(LocalSocketError) {
      stream = try LocalStream(socket, loop: loop, failure: WaylandError.init)
    } catch {
      throw WaylandError(error)
    }
    stream.received = { [weak self] bytes throws(WaylandError) in try self?.take(bytes) }
    stream.failed = { [weak self] error in self?.fail(error) }
  }

  var isOpen: Bool { stream.isOpen }

  /// The boot time.
  var now: Microseconds { Microseconds(loop.nowUSec(CLOCK_BOOTTIME)) }

  // MARK: Objects

  /// A number for a new object, whose events `receiver` takes.
  func newObject(_ receiver: @escaping Receiver) -> UInt32 {
    let id: UInt32
    if let last = released.popLast() {
      id = last
    } else {
      id = next
      next += 1
      if next > Self.objectLimit { failLater(.tooManyObjects(Self.objectLimit)) }
    }
    if isOpen { receivers[id] = receiver }
    return id
  }

  /// Takes no more events of an object that the compositor has destroyed or has been asked to destroy.
  func forget(_ id: UInt32) {
    if receivers.removeValue(forKey: id) != nil { destroyed.insert(id) }
  }

  // MARK: Requests

  /// Sends now, or when the compositor reads again. That the connection ends of it is told later.
  func send(_ request: WaylandRequest) { stream.send(request.bytes) }

  /// Calls `done` from the loop once the compositor has dealt with all requests and sent all events up to now; never if
  /// the connection ends.
  func sync(_ done: @escaping () throws(WaylandError) -> Void) {
    var callback: UInt32 = 0
    callback = newObject { [weak self] event throws(WaylandError) in
      guard event.opcode == 0 else { throw .unknownEvent(interface: "wl_callback", opcode: event.opcode) }
      _ = try event.read { arguments throws(WaylandError) in try arguments.uint() }
      self?.forget(callback)
      try done()
    }
    send(WaylandRequest(Self.display, 0, .uint(callback)))
  }

  // MARK: Events

  /// Takes in what came from the compositor.
  func take(_ received: some Sequence<UInt8>) throws(WaylandError) {
    input.append(received)
    while isOpen, let event = try input.next() { try take(event) }
  }

  private func take(_ event: WaylandEvent) throws(WaylandError) {
    if event.object == Self.display { return try takeDisplay(event) }
    if let receiver = receivers[event.object] { return try receiver(event) }
    // An object that was destroyed, or released since, may have had something to say before the compositor knew.
    guard event.object > Self.display, event.object < next else { throw .unknownObject(event.object) }
  }

  private func takeDisplay(_ event: WaylandEvent) throws(WaylandError) {
    switch event.opcode {
    case 0:
      let (code, message) = try event.read { arguments throws(WaylandError) in
        _ = try arguments.uint()
        return (try arguments.uint(), try arguments.string())
      }
      throw .refused(code: code, message: message)
    case 1:
      let id = try event.read { arguments throws(WaylandError) in try arguments.uint() }
      if destroyed.remove(id) != nil { released.append(id) }
    default: throw .unknownEvent(interface: "wl_display", opcode: event.opcode)
    }
  }

  // MARK: The end

  /// Ends the connection without a word.
  func close() {
    stream.close()
    receivers = [:]
  }

  private func fail(_ error: WaylandError) {
    let wasInMessage = error == .closed(inMessage: false) && !input.isEmpty
    close()
    failed(wasInMessage ? .closed(inMessage: true) : error)
  }

  /// Ends the connection from the loop. What the compositor has said until then explains more than `error`.
  func failLater(_ error: WaylandError) { stream.failLater(error) }
}
