import CSystemd

/// Waits for changes of a file or folder.
public final class InotifySource: EventSource {
  private let body: (UInt32, String?) throws -> Void

  fileprivate init(
    loop: EventLoop, path: String, mask: UInt32, _ body: @escaping (UInt32, String?) throws -> Void
  ) throws(Errno) {
    self.body = body
    super.init(loop: loop)
    try check(
      sd_event_add_inotify(
        loop.raw, &raw, path, mask,
        { _, event, me in
          guard let me = EventSource.from(me, as: InotifySource.self), let event else { return 0 }
          // The name follows the struct, ended by NUL and padded.
          let name = UnsafeRawPointer(event).advanced(by: MemoryLayout<inotify_event>.size)
          let text = event.pointee.len > 0 ? String(cString: name.assumingMemoryBound(to: CChar.self)) : nil
          let mask = event.pointee.mask
          return me.loop.dispatch { try me.body(mask, text) }
        }, userdata))
  }
}

extension EventLoop {
  /// Calls the body with what happened, and with the entry's name where the path is a folder. `sd_event_add_inotify(3)`
  ///
  /// - Parameter mask: of `IN_MODIFY` and its like.
  public func inotify(
    path: String, mask: UInt32, _ body: @escaping (_ mask: UInt32, _ name: String?) throws -> Void
  ) throws(Errno) -> InotifySource { try InotifySource(loop: self, path: path, mask: mask, body) }
}
