import Systemd
import Testing

@testable import NapeDesktop

@Suite struct SessionEnvironmentTests {
  private let daemon: PrivateBus
  private let loop: EventLoop
  private let own: Bus

  init() throws {
    daemon = try PrivateBus()
    loop = try EventLoop()
    own = try daemon.connect(loop)
  }

  private func manager(_ assignments: Kept<[String]>) throws -> FakeService {
    let manager = try FakeService(
      daemon.connect(loop), name: "org.freedesktop.systemd1", path: "/org/freedesktop/systemd1",
      interface: "org.freedesktop.systemd1.Manager",
      properties: [("Environment", "as", { .strings(assignments.value) })])
    try manager.appear()
    return manager
  }

  private func refresh(_ environment: SessionEnvironment) throws {
    let isDone = Kept(false)
    environment.refresh { isDone.value = true }
    try loop.turn { isDone.value }
  }

  @Test func whatTheUserManagerHasBeenToldIsFound() throws {
    let assignments = Kept(["WAYLAND_DISPLAY=wayland-3", "rubbish", "=", "DISPLAY=:1=2", "HOME=/elsewhere"])
    let manager = try manager(assignments)
    let environment = SessionEnvironment(bus: own) { $0 == "HOME" ? "/home" : $0 == "WAYLAND_DISPLAY" ? "" : nil }
    #expect(environment.value("WAYLAND_DISPLAY")?.isEmpty ?? true)
    try refresh(environment)
    #expect(environment.value("WAYLAND_DISPLAY") == "wayland-3")
    #expect(environment.value("DISPLAY") == ":1=2")
    #expect(environment.value("HOME") == "/home", "this process's own goes first")
    #expect(environment.value("rubbish") == nil)
    // What is taken back is forgotten.
    assignments.value = []
    try refresh(environment)
    #expect(environment.value("DISPLAY") == nil)
    #expect(manager.asked.value == 2)
  }

  @Test func nothingIsAskedWhereNothingIsLacking() throws {
    let manager = try manager(Kept([]))
    let environment = SessionEnvironment(bus: own) { _ in "there" }
    var isDone = false
    environment.refresh { isDone = true }
    #expect(isDone)
    try loop.rest()
    #expect(manager.asked.value == 0)
  }

  @Test func withoutAUserManagerThereIsNothingMore() throws {
    let environment = SessionEnvironment(bus: own) { $0 == "HOME" ? "/home" : nil }
    try refresh(environment)
    #expect(environment.value("DISPLAY") == nil)
    #expect(environment.value("HOME") == "/home")
  }

  @Test func oneThatHangsIsNotWaitedForLong() throws {
    let silent = try Bus.open(address: daemon.address)
    #expect(try silent.requestName("org.freedesktop.systemd1"))
    let environment = SessionEnvironment(bus: own) { _ in nil }
    try refresh(environment)
    #expect(environment.value("DISPLAY") == nil)
  }
}
