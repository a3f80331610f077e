import Systemd
import Testing

@testable import NapeDesktop

@Suite struct ScreenSaversTests {
  private let daemon: PrivateBus
  private let loop: EventLoop
  private let savers: ScreenSavers
  private let changes = Kept<[Bool]>([])

  init() throws {
    daemon = try PrivateBus()
    loop = try EventLoop()
    savers = ScreenSavers(bus: try daemon.connect(loop))
    savers.onChange = { [changes] in changes.value.append($0) }
    try savers.start()
    try loop.rest()
  }

  private func saver(_ name: String, _ path: String, _ active: Kept<Bool>) throws -> FakeService {
    try FakeService(
      daemon.connect(loop), name: name, path: path, methods: [("GetActive", "", "b", { .bool(active.value) })],
      signals: [("ActiveChanged", ["b"])])
  }

  @Test func oneThatIsActiveIsFound() throws {
    let saver = try saver("org.mate.ScreenSaver", "/org/mate/ScreenSaver", Kept(true))
    try saver.appear()
    try loop.turn { savers.isActive }
    #expect(savers.present == ["org.mate.ScreenSaver"])
    #expect(savers.active == ["org.mate.ScreenSaver"])
    try saver.vanish()
    try loop.turn { !savers.isActive }
    #expect(changes.value == [true, false])
    #expect(savers.present.isEmpty)
  }

  @Test func itIsActiveWhileAnyIs() throws {
    let gnome = try saver("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", Kept(false))
    let kde = try saver("org.freedesktop.ScreenSaver", "/ScreenSaver", Kept(false))
    for saver in [gnome, kde] { try saver.appear() }
    try loop.rest()
    #expect(savers.present.sorted() == ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"])
    try gnome.emit("ActiveChanged", .bool(true))
    try kde.emit("ActiveChanged", .bool(true))
    try loop.turn { savers.active.count == 2 }
    try gnome.emit("ActiveChanged", .bool(false))
    try loop.rest()
    #expect(savers.isActive)
    try kde.emit("ActiveChanged", .bool(false))
    try loop.turn { !savers.isActive }
    #expect(changes.value == [true, false])
    #expect(gnome.asked.value == 1, "the signal says it all")
  }
}
