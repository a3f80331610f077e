import CSystemd
import Glibc

/// Waits for the end of a child process. SIGCHLD must be blocked (``EventLoop/blockChildSignal()``).
public final class ChildSource: EventSource {
  /// How a child ended.
  public enum Status: Hashable, Sendable {
    case exited(CInt)
    case killed(bySignal: CInt)
  }

  private let body: (Status) throws -> Void

  fileprivate init(loop: EventLoop, pid: pid_t, _ body: @escaping (Status) throws -> Void) throws(Errno) {
    self.body = body
    super.init(loop: loop)
    try check(
      sd_event_add_child(
        loop.raw, &raw, pid, WEXITED,
        { _, info, me in
          guard let me = EventSource.from(me, as: ChildSource.self), let info else { return 0 }
          let status = info.pointee._sifields._sigchld.si_status
          let ended: Status = info.pointee.si_code == Int32(CLD_EXITED) ? .exited(status) : .killed(bySignal: status)
          return me.loop.dispatch { try me.body(ended) }
        }, userdata))
  }
}

extension EventLoop {
  /// Blocks SIGCHLD, as `sd_event_add_child(3)` wants it, before a child is started.
  public func blockChildSignal() throws(Errno) {
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, SIGCHLD)
    try check(-pthread_sigmask(SIG_BLOCK, &set, nil))
  }

  /// Calls the body once when a child has ended. `sd_event_add_child(3)`
  public func child(
    pid: pid_t, _ body: @escaping (ChildSource.Status) throws -> Void
  ) throws(Errno) -> ChildSource { try ChildSource(loop: self, pid: pid, body) }
}
