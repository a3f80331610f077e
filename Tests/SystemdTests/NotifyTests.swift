import Glibc
import Testing

@testable import Systemd

/// They set the environment.
@Suite(.serialized) struct NotifyTests {
  /// Does something with a socket of our own as the service manager's, and returns what came there.
  private func notifications(_ body: () -> Void) throws -> [String] {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/notify"
    let socket = FileDescriptor(owning: socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0))
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket.raw, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard bound == 0 else { throw Errno.current }

    let before = getenv("NOTIFY_SOCKET").map { String(cString: $0) }
    setenv("NOTIFY_SOCKET", path, 1)
    defer { if let before { setenv("NOTIFY_SOCKET", before, 1) } else { unsetenv("NOTIFY_SOCKET") } }
    body()

    var texts: [String] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(socket.raw, &buffer, buffer.count, CInt(MSG_DONTWAIT.rawValue))
      guard count > 0 else { return texts }
      texts.append(String(decoding: buffer[..<count], as: UTF8.self))
    }
  }

  @Test func readyTellsTheStatusToo() throws {
    #expect(try notifications { Notify.ready(status: "sitting since 9:30") } == ["READY=1\nSTATUS=sitting since 9:30"])
  }

  @Test func statusAlone() throws {
    #expect(try notifications { Notify.status("Pause – 5 min") } == ["STATUS=Pause – 5 min"])
  }

  @Test func statusStaysOneAssignment() throws {
    #expect(try notifications { Notify.status("a\nSTOPPING=1") } == ["STATUS=a STOPPING=1"])
    #expect(try notifications { Notify.ready(status: "a\nb") } == ["READY=1\nSTATUS=a b"])
  }

  @Test func stopping() throws { #expect(try notifications { Notify.stopping() } == ["STOPPING=1"]) }

  @Test func reloadingTellsTheTime() throws {
    let text = try #require(try notifications { Notify.reloading() }.first)
    let lines = text.split(separator: "\n")
    #expect(lines.first == "RELOADING=1")
    let time = try #require(lines.last?.split(separator: "=").last.flatMap { UInt64($0) })
    #expect(lines.last == "MONOTONIC_USEC=\(time)")
    #expect(try time <= EventLoop().nowUSec(CLOCK_MONOTONIC))
  }

  @Test func nobodyListens() throws {
    setenv("NOTIFY_SOCKET", "/nowhere/at/all", 1)
    defer { unsetenv("NOTIFY_SOCKET") }
    Notify.ready(status: "")
  }
}
