import Systemd
import Testing

@testable import NapeDesktop

/// A yes or no of a service that comes, changes its mind, talks rubbish and goes. (That nobody else is believed is shown
/// by `Tests/Integration`.)
@Suite struct RemoteFlagTests {
  private let daemon: PrivateBus
  private let loop: EventLoop
  private let own: Bus
  private let changes = Kept<[Bool]>([])

  init() throws {
    daemon = try PrivateBus()
    loop = try EventLoop()
    own = try daemon.connect(loop)
  }

  private func follow(_ flag: RemoteFlag) throws {
    flag.onChange = { [changes, weak flag] in changes.value.append(flag?.isSet ?? false) }
    try flag.start()
    try loop.rest()
  }

  private func service(_ value: Kept<UInt32>) throws -> FakeService {
    try FakeService(
      daemon.connect(loop), name: "a.b", path: "/a", properties: [("Number", "u", { .uint32(value.value) })])
  }

  private func flag() -> RemoteFlag {
    RemoteFlag(bus: own, service: "a.b", path: "/a", interface: "a.b", property: "Number") { ($0.uint32 ?? 0) > 4 }
  }

  @Test func aPropertyIsFollowed() throws {
    let value = Kept<UInt32>(5)
    let service = try service(value)
    try service.appear()
    let flag = flag()
    try follow(flag)
    #expect(changes.value == [true])
    #expect(flag.isPresent)
    value.value = 6
    try service.tell("Number")
    value.value = 4
    try service.tell("Number")
    try loop.turn { !flag.isSet }
    #expect(changes.value == [true, false])
    // It was asked once, and told the rest by itself; each telling reads the value too.
    #expect(service.asked.value == 3)
  }

  @Test func aServiceMayComeAndGo() throws {
    let value = Kept<UInt32>(9)
    let service = try service(value)
    let flag = flag()
    try follow(flag)
    #expect(changes.value.isEmpty && !flag.isPresent)
    for _ in 0..<2 {
      try service.appear()
      try loop.turn { flag.isSet }
      try service.vanish()
      try loop.turn { !flag.isSet }
    }
    #expect(changes.value == [true, false, true, false])
  }

  @Test func aConnectionThatBreaksIsAServiceThatGoes() throws {
    let flag = flag()
    try follow(flag)
    do {
      let service = try service(Kept(9))
      try service.appear()
      try loop.turn { flag.isSet }
    }
    try loop.turn { !flag.isSet }
  }

  @Test(arguments: [
    BusValue.string("9"), .int32(9), .strings(["9"]), .bool(true), .dictionary(["Number": .uint32(9)]),
  ])
  func rubbishIsNo(_ rubbish: BusValue) throws {
    let service = try FakeService(
      daemon.connect(loop), name: "a.b", path: "/a", properties: [("Number", rubbish.typeSignature, { rubbish })])
    try service.appear()
    try follow(flag())
    try service.tell("Number")
    try loop.rest()
    #expect(changes.value.isEmpty)
    #expect(service.asked.value > 0)
  }

  private func question(_ member: String = "Ask") -> RemoteFlag {
    RemoteFlag(
      bus: own,
      .init(service: "a.b", path: "/a", interface: "a.b", member: member, meaning: { $0.first?.bool }),
      [.init(interface: "a.b", member: "Changed") { _ in .changed }])
  }

  @Test func oneQuestionIsUnderWayAtATime() throws {
    let answer = Kept(true)
    let service = try FakeService(
      daemon.connect(loop), name: "a.b", path: "/a", methods: [("Ask", "", "b", { .bool(answer.value) })],
      signals: [("Changed", [])])
    try service.appear()
    let flag = question()
    try follow(flag)
    #expect(changes.value == [true] && service.asked.value == 1)
    answer.value = false
    for _ in 0..<50 { try service.emit("Changed") }
    try loop.turn { !flag.isSet }
    try loop.rest()
    #expect(service.asked.value < 10)
    #expect(changes.value == [true, false])
  }

  @Test func anErrorIsNo() throws {
    let service = try FakeService(
      daemon.connect(loop), name: "a.b", path: "/a",
      methods: [("Ask", "", "b", { throw BusError(name: "org.freedesktop.DBus.Error.NotSupported", message: "no") })])
    try service.appear()
    try follow(question())
    #expect(service.asked.value == 1)
    #expect(changes.value.isEmpty)
  }

  /// One that hangs keeps nobody waiting: its loop is never turned.
  @Test func silenceIsNo() throws {
    let silent = try Bus.open(address: daemon.address)
    #expect(try silent.requestName("a.b"))
    let flag = question()
    try follow(flag)
    #expect(changes.value.isEmpty && flag.isPresent)
    // Another that answers takes its place at once.
    try silent.releaseName("a.b")
    let service = try FakeService(
      daemon.connect(loop), name: "a.b", path: "/a", methods: [("Ask", "", "b", { .bool(true) })])
    try service.appear()
    try loop.turn { flag.isSet }
  }
}
