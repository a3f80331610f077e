import Systemd
import Testing

@testable import NapeDesktop

/// Each server's own way to say that nobody is to be disturbed. (The real ones are asked in `Tests/Integration`.)
@Suite struct DoNotDisturbTests {
  private let daemon: PrivateBus
  private let loop: EventLoop
  private let own: DoNotDisturb
  private let changes = Kept<[Bool]>([])

  init() throws {
    daemon = try PrivateBus()
    loop = try EventLoop()
    own = DoNotDisturb(bus: try daemon.connect(loop))
    own.onChange = { [changes] in changes.value.append($0) }
    try own.start()
    try loop.rest()
  }

  private func server(_ interface: String, _ property: String, _ value: Kept<BusValue>) throws -> FakeService {
    try FakeService(
      daemon.connect(loop), name: NotificationServer.busName, path: NotificationServer.path, interface: interface,
      properties: [(property, value.value.typeSignature, { value.value })])
  }

  private func expect(_ changes: [Bool], _ what: Comment? = nil) throws {
    try loop.rest()
    #expect(self.changes.value == changes, what)
    #expect(own.isOn == (changes.last ?? false))
  }

  static let properties: [(String, String, on: BusValue, off: BusValue)] = [
    ("org.freedesktop.Notifications", "Inhibited", .bool(true), .bool(false)),
    ("org.dunstproject.cmd0", "paused", .bool(true), .bool(false)),
    ("org.dunstproject.cmd0", "pauseLevel", .uint32(30), .uint32(0)),
  ]

  @Test(arguments: Self.properties)
  func aPropertyIsFollowed(_ interface: String, _ property: String, _ on: BusValue, _ off: BusValue) throws {
    let value = Kept(off)
    let service = try server(interface, property, value)
    try service.appear()
    try expect([])
    value.value = on
    try service.tell(property)
    try expect([true])
    value.value = off
    try service.tell(property)
    try expect([true, false])
    value.value = on
    try service.tell(property)
    try expect([true, false, true])
    try service.vanish()
    try expect([true, false, true, false], "it has taken its word along")
    try service.appear()
    try expect([true, false, true, false, true])
  }

  @Test(arguments: Self.properties)
  func aServerThatLiesMindsNothing(_ interface: String, _ property: String, _ on: BusValue, _: BusValue) throws {
    for lie in [BusValue.string("true"), .strings(["true"]), .double(1), .structure([on])] {
      let service = try server(interface, property, Kept(lie))
      try service.appear()
      try service.tell(property)
      try expect([])
      try service.vanish()
      try loop.rest()
    }
  }

  @Test func nothingIsAskedAgainWhileNothingChanges() throws {
    let service = try server("org.freedesktop.Notifications", "Inhibited", Kept(.bool(true)))
    try service.appear()
    try expect([true])
    for _ in 0..<5 { own.askAgain() }
    try expect([true])
    #expect(service.asked.value == 1)
  }

  /// One server takes the name of another at once: nothing is let through before the new one has answered.
  @Test func aServerThatTakesAnothersPlaceIsAskedFirst() throws {
    let first = try server("org.freedesktop.Notifications", "Inhibited", Kept(.bool(true)))
    let second = try server("org.dunstproject.cmd0", "paused", Kept(.bool(true)))
    try first.appear()
    try expect([true])
    // It waits in line for the name.
    let line = try second.bus.methodCall(
      "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
      .string(NotificationServer.busName), .uint32(0))
    try second.bus.send(line) { _ in }
    try loop.rest()
    try first.vanish()
    try expect([true])
  }

  @Test(arguments: ["do-not-disturb", "dnd"])
  func makoListsItsModes(_ name: String) throws {
    let modes = Kept(["default"])
    let service = try FakeService(
      daemon.connect(loop), name: NotificationServer.busName, path: MakoDoNotDisturb.path,
      interface: MakoDoNotDisturb.interface, methods: [("ListModes", "", "as", { .strings(modes.value) })],
      properties: [("Modes", "as", { .strings(modes.value) })])
    try service.appear()
    try expect([])
    // Debian's does not tell.
    modes.value = ["default", name]
    try expect([])
    own.askAgain()
    try expect([true])
    // Later ones do.
    modes.value = []
    try service.tell("Modes")
    try expect([true, false])
    modes.value = ["do-not-disturb-me"]
    try service.tell("Modes")
    own.askAgain()
    try expect([true, false])
  }

  @Test func swayncSaysItInASignal() throws {
    let dnd = Kept(false)
    let service = try FakeService(
      daemon.connect(loop), name: SwayncDoNotDisturb.service, path: SwayncDoNotDisturb.path,
      methods: [("GetDnd", "", "b", { .bool(dnd.value) }), ("IsInhibited", "", "b", { .bool(false) })],
      signals: [("SubscribeV2", ["u", "b", "b", "b"]), ("Subscribe", ["u", "b", "b"])])
    try service.appear()
    try expect([])
    try service.emit("SubscribeV2", .uint32(3), .bool(true), .bool(false), .bool(false))
    try expect([true])
    try service.emit("SubscribeV2", .uint32(3), .bool(false), .bool(true), .bool(true))
    try expect([true], "now a program keeps them back")
    try service.emit("SubscribeV2", .uint32(3), .bool(false), .bool(true), .bool(false))
    try expect([true, false])
    try service.emit("Subscribe", .uint32(3), .bool(true), .bool(false))
    try expect([true, false, true])
    try service.vanish()
    try expect([true, false, true, false])
    dnd.value = true
    try service.appear()
    try expect([true, false, true, false, true])
  }

  @Test func swayncOfOtherTypesMindsNothing() throws {
    let service = try FakeService(
      daemon.connect(loop), name: SwayncDoNotDisturb.service, path: SwayncDoNotDisturb.path,
      methods: [("GetDnd", "", "s", { .string("true") })], signals: [("SubscribeV2", ["s"])])
    try service.appear()
    try service.emit("SubscribeV2", .string("true"))
    try expect([])
  }

  // MARK: Xfce

  private func xfconf(_ value: Kept<Bool>) throws -> FakeService {
    let properties = BusObject.Method(
      "GetProperty", [.init("channel", "s"), .init("property", "s")], returns: [.init("value", "v")]
    ) { arguments in
      guard arguments == [.string("xfce4-notifyd"), .string("/do-not-disturb")] else {
        throw BusError(name: "org.xfce.Xfconf.Error.PropertyNotFound", message: "no")
      }
      return [.variant(.bool(value.value))]
    }
    return try FakeService(
      daemon.connect(loop), name: XfceDoNotDisturb.settings, path: XfceDoNotDisturb.path, more: [properties],
      signals: [("PropertyChanged", ["s", "s", "v"]), ("PropertyRemoved", ["s", "s"])])
  }

  private func server(named name: String) throws -> FakeService {
    let information = BusObject.Method(
      "GetServerInformation",
      returns: [.init("name", "s"), .init("vendor", "s"), .init("version", "s"), .init("spec", "s")]
    ) { _ in
      [.string(name), .string(""), .string("1"), .string("1.2")]
    }
    return try FakeService(
      daemon.connect(loop), name: NotificationServer.busName, path: NotificationServer.path, more: [information])
  }

  private func change(_ service: FakeService, _ property: String, _ value: BusValue) throws {
    try service.emit("PropertyChanged", .string("xfce4-notifyd"), .string(property), .variant(value))
  }

  @Test func xfcesSettingsCountWhereItsServerIs() throws {
    let value = Kept(true)
    let settings = try xfconf(value)
    try settings.appear()
    try expect([], "nobody knows whose server it is")
    let others = try server(named: "Other")
    try others.appear()
    try expect([], "another's")
    try others.vanish()
    let xfces = try server(named: XfceDoNotDisturb.serverName)
    try xfces.appear()
    try expect([true])
    try change(settings, "/notify-location", .bool(false))
    try expect([true])
    try change(settings, "/do-not-disturb", .bool(false))
    try expect([true, false])
    try change(settings, "/do-not-disturb", .bool(true))
    try expect([true, false, true])
    // Its server starts anew; the settings have not changed.
    try xfces.vanish()
    try expect([true, false, true])
    try xfces.appear()
    try expect([true, false, true])
    try settings.emit("PropertyRemoved", .string("xfce4-notifyd"), .string("/do-not-disturb"))
    try expect([true, false, true, false])
    try change(settings, "/do-not-disturb", .uint32(1))
    try expect([true, false, true, false])
  }
}
