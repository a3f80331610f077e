import NapeCore

/// Something that knows when the person last touched an input device.
///
/// It is told what to look out for and reports it, once, until it is told anew; it never ticks on its own account. Boot
/// times are CLOCK_BOOTTIME. It belongs to the event loop's thread and reports only from the loop's callbacks, never from
/// within ``watch(_:)``.
public protocol PresenceSource: AnyObject {
  var name: SourceName { get }
  var quality: Quality { get }

  /// Looks out for something else from now on.
  ///
  /// - `.nothing`: nothing is reported, but for inhibitors, which are told whatever is watched.
  /// - `.input`: each input is reported with its time, but after one at most one a second.
  /// - `.idle(after)`: that there has been no input for so long is reported once, as soon as that is so: at once if it is
  ///   so already.
  func watch(_ watch: Watch)

  /// Asks for the time of the last input; `nil` if the source cannot tell.
  func lastInput(_ answer: @escaping (Microseconds?) -> Void)

  /// Looks out for a pause, whatever is watched, for as long as somebody holds on to the wait.
  ///
  /// - Parameters:
  ///   - length: how long there must be no input; also before this call, as far as that is known.
  ///   - tell: called from the loop. With `false` as soon as there has been such a pause, or it turns out that the source
  ///     cannot tell; after that no more. Before that with `true`, once, if and when it is known that there is input.
  /// - Returns: `nil` if the source cannot tell; then nothing is told.
  func awaitPause(of length: Microseconds, _ tell: @escaping (_ isTyping: Bool) -> Void) -> (any PauseWait)?
}

extension PresenceSource {
  /// A source that sees no single inputs cannot tell.
  public func awaitPause(of length: Microseconds, _ tell: @escaping (_ isTyping: Bool) -> Void) -> (any PauseWait)? {
    nil
  }
}

/// What a source reports.
public enum PresenceReport: Hashable, Sendable {
  case input(at: Microseconds)
  case idle(since: Microseconds)
  /// Somebody is there: from a source that sees no single inputs.
  case present
  /// Whether something keeps the screen awake, and since when: from a source that sees that by itself.
  case inhibited(Bool, since: Microseconds)
  /// The source is gone for good; the next one is looked for.
  case lost(why: String)
}

/// What a source needs: where it reports to.
public typealias PresenceHandler = (PresenceReport) -> Void
