import CSystemd
import Glibc

/// Waits for a signal, which is blocked for the process.
public final class SignalSource: EventSource {
  private let body: () throws -> Void

  fileprivate init(loop: EventLoop, signal: CInt, _ body: @escaping () throws -> Void) throws(Errno) {
    self.body = body
    super.init(loop: loop)
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, signal)
    try check(-pthread_sigmask(SIG_BLOCK, &set, nil))
    try check(
      sd_event_add_signal(
        loop.raw, &raw, signal,
        { _, _, me in
          guard let me = EventSource.from(me, as: SignalSource.self) else { return 0 }
          return me.loop.dispatch(me.body)
        }, userdata))
  }
}

extension EventLoop {
  /// Blocks a signal and calls the body when it comes. `sd_event_add_signal(3)`
  public func signal(_ signal: CInt, _ body: @escaping () throws -> Void) throws(Errno) -> SignalSource {
    try SignalSource(loop: self, signal: signal, body)
  }
}
