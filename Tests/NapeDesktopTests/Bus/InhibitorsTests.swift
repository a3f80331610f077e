import NapeCore
import Systemd
import Testing

@testable import NapeDesktop

/// Who keeps the screen awake, all taken together.
@Suite struct InhibitorsTests {
  private struct Change: Hashable {
    var held: Bool
    var since: Microseconds
  }

  private let daemon: PrivateBus
  private let loop: EventLoop
  private let inhibitors: Inhibitors
  private let now = Kept<Microseconds>(100)
  private let changes = Kept<[Change]>([])

  private let actions = Kept<UInt32>(0)
  private let types = Kept<UInt32>(0)
  private let blocked = Kept("")
  private let gnome: FakeService
  private let kde: FakeService
  private let logind: FakeService

  init() throws {
    daemon = try PrivateBus()
    loop = try EventLoop()
    let (actions, types, blocked, now, changes) = (actions, types, blocked, now, changes)
    gnome = try FakeService(
      daemon.connect(loop), name: GnomeInhibitors.service, path: "/org/gnome/SessionManager",
      properties: [("InhibitedActions", "u", { .uint32(actions.value) })])
    kde = try FakeService(
      daemon.connect(loop), name: KDEInhibitors.service, path: "/org/kde/Solid/PowerManagement/PolicyAgent",
      methods: [("HasInhibition", "u", "b", { .bool(types.value & 4 != 0) })],
      signals: [("InhibitionsChanged", ["a{ss}", "as"])])
    logind = try FakeService(
      daemon.connect(loop), name: LogindInhibitors.service, path: "/org/freedesktop/login1",
      interface: LogindInhibitors.service + ".Manager",
      properties: [("BlockInhibited", "s", { .string(blocked.value) })])
    let own = try daemon.connect(loop)
    inhibitors = Inhibitors(session: own, system: own, now: { now.value })
    inhibitors.onChange = { changes.value.append(Change(held: $0, since: $1)) }
    for service in [gnome, kde, logind] { try service.appear() }
    try inhibitors.start()
    try loop.rest()
  }

  @Test func nothingIsHeldAtFirst() {
    #expect(!inhibitors.isHeld)
    #expect(inhibitors.holders.isEmpty)
    #expect(changes.value.isEmpty)
    #expect([gnome, kde, logind].map(\.asked.value) == [1, 1, 1])
  }

  @Test(arguments: [(8, true), (12, true), (4, false), (16, false), (7, false)] as [(UInt32, Bool)])
  func gnomeHoldsTheScreenByOneFlag(_ number: UInt32, _ held: Bool) throws {
    actions.value = number
    try gnome.tell("InhibitedActions")
    try loop.rest()
    #expect(inhibitors.isHeld == held)
    #expect(inhibitors.holders == (held ? [GnomeInhibitors.service] : []))
  }

  @Test(arguments: [(4, true), (5, true), (1, false), (2, false)] as [(UInt32, Bool)])
  func kdeIsAskedAnewWhenItHasChanged(_ number: UInt32, _ held: Bool) throws {
    types.value = number
    try kde.emit("InhibitionsChanged", .array(of: "{ss}", []), .strings([]))
    try loop.rest()
    #expect(inhibitors.isHeld == held)
    #expect(kde.asked.value == 2)
  }

  @Test(
    arguments: [
      ("idle", true), ("sleep:idle", true), ("idle:handle-lid-switch", true), ("", false), ("sleep", false),
      ("handle-lid-switch", false), ("idleness:sleep", false),
    ])
  func logindListsWhatIsBlocked(_ text: String, _ held: Bool) throws {
    blocked.value = text
    try logind.tell("BlockInhibited")
    try loop.rest()
    #expect(inhibitors.isHeld == held)
  }

  @Test func itIsHeldFromTheFirstToTheLast() throws {
    actions.value = 8
    try gnome.tell("InhibitedActions")
    try loop.turn { inhibitors.isHeld }
    now.value = 200
    blocked.value = "idle"
    try logind.tell("BlockInhibited")
    try loop.turn { inhibitors.holders.count == 2 }
    now.value = 300
    try gnome.vanish()
    try loop.turn { inhibitors.holders.count == 1 }
    #expect(changes.value == [Change(held: true, since: 100)])
    now.value = 400
    try logind.vanish()
    try loop.turn { !inhibitors.isHeld }
    #expect(changes.value == [Change(held: true, since: 100), Change(held: false, since: 400)])
  }

  @Test func theCompositorCountsToo() throws {
    inhibitors.noteCompositor(true, since: 60)
    inhibitors.noteCompositor(true, since: 70)
    #expect(inhibitors.holders == ["the compositor"])
    inhibitors.noteCompositor(false, since: 80)
    inhibitors.noteCompositor(false, since: 90)
    #expect(changes.value == [Change(held: true, since: 60), Change(held: false, since: 80)])
  }

  /// A compositor tells of a release late; what was released after it counts.
  @Test func theLastReleaseCounts() throws {
    inhibitors.noteCompositor(true, since: 60)
    actions.value = 8
    try gnome.tell("InhibitedActions")
    try loop.turn { inhibitors.holders.count == 2 }
    now.value = 500
    actions.value = 0
    try gnome.tell("InhibitedActions")
    try loop.turn { inhibitors.holders.count == 1 }
    inhibitors.noteCompositor(false, since: 300)
    #expect(changes.value == [Change(held: true, since: 60), Change(held: false, since: 500)])
  }
}
