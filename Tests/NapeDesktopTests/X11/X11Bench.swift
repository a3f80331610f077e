import NapeCore
import Systemd

@testable import NapeDesktop

/// An X server, a source that has found it, and what the source reports.
final class X11Bench: PresenceBench<FakeXServer, X11Source> {
  /// Why no source was found, or what the server does not do.
  private(set) var error: X11Error?

  init(_ furnish: (FakeXServer) -> Void = { _ in }) throws {
    try super.init { try FakeXServer($0) }
    furnish(server)
  }

  /// Has the source look for the server.
  func find(cookie: [UInt8]? = nil, limitUSec: UInt64 = 10_000_000) throws {
    try find { found in
      X11Probe.start(.init(sockets: [server.path], cookie: cookie), loop: loop, limitUSec: limitUSec) {
        [weak self] counter, error in
        guard let self else { return }
        self.error = error
        found(counter.flatMap { X11Source($0, loop: self.loop, handler: self.handler) })
      }
    }
  }
}
