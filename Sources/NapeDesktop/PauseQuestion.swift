import NapeCore
import Systemd

/// The engine's question whether the person is typing, put to whichever source is in use.
///
/// Each time that it is asked, `false` is the last answer: there has been a pause of 3 s, or nobody can tell. Nothing is
/// looked out for while nobody asks.
public final class PauseQuestion {
  private static let length = Microseconds.seconds(3)

  private let loop: EventLoop
  private let tell: (Bool) -> Void

  /// Holds on to the wait for an answer; `nil` while there is none to be had.
  private var wait: AnyObject?
  /// Whose answer is waited for; `nil` for nobody's.
  private var source: ObjectIdentifier?

  /// - Parameter tell: whether the person is typing; called from the loop.
  public init(loop: EventLoop, tell: @escaping (_ isTyping: Bool) -> Void) {
    (self.loop, self.tell) = (loop, tell)
  }

  /// To be called whenever something may have changed.
  ///
  /// - Parameters:
  ///   - isAsked: whether the question is asked at present; a new question, once the last answer has been given.
  ///   - source: who can tell, if anybody.
  public func follow(isAsked: Bool, source: (any PresenceSource)?) {
    guard isAsked else {
      wait = nil
      return
    }
    let identity = source.map(ObjectIdentifier.init)
    guard wait == nil || self.source != identity else { return }
    self.source = identity
    wait = source?.awaitPause(of: Self.length) { [weak self] in self?.answer($0) }
    if wait == nil { wait = try? loop.later { [weak self] in self?.answer(false) } }
  }

  private func answer(_ isTyping: Bool) {
    if !isTyping { wait = nil }
    tell(isTyping)
  }
}
