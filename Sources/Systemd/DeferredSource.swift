import CSystemd

/// Runs once, at the loop's next turn.
public final class DeferredSource: EventSource {
  private let body: () throws -> Void

  fileprivate init(loop: EventLoop, _ body: @escaping () throws -> Void) throws(Errno) {
    self.body = body
    super.init(loop: loop)
    try check(
      sd_event_add_defer(
        loop.raw, &raw,
        { _, me in
          guard let me = EventSource.from(me, as: DeferredSource.self) else { return 0 }
          return me.loop.dispatch(me.body)
        }, userdata))
  }
}

extension EventLoop {
  /// Calls the body once, from the loop and not from here. `sd_event_add_defer(3)`
  public func later(_ body: @escaping () throws -> Void) throws(Errno) -> DeferredSource {
    try DeferredSource(loop: self, body)
  }
}
