import Glibc
import NapeCore
import Systemd

/// The idle hint that a desktop gives logind. Coarse: it comes minutes late, and says nothing of single inputs.
///
/// Some desktops never set it, and then it looks like somebody who never leaves. It is trusted only once it has been seen
/// to change.
public final class IdleHintSource: PresenceSource {
  public let name = SourceName.logind
  public let quality = Quality.coarse

  private let loop: EventLoop
  private let report: PresenceHandler
  private var session: Login.Session
  private var wanted = Watch.nothing
  private var soon: DeferredSource?

  public init(loop: EventLoop, session: Login.Session, report: @escaping PresenceHandler) {
    self.loop = loop
    self.session = session
    self.report = report
  }

  /// Whether a session's hint can be trusted.
  public static func isTrusted(_ session: Login.Session) -> Bool { session.idleSinceMonotonicUSec > 0 }

  /// The session has changed.
  public func update(_ session: Login.Session) {
    let before = self.session
    self.session = session
    if before.isIdle != session.isIdle { tell() }
  }

  public func watch(_ watch: Watch) {
    wanted = watch
    soon = try? loop.later { [weak self] in self?.tell() }
  }

  private func tell() {
    switch wanted {
    case .nothing: break
    case .input: if !session.isIdle { report(.present) }
    case .idle: if session.isIdle { report(.idle(since: idleSince)) }
    }
  }

  /// When the hint was set; the last input was before that, by how much nobody tells.
  private var idleSince: Microseconds {
    let ago = loop.nowUSec(CLOCK_MONOTONIC).subtractingReportingOverflow(session.idleSinceMonotonicUSec)
    let length = ago.overflow ? 0 : Microseconds(clamping: ago.partialValue)
    return Microseconds(loop.nowUSec(CLOCK_BOOTTIME)) - length
  }

  public func lastInput(_ answer: @escaping (Microseconds?) -> Void) { answer(session.isIdle ? idleSince : nil) }
}
