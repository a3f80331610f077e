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
  /// Bytes that wait to be sent.
  static let outputLimit = 64 * 1024
  /// `wl_display`, which is always there.
  static let display: UInt32 = 1

  private static let chunk = 4096
  /// After so many chunks the loop's other sources have their turn.
  private static let chunksAtOnce = 16
  // The values of EPOLLIN and EPOLLOUT.
  private static let readable = UInt32(POLLIN)
  private static let writable = UInt32(POLLOUT)

  private let loop: EventLoop
  /// Called once, from the loop, when the connection ends by itself.
  var failed: (WaylandError) -> Void
  private var socket: WaylandSocket?
  private var io: IOSource?
  private var failure: DeferredSource?

  private var input = WaylandInput()
  private var output: [UInt8] = []

  private var receivers: [UInt32: Receiver] = [:]
  /// The next number that was never used.
  private var next: UInt32 = 2
  /// Destroyed, and not yet released by the compositor.
  private var destroyed: Set<UInt32> = []
  /// Released: may be used again, and should be, as the compositor's table never shrinks.
  private var released: [UInt32] = []

  /// - Throws: ``WaylandError/system(call:_:)``.
  init(
    _ socket: WaylandSocket, loop: EventLoop, failed: @escaping (WaylandError) -> Void
  ) throws(WaylandError) {
    (self.socket, self.loop, self.failed) = (socket, loop, failed)
    do throws(Errno) {
      io = try loop.io(fd: socket.file.raw, events: Self.readable) { [weak self] _ in self?.exchange() }
    } catch {
      throw .system(call: "epoll_ctl", error)
    }
  }

  var isOpen: Bool { socket != nil }

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
  func send(_ request: WaylandRequest) {
    guard isOpen, failure == nil else { return }
    output.append(contentsOf: request.bytes)
    flush()
    if output.count > Self.outputLimit { failLater(.notReading) }
  }

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

  private func flush() {
    guard let socket, !output.isEmpty else { return }
    do throws(WaylandError) {
      output.removeFirst(try socket.send(output[...]))
      try setEvents(output.isEmpty ? Self.readable : Self.readable | Self.writable)
    } catch {
      output = []
      failLater(error)
    }
  }

  private func setEvents(_ events: UInt32) throws(WaylandError) {
    do throws(Errno) { try io?.setEvents(events) } catch { throw .system(call: "epoll_ctl", error) }
  }

  // MARK: Events

  /// Does what the socket is ready for.
  private func exchange() {
    flush()
    do throws(WaylandError) {
      try withUnsafeChunk { chunk throws(WaylandError) in
        for _ in 0..<Self.chunksAtOnce {
          guard let socket else { return }
          switch try socket.receive(chunk) {
          case .bytes(let count): try take(chunk[..<count])
          case .nothingYet: return
          case .end: throw .closed(inMessage: !input.isEmpty)
          }
        }
      }
    } catch {
      fail(error)
    }
  }

  private func withUnsafeChunk(
    _ body: (UnsafeMutableRawBufferPointer) throws(WaylandError) -> Void
  ) throws(WaylandError) {
    let result = withUnsafeTemporaryAllocation(byteCount: Self.chunk, alignment: 8) { buffer in
      Result { () throws(WaylandError) in try body(buffer) }
    }
    try result.get()
  }

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
    (io, failure, socket) = (nil, nil, nil)
    (receivers, output) = ([:], [])
  }

  private func fail(_ error: WaylandError) {
    guard isOpen else { return }
    close()
    failed(error)
  }

  /// Ends the connection from the loop. What the compositor has said until then explains more than `error`.
  func failLater(_ error: WaylandError) {
    guard isOpen, failure == nil else { return }
    do throws(Errno) {
      failure = try loop.later { [weak self] in
        self?.exchange()
        self?.fail(error)
      }
    } catch {
      // Without memory for that, the next words of the compositor tell.
    }
  }
}
