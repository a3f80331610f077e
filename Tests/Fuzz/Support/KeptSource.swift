import NapeCore

@testable import NapeDesktop

/// A source as the daemon keeps it, which is asked for input and idle times by turns, and for pauses.
final class KeptSource {
  private var source: (any PresenceSource)?
  private var pause: (any PauseWait)?
  /// How often its end was told, or that of its connection.
  private(set) var endings = 0

  /// - Parameter source: `nil` where the server cannot be one.
  func keep(_ source: (any PresenceSource)?) {
    self.source = source
    source?.watch(.idle(after: .minutes(1)))
  }

  func end() { endings += 1 }

  func take(_ report: PresenceReport) {
    switch report {
    case .idle: ask(for: .input)
    case .input: ask(for: .idle(after: .minutes(1)))
    case .lost: end()
    case .present, .inhibited: break
    }
  }

  private func ask(for watch: Watch) {
    source?.watch(watch)
    pause = source?.awaitPause(of: .seconds(3)) { [unowned self] _ in self.pause = nil }
  }
}
