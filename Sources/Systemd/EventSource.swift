import CSystemd

/// Something that an event loop waits for (`sd_event_source`). Letting it go ends it, also from within its own body.
public class EventSource {
  let loop: EventLoop
  var raw: OpaquePointer?

  init(loop: EventLoop) { self.loop = loop }

  /// `sd_event_source_disable_unref(3)`
  deinit { sd_event_source_disable_unref(raw) }

  /// What libsystemd hands back to a callback.
  var userdata: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  /// The object that `userdata` was made from, kept alive while its body runs.
  static func from<Source: EventSource>(_ userdata: UnsafeMutableRawPointer?, as: Source.Type) -> Source? {
    userdata.map { Unmanaged<Source>.fromOpaque($0).takeUnretainedValue() }
  }
}
