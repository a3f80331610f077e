import CSystemd

/// Waits for a file descriptor, which stays its owner's.
public final class IOSource: EventSource {
  private let body: (UInt32) throws -> Void

  fileprivate init(
    loop: EventLoop, fd: CInt, events: UInt32, _ body: @escaping (UInt32) throws -> Void
  ) throws(Errno) {
    self.body = body
    super.init(loop: loop)
    try check(
      sd_event_add_io(
        loop.raw, &raw, fd, events,
        { _, _, events, me in
          guard let me = EventSource.from(me, as: IOSource.self) else { return 0 }
          return me.loop.dispatch { try me.body(events) }
        }, userdata))
  }

  /// Waits for other events from now on. `sd_event_source_set_io_events(3)`
  public func setEvents(_ events: UInt32) throws(Errno) { try check(sd_event_source_set_io_events(raw, events)) }

  /// Waits no more; before the descriptor is closed by the source's own body, or else the source would end the waiting for
  /// another one of the same number. `sd_event_source_set_enabled(3)`
  public func disable() { sd_event_source_set_enabled(raw, CInt(SD_EVENT_OFF)) }
}

extension EventLoop {
  /// Calls the body with the events that came, for as long as they stand. `sd_event_add_io(3)`
  ///
  /// - Parameter events: of `EPOLLIN`, `EPOLLOUT` and their like.
  public func io(
    fd: CInt, events: UInt32, _ body: @escaping (_ events: UInt32) throws -> Void
  ) throws(Errno) -> IOSource { try IOSource(loop: self, fd: fd, events: events, body) }
}
