import CSystemd
import Glibc

/// An event loop (`sd_event`). It belongs to the thread that made it, and so does everything that hangs on it.
///
/// A body that throws ends the loop, and ``run()`` throws what it threw.
public final class EventLoop {
  let raw: OpaquePointer
  private var failure: (any Error)?

  /// `sd_event_new(3)`
  public init() throws(Errno) {
    var event: OpaquePointer?
    try check(sd_event_new(&event))
    guard let event else { throw Errno.invalidArgument }
    raw = event
  }

  deinit { sd_event_unref(raw) }

  /// Runs until ``stop(throwing:)``. `sd_event_loop(3)`
  public func run() throws {
    try check(sd_event_loop(raw))
    if let failure { throw failure }
  }

  /// One turn: waits for an event, for so long at most, and dispatches one. `sd_event_run(3)`
  ///
  /// - Parameter timeoutUSec: `nil` waits for as long as it takes.
  /// - Returns: whether something was dispatched.
  public func runOnce(timeoutUSec: UInt64?) throws -> Bool {
    let dispatched = try check(sd_event_run(raw, timeoutUSec ?? .max)) > 0
    if let failure { throw failure }
    return dispatched
  }

  /// Ends ``run()`` after the present turn; the first error stands. `sd_event_exit(3)`
  public func stop(throwing error: (any Error)? = nil) {
    failure = failure ?? error
    sd_event_exit(raw, 0)
  }

  /// A clock, read now. `clock_gettime(2)`
  public func nowUSec(_ clock: clockid_t) -> UInt64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return UInt64(time.tv_sec) * 1_000_000 + UInt64(time.tv_nsec) / 1000
  }

  /// Answers the service manager's watchdog for as long as the loop turns. `sd_event_set_watchdog(3)`
  ///
  /// - Returns: whether the service manager asked for that.
  @discardableResult
  public func enableWatchdog() throws(Errno) -> Bool { try check(sd_event_set_watchdog(raw, 1)) > 0 }

  /// Runs what a callback does and keeps the error that it throws.
  func dispatch(_ body: () throws -> Void) -> CInt {
    do { try body() } catch { stop(throwing: error) }
    return 0
  }
}
