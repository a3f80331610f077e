import Glibc
import Testing

@testable import Systemd

@Suite struct NotifyTests {
  /// In a process of its own, since it changes the environment.
  @Test func aServiceManagerIsTold() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      let socket = try #require(DatagramSocket(path: folder.path + "/notify"))
      setenv("NOTIFY_SOCKET", folder.path + "/notify", 1)
      Notify.ready(status: "up")
      #expect(socket.receive() == "READY=1\nSTATUS=up")
      Notify.status("one line\nMAINPID=1")
      #expect(socket.receive() == "STATUS=one line MAINPID=1")
      Notify.reloading()
      let parts = try #require(socket.receive()).split(separator: "\n")
      #expect(parts.first == "RELOADING=1")
      let time = try #require(parts.last?.split(separator: "="))
      #expect(time.first == "MONOTONIC_USEC")
      #expect(time.last.flatMap { UInt64($0) } != nil)
      Notify.stopping()
      #expect(socket.receive() == "STOPPING=1")
    }
  }

  @Test func withoutAServiceManagerNothingHappens() async {
    await #expect(processExitsWith: .success) {
      unsetenv("NOTIFY_SOCKET")
      Notify.ready(status: "up")
      setenv("NOTIFY_SOCKET", "/nowhere", 1)
      Notify.stopping()
    }
  }
}

/// A bound socket, as the service manager has one.
private final class DatagramSocket {
  private let fd: CInt

  init?(path: String) {
    fd = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    guard fd >= 0, path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(fd, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard bound == 0 else { return nil }
  }

  deinit { close(fd) }

  func receive() -> String? {
    var bytes = [UInt8](repeating: 0, count: 1024)
    let count = recv(fd, &bytes, bytes.count, CInt(MSG_DONTWAIT))
    return count >= 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
  }
}
