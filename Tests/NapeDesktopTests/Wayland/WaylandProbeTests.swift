import Glibc
import NapeCore
import Systemd
import Testing

@testable import NapeDesktop

@Suite struct WaylandProbeTests {
  @Test(arguments: [
    ([WaylandBench.kde, WaylandBench.extInput], Quality.precise, "ext_idle_notifier_v1"),
    ([WaylandBench.kde, WaylandBench.ext], .inhibitorAffected, "ext_idle_notifier_v1"),
    ([WaylandBench.kde], .inhibitorAffected, "org_kde_kwin_idle"),
  ])
  func takesTheBestNotifier(_ notifiers: [FakeCompositor.Global], _ quality: Quality, _ interface: String) throws {
    let bench = try WaylandBench(notifiers + [WaylandBench.seat, WaylandBench.secondSeat])
    try bench.find()
    let source = try #require(bench.source)
    #expect(source.name == .wayland)
    #expect(source.quality == quality)
    #expect(bench.compositor.bound.values.sorted() == [interface, "wl_seat", "wl_seat"].sorted())
    #expect(bench.compositor.notifications.isEmpty)
    #expect(bench.compositor.complaints.isEmpty)
    #expect(bench.reports.isEmpty)
  }

  @Test(arguments: [
    [WaylandBench.seat], [WaylandBench.extInput], [],
    [WaylandBench.seat, .init(name: 30, interface: "ext_idle_notifier_v1", version: 0)],
  ])
  func refusesACompositorThatCannotTell(_ globals: [FakeCompositor.Global]) throws {
    let bench = try WaylandBench(globals)
    try bench.find()
    #expect(bench.source == nil)
    #expect(!bench.compositor.isConnected)
  }

  @Test func givesUpOneThatDoesNotAnswer() throws {
    // Its loop is never turned: the kernel takes the connection, and nobody answers.
    let silent = try FakeCompositor(try EventLoop(), [WaylandBench.seat, WaylandBench.ext])
    let bench = try WaylandBench([WaylandBench.seat, WaylandBench.ext])
    var found: [WaylandGlobals?] = []
    WaylandProbe.start(
      displays: ["/nowhere", String(repeating: "/long", count: 30), silent.path, bench.compositor.path],
      loop: bench.loop, limitUSec: 100_000
    ) { found.append($0) }
    #expect(found.isEmpty)
    try bench.run { !found.isEmpty }
    #expect(found.count == 1)
    let globals = try #require(found.first ?? nil)
    #expect(globals.connection.isOpen)
    #expect(bench.compositor.connections == 1)

    // Nobody else is there to be tried.
    found = []
    WaylandProbe.start(displays: [silent.path], loop: bench.loop, limitUSec: 100_000) { found.append($0) }
    try bench.run { !found.isEmpty }
    #expect(found.count == 1 && found[0] == nil)
    withExtendedLifetime(globals) {}
  }

  @Test func triesTheNextAfterOneThatCannotTell() throws {
    let bench = try WaylandBench([WaylandBench.seat, WaylandBench.ext])
    let seatless = try FakeCompositor(bench.loop, [WaylandBench.ext])
    var found: [WaylandGlobals?] = []
    // The second connection gets the number of the first one's descriptor.
    WaylandProbe.start(
      displays: [seatless.path, seatless.path, bench.compositor.path], loop: bench.loop, limitUSec: 30_000_000
    ) { found.append($0) }
    let before = bench.now
    try bench.run { !found.isEmpty }
    #expect(found.first.map { $0 != nil } == true)
    #expect(bench.now - before < .seconds(20), "it was noticed at once, and not when the time was up")
  }

  @Test func isDoneAtOnceWithoutDisplays() throws {
    let loop = try EventLoop()
    var found = 0
    WaylandSource.probe(displays: [], loop: loop, handler: { _ in }, found: { if $0 == nil { found += 1 } })
    #expect(found == 0)
    while try loop.runOnce(timeoutUSec: 20_000) {}
    #expect(found == 1)
  }

  @Test func endsTheConnectionWithTheSource() throws {
    let bench = try WaylandBench([WaylandBench.seat, WaylandBench.ext])
    try bench.find()
    #expect(bench.compositor.isConnected)
    bench.letGo()
    try bench.run { !bench.compositor.isConnected }
    #expect(bench.reports.isEmpty)
  }

  @Test func findsCandidates() throws {
    let loop = try EventLoop()
    let compositor = try FakeCompositor(loop, [])
    let folder = String(compositor.path.dropLast("/wayland-0".count))
    close(open(compositor.path + ".lock", O_CREAT | O_WRONLY | O_CLOEXEC, 0o600))
    defer { unlink(compositor.path + ".lock") }
    func candidates(_ environment: [String: String]) -> [String] {
      WaylandDisplays.candidates { environment[$0] }
    }

    #expect(candidates([:]).isEmpty)
    #expect(candidates(["WAYLAND_DISPLAY": "wayland-1"]).isEmpty)
    #expect(candidates(["WAYLAND_DISPLAY": "/run/it"]) == ["/run/it"])
    #expect(candidates(["XDG_RUNTIME_DIR": folder]) == [compositor.path])
    #expect(candidates(["XDG_RUNTIME_DIR": folder, "WAYLAND_DISPLAY": ""]) == [compositor.path])
    #expect(candidates(["XDG_RUNTIME_DIR": folder, "WAYLAND_DISPLAY": "wayland-0"]) == [compositor.path])
    #expect(
      candidates(["XDG_RUNTIME_DIR": folder, "WAYLAND_DISPLAY": "wayland-9"])
        == [folder + "/wayland-9", compositor.path])
    #expect(candidates(["XDG_RUNTIME_DIR": "relative", "WAYLAND_DISPLAY": "wayland-0"]).isEmpty)
    #expect(candidates(["XDG_RUNTIME_DIR": folder + "/nowhere"]).isEmpty)
  }
}
