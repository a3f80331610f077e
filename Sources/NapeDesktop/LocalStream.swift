import Glibc
import NapeCore
import Systemd

/// A connection to a server on this machine, without knowledge of what is said there: bytes out, which wait while the
/// server does not read, and bytes in.
///
/// It ends once, by itself from the loop, or when it is closed; after that it does nothing any more.
final class LocalStream<Failure: Error> {
  /// Bytes that wait to be sent.
  static var outputLimit: Int { 64 * 1024 }

  private static var chunk: Int { 4096 }
  /// After so many chunks the loop's other sources have their turn.
  private static var chunksAtOnce: Int { 16 }
  // The values of EPOLLIN and EPOLLOUT.
  private static var readable: UInt32 { UInt32(POLLIN) }
  private static var writable: UInt32 { UInt32(POLLOUT) }

  private let loop: EventLoop
  private let failure: (LocalSocketError) -> Failure
  /// Takes what came, from the loop. What it throws ends the stream.
  var received: (UnsafeRawBufferPointer) throws(Failure) -> Void = { _ in }
  /// Called once, from the loop, when the stream ends by itself.
  var failed: (Failure) -> Void = { _ in }

  private var socket: LocalSocket?
  private var io: IOSource?
  private var end: DeferredSource?
  private var output: [UInt8] = []

  /// - Parameter failure: the protocol's word for what happens below it.
  /// - Throws: ``LocalSocketError/system(call:_:)``.
  init(
    _ socket: LocalSocket, loop: EventLoop, failure: @escaping (LocalSocketError) -> Failure
  ) throws(LocalSocketError) {
    (self.socket, self.loop, self.failure) = (socket, loop, failure)
    do throws(Errno) {
      io = try loop.io(fd: socket.file.raw, events: Self.readable) { [weak self] _ in self?.exchange() }
    } catch {
      throw .system(call: "epoll_ctl", error)
    }
  }

  var isOpen: Bool { socket != nil }

  // MARK: Output

  /// Sends now, or when the server reads again. That the stream ends of it is told later.
  func send(_ bytes: some Sequence<UInt8>) {
    guard isOpen, end == nil else { return }
    output.append(contentsOf: bytes)
    flush()
    if output.count > Self.outputLimit { failLater(failure(.notReading)) }
  }

  private func flush() {
    guard let socket, !output.isEmpty else { return }
    do throws(LocalSocketError) {
      output.removeFirst(try socket.send(output[...]))
      try setEvents(output.isEmpty ? Self.readable : Self.readable | Self.writable)
    } catch {
      output = []
      failLater(failure(error))
    }
  }

  private func setEvents(_ events: UInt32) throws(LocalSocketError) {
    do throws(Errno) { try io?.setEvents(events) } catch { throw .system(call: "epoll_ctl", error) }
  }

  // MARK: Input

  /// Does what the socket is ready for; only from the loop.
  func exchange() {
    flush()
    let result = withUnsafeTemporaryAllocation(byteCount: Self.chunk, alignment: 8) { chunk in
      Result { () throws(Failure) in try receive(chunk) }
    }
    if case .failure(let error) = result { fail(error) }
  }

  private func receive(_ chunk: UnsafeMutableRawBufferPointer) throws(Failure) {
    for _ in 0..<Self.chunksAtOnce {
      guard let socket else { return }
      let received: LocalSocket.Received
      do throws(LocalSocketError) { received = try socket.receive(chunk) } catch { throw failure(error) }
      switch received {
      case .bytes(let count): try self.received(UnsafeRawBufferPointer(rebasing: chunk[..<count]))
      case .nothingYet: return
      case .end: throw failure(.closed)
      }
    }
  }

  // MARK: The end

  /// Ends the stream without a word.
  func close() {
    // Within its own body the source outlives this, and the socket does not.
    io?.disable()
    (io, end, socket) = (nil, nil, nil)
    output = []
  }

  private func fail(_ error: Failure) {
    guard isOpen else { return }
    close()
    failed(error)
  }

  /// Ends the stream from the loop. What the server has said until then explains more than `error`.
  func failLater(_ error: Failure) {
    guard isOpen, end == nil else { return }
    do throws(Errno) {
      end = try loop.later { [weak self] in
        self?.exchange()
        self?.fail(error)
      }
    } catch {
      // Without memory for that, the next words of the server tell.
    }
  }
}
