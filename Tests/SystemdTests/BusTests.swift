import Glibc
import Testing

@testable import Systemd

@Suite struct BusTests {
  private static let driver = "org.freedesktop.DBus"
  private static let driverPath = "/org/freedesktop/DBus"
  private static let name = "org.example.Test"

  private let daemon: PrivateBus
  private let loop: EventLoop
  private let bus: Bus

  init() throws {
    daemon = try PrivateBus()
    loop = try EventLoop()
    bus = try daemon.connect(loop)
  }

  private func driverCall(_ member: String, _ arguments: [BusValue] = []) throws(Errno) -> Message {
    let call = try bus.methodCall(Self.driver, Self.driverPath, Self.driver, member)
    try call.append(arguments)
    return call
  }

  // MARK: Calls

  @Test func aCallWaitsForItsAnswer() throws {
    let names = try bus.call(driverCall("ListNames")).first?.strings
    #expect(try names?.contains(#require(bus.uniqueName)) == true)
  }

  @Test func aCallThrowsTheErrorThatCameBack() throws {
    let error = #expect(throws: BusError.self) { try bus.call(driverCall("GetNameOwner", [.string(Self.name)])) }
    #expect(error?.name == BusError.nameHasNoOwner)
    #expect(error?.message.contains(Self.name) == true)
  }

  @Test func aCallToNobodyIsAnError() throws {
    let call = try bus.methodCall(Self.name, "/", Self.name, "X")
    try call.setAutoStart(false)
    let error = #expect(throws: BusError.self) { try bus.call(call) }
    #expect(try [BusError.serviceUnknown, BusError.nameHasNoOwner].contains(#require(error).name))
  }

  @Test func aCallThatNobodyAnswersEndsByItself() throws {
    // Its answerer is on this thread, which waits.
    let other = try daemon.connect(loop)
    let call = try bus.methodCall(#require(other.uniqueName), "/", "org.freedesktop.DBus.Peer", "Ping")
    let error = #expect(throws: BusError.self) { try bus.call(call, timeoutUSec: 1000) }
    #expect(error?.name == BusError.timeout)
  }

  @Test func anAnswerComesToItsClosure() throws {
    let other = try daemon.connect(loop)
    let call = try bus.methodCall(#require(other.uniqueName), "/", "org.freedesktop.DBus.Peer", "GetMachineId")
    #expect(try bus.answer(to: call, in: loop).get().first?.string?.isEmpty == false)
  }

  @Test func anErrorComesToItsClosure() throws {
    let answer = try bus.answer(to: driverCall("NoSuchMethod"), in: loop)
    #expect(throws: BusError.self) { try answer.get() }
    guard case .failure(let error) = answer else { return }
    #expect(error.name == BusError.unknownMethod)
  }

  @Test func aTimeOutComesToItsClosure() throws {
    let deaf = try Bus.open(address: daemon.address)
    let call = try bus.methodCall(#require(deaf.uniqueName), "/", "org.freedesktop.DBus.Peer", "Ping")
    guard case .failure(let error) = try bus.answer(to: call, timeoutUSec: 1000, in: loop) else {
      Issue.record("somebody answered")
      return
    }
    #expect([BusError.noReply, BusError.timeout].contains(error.name))
  }

  @Test func aReplysClosureIsLetGoAfterTheReply() throws {
    weak var captured: Kept<Int>?
    do {
      let kept = Kept(0)
      captured = kept
      try bus.send(driverCall("GetId")) { _ in kept.value += 1 }
    }
    #expect(captured != nil)
    try loop.turn { captured == nil }
  }

  @Test func aReplysClosureIsLetGoWithItsConnection() throws {
    weak var captured: Kept<Int>?
    do {
      let kept = Kept(0)
      captured = kept
      let other = try daemon.connect(loop)
      let call = try other.methodCall(#require(bus.uniqueName), "/", "x.x", "X")
      try other.send(call) { _ in kept.value += 1 }
      #expect(captured?.value == 0)
    }
    #expect(captured == nil)
  }

  @Test func aConnectionMayBeLetGoInAReply() throws {
    let other = Kept<Bus?>(try daemon.connect(loop))
    let answers = Kept(0)
    let call = try #require(try other.value?.methodCall(Self.driver, Self.driverPath, Self.driver, "GetId"))
    try other.value?.send(call) { _ in
      other.value = nil
      answers.value += 1
    }
    try loop.turn { answers.value == 1 }
  }

  @Test func badNamesAreRefused() {
    #expect(throws: Errno.invalidArgument) { try bus.methodCall("x.x", "no path", "x.x", "X") }
    #expect(throws: Errno.invalidArgument) { try bus.methodCall("x.x", "/", "no interface", "X") }
    #expect(throws: Errno.invalidArgument) { try bus.emit(path: "/", interface: "x.x", member: "no member", []) }
    #expect(throws: Errno.invalidArgument) { try bus.watchOwner(of: "x',type='y") { _ in } }
    #expect(throws: Errno.self) { try Bus.open(address: "nonsense") }
  }

  // MARK: Signals

  @Test func aMatchSeesWhatFits() throws {
    let other = try daemon.connect(loop)
    let seen = Kept<[String?]>([])
    let slot = try other.match(sender: bus.uniqueName, path: "/a", interface: "x.x", member: nil) { message in
      seen.value.append(message.member)
      #expect(message.path == "/a")
      #expect(message.interface == "x.x")
      #expect(message.sender == bus.uniqueName)
    }
    try other.settle(in: loop)
    try bus.emit(path: "/b", interface: "x.x", member: "No", [])
    try bus.emit(path: "/a", interface: "x.y", member: "No", [])
    try other.emit(path: "/a", interface: "x.x", member: "No", [])
    try bus.emit(path: "/a", interface: "x.x", member: "One", [])
    try bus.emit(path: "/a", interface: "x.x", member: "Two", [])
    try loop.turn { seen.value.count == 2 }
    #expect(seen.value == ["One", "Two"])
    withExtendedLifetime(slot) {}
  }

  @Test func aMatchMayEndItselfInItsHandler() throws {
    let other = try daemon.connect(loop)
    let count = Kept(0)
    let slot = Kept<Slot?>(nil)
    let last = Kept(false)
    slot.value = try other.match(sender: nil, path: "/a", interface: "x.x", member: "X") { _ in
      slot.value = nil
      count.value += 1
    }
    let end = try other.match(sender: nil, path: "/a", interface: "x.x", member: "End") { _ in last.value = true }
    try other.settle(in: loop)
    for member in ["X", "X", "End"] { try bus.emit(path: "/a", interface: "x.x", member: member, []) }
    try loop.turn { last.value }
    #expect(count.value == 1)
    withExtendedLifetime(end) {}
  }

  @Test func aMatchLetsItsHandlerGo() throws {
    weak var captured: Kept<Int>?
    do {
      let kept = Kept(0)
      captured = kept
      let slot = try bus.match(sender: nil, path: nil, interface: "x.x", member: nil) { _ in kept.value += 1 }
      withExtendedLifetime(slot) { #expect(captured != nil) }
    }
    // The daemon's answer to the match may still hold it.
    try loop.turn { captured == nil }
  }

  @Test func slotsMayOutliveTheirConnection() throws {
    var slots: [Slot] = []
    do {
      let other = try daemon.connect(loop)
      slots.append(try other.match(sender: nil, path: nil, interface: "x.x", member: nil) { _ in })
      slots.append(try other.watchOwner(of: Self.name) { _ in })
      slots.append(try other.onDisconnect {})
    }
    slots = []
    try bus.settle(in: loop)
  }

  // MARK: Names

  @Test func aNameHasOneOwner() throws {
    let other = try daemon.connect(loop)
    #expect(try bus.requestName(Self.name))
    #expect(try !other.requestName(Self.name))
    try bus.releaseName(Self.name)
    #expect(try other.requestName(Self.name))
    #expect(throws: Errno.self) { try bus.requestName("no name") }
  }

  @Test func anOwnerIsToldAtFirstAndAtEachChange() throws {
    let other = try daemon.connect(loop)
    #expect(try other.requestName(Self.name))
    let owners = Kept<[String?]>([])
    let slot = try bus.watchOwner(of: Self.name) { owners.value.append($0) }
    #expect(owners.value.isEmpty)
    try loop.turn { owners.value.count == 1 }
    try other.releaseName(Self.name)
    try loop.turn { owners.value.count == 2 }
    #expect(try other.requestName(Self.name))
    try loop.turn { owners.value.count == 3 }
    let unique = try #require(other.uniqueName)
    #expect(owners.value == [unique, nil, unique])
    withExtendedLifetime(slot) {}
  }

  @Test func nobodyIsToldToo() throws {
    let owners = Kept<[String?]>([])
    let slot = try bus.watchOwner(of: Self.name) { owners.value.append($0) }
    try loop.turn { !owners.value.isEmpty }
    #expect(owners.value == [nil])
    withExtendedLifetime(slot) {}
  }

  @Test func anOwnersChangeBeforeTheFirstAnswerIsToldOnce() throws {
    let other = try daemon.connect(loop)
    let owners = Kept<[String?]>([])
    let slot = try bus.watchOwner(of: Self.name) { owners.value.append($0) }
    // Both answers come in one go: the match is in force, the question is answered, then the name is taken.
    #expect(try other.requestName(Self.name))
    try bus.settle(in: loop)
    #expect(owners.value.last == other.uniqueName)
    for (one, next) in zip(owners.value, owners.value.dropFirst()) { #expect(one != next) }
    withExtendedLifetime(slot) {}
  }

  @Test func anOwnersWatchMayEndItselfInItsHandler() throws {
    let slot = Kept<Slot?>(nil)
    let count = Kept(0)
    slot.value = try bus.watchOwner(of: Self.name) { _ in
      slot.value = nil
      count.value += 1
    }
    try loop.turn { count.value == 1 }
    let other = try daemon.connect(loop)
    #expect(try other.requestName(Self.name))
    try bus.settle(in: loop)
    #expect(count.value == 1)
  }

  @Test func nobodyElseTellsOfOwners() throws {
    let owners = Kept<[String?]>([])
    let slot = try bus.watchOwner(of: Self.name) { owners.value.append($0) }
    try loop.turn { !owners.value.isEmpty }
    // A signal to one receiver needs no match of his.
    let liar = try Bus.open(address: daemon.address)
    try liar.send(
      to: #require(bus.uniqueName), path: Self.driverPath, interface: Self.driver, member: "NameOwnerChanged",
      [.string(Self.name), .string(""), .string(":1.4711")])
    _ = try liar.call(liar.methodCall(Self.driver, Self.driverPath, Self.driver, "GetId"))
    try bus.settle(in: loop)
    #expect(owners.value == [nil])
    withExtendedLifetime(slot) {}
  }

  // MARK: The end of a bus

  @Test func theEndOfTheBusIsTold() throws {
    let ended = Kept(0)
    let slot = try bus.onDisconnect { ended.value += 1 }
    try bus.settle(in: loop)
    daemon.kill()
    try loop.turn { ended.value == 1 }
    #expect(throws: Errno.self) { try bus.emit(path: "/", interface: "x.x", member: "X", []) }
    #expect(throws: BusError.self) { try bus.call(driverCall("GetId")) }
    withExtendedLifetime(slot) {}
  }

  @Test func theEndOfTheBusAnswersWhatIsOpen() throws {
    let deaf = try Bus.open(address: daemon.address)
    let answer = Kept<Result<[BusValue], BusError>?>(nil)
    let call = try bus.methodCall(#require(deaf.uniqueName), "/", "org.freedesktop.DBus.Peer", "Ping")
    try bus.send(call, timeoutUSec: .max) { answer.value = $0 }
    try bus.settle(in: loop)
    daemon.kill()
    try loop.turn { answer.value != nil }
    #expect(throws: BusError.self) { try #require(answer.value).get() }
  }
}

@Suite struct BusErrorTests {
  @Test func errorNumbersHaveNames() {
    #expect(BusError(.invalidArgument).name == BusError.invalidArguments)
    #expect(BusError(.accessDenied).name == BusError.accessDenied)
    #expect(BusError(Errno(code: ELOOP)).name == "System.Error.ELOOP")
    #expect(BusError(.invalidArgument).message == Errno.invalidArgument.description)
  }

  @Test func errorNumbersHaveSentences() {
    #expect(Errno.noSuchEntry.description == "No such file or directory")
    #expect(!Errno(code: 4711).description.isEmpty)
  }
}
