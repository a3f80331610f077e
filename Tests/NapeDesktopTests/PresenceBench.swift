import Glibc
import NapeCore
import Systemd
import Testing

@testable import NapeDesktop

/// A server of the test's own, a source that has found it, and what the source reports.
class PresenceBench<Server, Source: PresenceSource> {
  let loop: EventLoop
  let server: Server
  private(set) var source: Source?
  private(set) var reports: [PresenceReport] = []
  /// Called with each report.
  var onReport: (PresenceReport) -> Void = { _ in }

  init(_ makeServer: (EventLoop) throws -> Server) throws {
    loop = try EventLoop()
    server = try makeServer(loop)
  }

  /// Where a source reports to.
  final var handler: PresenceHandler {
    { [weak self] report in
      self?.reports.append(report)
      self?.onReport(report)
    }
  }

  /// Has a source looked for, which may be found or not.
  final func find(_ probe: (_ found: @escaping (Source?) -> Void) -> Void) throws {
    var isDone = false
    probe { [weak self] source in
      self?.source = source
      isDone = true
    }
    try run { isDone }
    try rest()
  }

  /// Watches, and lets the server know.
  final func watch(_ watch: Watch) throws {
    let before = reports
    try #require(source).watch(watch)
    #expect(reports == before, "reported from within watch")
    try rest()
  }

  /// Has the source look out for a pause.
  ///
  /// - Returns: whoever holds on to the wait, and what is told.
  final func awaitPause(of length: Microseconds) throws -> (wait: Kept<(any PauseWait)?>, told: Kept<[Bool]>) {
    let told = Kept<[Bool]>([])
    let wait = try #require(source).awaitPause(of: length) { told.value.append($0) }
    #expect(told.value.isEmpty, "told from within awaitPause")
    return (Kept(wait), told)
  }

  /// Turns the loop for so long.
  final func pass(_ length: Microseconds) throws {
    let end = now + length
    try run { now >= end }
  }

  /// Turns the loop until something is so.
  final func run(
    until condition: () -> Bool, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let limit = loop.nowUSec(CLOCK_MONOTONIC) + 60_000_000
    while !condition() {
      try #require(loop.nowUSec(CLOCK_MONOTONIC) < limit, "it never came to that", sourceLocation: sourceLocation)
      _ = try loop.runOnce(timeoutUSec: 100_000)
    }
  }

  /// Turns the loop until nothing more happens at once.
  final func rest() throws {
    while try loop.runOnce(timeoutUSec: 20_000) {}
  }

  final func letGo() { source = nil }

  final var now: Microseconds { Microseconds(loop.nowUSec(CLOCK_BOOTTIME)) }

  /// Why the source was lost.
  final var losses: [String] {
    reports.compactMap { report in
      if case .lost(let why) = report { why } else { nil }
    }
  }

  /// The times of the inputs that were reported.
  final var inputs: [Microseconds] {
    reports.compactMap { report in
      if case .input(let at) = report { at } else { nil }
    }
  }

  final var idleSince: [Microseconds] {
    reports.compactMap { report in
      if case .idle(let since) = report { since } else { nil }
    }
  }
}
