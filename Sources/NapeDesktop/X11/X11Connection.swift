import Glibc
import NapeCore
import Systemd

/// A connection to an X server: the setup, then requests out, and replies and events in.
///
/// It reports its end once, from the loop; after that it does nothing any more. It trusts nothing that comes: see
/// ``X11Error`` for what ends it. A server that owes an answer for too long has ended too.
final class X11Connection {
  /// Takes one reply. What it throws ends the connection.
  typealias Receiver = (X11Message) throws(X11Error) -> Void

  /// How long a server may take to answer, in microseconds.
  static let limitUSec: UInt64 = 2_000_000
  /// Replies that are waited for at one time; far more than are needed.
  static let replyLimit = 1024

  /// A reply that is owed.
  private struct Debt {
    /// The number of the request.
    var sequence: UInt64
    /// CLOCK_MONOTONIC.
    var sinceUSec: UInt64
    var receiver: Receiver
  }

  private let loop: EventLoop
  private let limitUSec: UInt64
  private let stream: LocalStream<X11Error>
  /// Called from the loop when the server has let us in. What it throws ends the connection.
  var opened: () throws(X11Error) -> Void = {}
  /// Takes the events, from the loop. What it throws ends the connection.
  var event: (_ number: UInt8, X11Message) throws(X11Error) -> Void = { _, _ in }
  /// Called once, from the loop, when the connection ends by itself.
  var failed: (X11Error) -> Void

  private var input = X11Input()
  private var setup: X11Setup?
  private let setupSinceUSec: UInt64

  /// How many requests were made: the number of the last.
  private var sent: UInt64 = 0
  /// The number of the last request that the server has dealt with, as far as is known.
  private var settled: UInt64 = 0
  /// In the order of the requests, which is that of the replies.
  private var debts: [Debt] = []
  private var objects: UInt32 = 0
  /// Elapses when an answer is overdue. On CLOCK_MONOTONIC.
  private var patience: Timer?

  /// - Parameters:
  ///   - cookie: shown to be let in.
  ///   - limitUSec: how long the server may take to answer, in microseconds.
  /// - Throws: ``X11Error/socket(_:)``.
  init(
    _ socket: LocalSocket, cookie: [UInt8]?, loop: EventLoop, limitUSec: UInt64 = limitUSec,
    failed: @escaping (X11Error) -> Void
  ) throws(X11Error) {
    (self.loop, self.limitUSec, self.failed) = (loop, limitUSec, failed)
    setupSinceUSec = loop.nowUSec(CLOCK_MONOTONIC)
    do throws(LocalSocketError) {
      stream = try LocalStream(socket, loop: loop, failure: X11Error.init)
    } catch {
      throw X11Error(error)
    }
    stream.received = { [weak self] bytes throws(X11Error) in try self?.take(bytes) }
    stream.failed = { [weak self] error in self?.fail(error) }
    do throws(Errno) {
      patience = try loop.timer(clock: CLOCK_MONOTONIC, accuracyUSec: 100_000) { [weak self] in
        self?.loseOrKeepPatience()
      }
    } catch {
      throw .socket(.system(call: "timerfd_create", error))
    }
    stream.send(X11Setup.request(cookie: cookie))
    watchDebts()
  }

  var isOpen: Bool { stream.isOpen }

  /// The window that fills the first screen; 0 until we have been let in.
  var root: UInt32 { setup?.root ?? 0 }

  /// A number for a new object of ours.
  func newObject() -> UInt32 {
    objects &+= 1
    return setup?.object(objects) ?? 0
  }

  // MARK: Requests

  /// Sends a request that has no reply, now or when the server reads again. That the connection ends of it is told later.
  func send(_ request: X11Request) {
    guard isOpen, setup != nil else { return }
    sent += 1
    stream.send(request.bytes)
  }

  /// Sends a request, whose reply `receiver` takes, from the loop; never if the connection ends.
  func send(_ request: X11Request, _ receiver: @escaping Receiver) {
    guard isOpen, setup != nil else { return }
    guard debts.count < Self.replyLimit else { return failLater(.silent) }
    send(request)
    debts.append(Debt(sequence: sent, sinceUSec: loop.nowUSec(CLOCK_MONOTONIC), receiver: receiver))
    if debts.count == 1 { watchDebts() }
  }

  /// Since when the answer that has been owed for longest is owed.
  private var owedSinceUSec: UInt64? { setup == nil ? setupSinceUSec : debts.first?.sinceUSec }

  /// Sees to it that no answer is waited for too long.
  private func watchDebts() {
    guard isOpen, let since = owedSinceUSec else { return patience?.disarm() ?? () }
    do throws(Errno) {
      try patience?.arm(atUSec: since + limitUSec)
    } catch {
      failLater(.socket(.system(call: "timerfd_settime", error)))
    }
  }

  private func loseOrKeepPatience() {
    // Where we were the ones who were held up, the answer may be there.
    stream.exchange()
    guard isOpen, let since = owedSinceUSec else { return }
    if loop.nowUSec(CLOCK_MONOTONIC) >= since + limitUSec { failLater(.silent) } else { watchDebts() }
  }

  // MARK: Messages

  /// Takes in what came from the server.
  func take(_ received: some Sequence<UInt8>) throws(X11Error) {
    input.append(received)
    if isOpen, setup == nil {
      guard let answer = try input.nextSetup() else { return }
      setup = try X11Setup(answer)
      watchDebts()
      try opened()
    }
    while isOpen, let message = try input.next() { try take(message) }
  }

  private func take(_ message: X11Message) throws(X11Error) {
    if let sequence = message.sequence { try settle(sequence) }
    switch message.kind {
    case .error:
      var fields = message.fields
      try fields.skip(4)
      let (minor, major) = (try fields.uint16(), try fields.uint8())
      throw .requestFailed(code: message.bytes[1], major: major, minor: minor)
    case .reply:
      guard let debt = debts.first, debt.sequence == settled else {
        throw .unexpectedReply(UInt16(truncatingIfNeeded: settled))
      }
      debts.removeFirst()
      watchDebts()
      try debt.receiver(message)
    case .event(let number): try event(number, message)
    // There is no window of ours by which another client could talk to us.
    case .hearsay: break
    }
  }

  /// Notes how far the server has come. Its messages are in order, and so the low bits of a number will do.
  private func settle(_ low: UInt16) throws(X11Error) {
    let number = settled + UInt64(low &- UInt16(truncatingIfNeeded: settled))
    guard number <= sent else { throw .badSequence(low) }
    settled = number
  }

  // MARK: The end

  /// Ends the connection without a word.
  func close() {
    stream.close()
    patience = nil
    debts = []
    (opened, event) = ({}, { _, _ in })
  }

  private func fail(_ error: X11Error) {
    let wasInMessage = error == .closed(inMessage: false) && !input.isEmpty
    close()
    failed(wasInMessage ? .closed(inMessage: true) : error)
  }

  /// Ends the connection from the loop. What the server has said until then explains more than `error`.
  func failLater(_ error: X11Error) { stream.failLater(error) }
}
