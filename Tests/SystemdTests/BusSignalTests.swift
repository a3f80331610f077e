import CSystemd
import Testing

@testable import Systemd

@Suite struct BusSignalTests {
  private let pair: TwoConnections

  init() throws { pair = try TwoConnections() }

  private func emit(_ member: String, _ values: [BusValue] = []) throws {
    try pair.service.emit(
      path: TwoConnections.path, interface: TwoConnections.interface, member: member, values)
  }

  /// Sends a signal to the client alone, which needs no match at the daemon.
  private func emitToClient(
    path: String, interface: String, member: String, _ values: [BusValue]
  ) throws {
    var raw: OpaquePointer?
    #expect(sd_bus_message_new_signal(pair.service.raw, &raw, path, interface, member) >= 0)
    let signal = Message(owning: try #require(raw))
    try signal.append(values)
    #expect(sd_bus_send_to(pair.service.raw, signal.raw, pair.clientName, nil) >= 0)
  }

  // MARK: Matches

  @Test func matchGetsWhatFits() throws {
    var seen: [String] = []
    let slot = try pair.client.match(
      sender: pair.serviceName, path: TwoConnections.path, interface: TwoConnections.interface, member: "Fits"
    ) { message in
      let text = (try? message.read())?.first?.string ?? "?"
      seen.append(
        [message.sender, message.path, message.interface, message.member, text].map { $0 ?? "?" }.joined(separator: " ")
      )
    }
    try pair.settle()
    try emit("Other", [.string("no")])
    try emit("Fits", [.string("yes")])
    try pair.settle()
    #expect(seen == ["\(pair.serviceName) \(TwoConnections.path) \(TwoConnections.interface) Fits yes"])
    withExtendedLifetime(slot) {}
  }

  @Test func matchOfEverything() throws {
    var members: [String] = []
    let slot = try pair.client.match(sender: nil, path: nil, interface: TwoConnections.interface, member: nil) {
      members.append($0.member ?? "?")
    }
    try pair.settle()
    try emit("One")
    try emit("Two")
    try pair.settle()
    #expect(members == ["One", "Two"])
    withExtendedLifetime(slot) {}
  }

  @Test func matchOfOneSenderRefusesOthers() throws {
    var count = 0
    let slot = try pair.client.match(
      sender: ":1.4711", path: TwoConnections.path, interface: TwoConnections.interface, member: "Fits"
    ) { _ in count += 1 }
    try pair.settle()
    try emitToClient(path: TwoConnections.path, interface: TwoConnections.interface, member: "Fits", [])
    try pair.settle()
    #expect(count == 0)
    withExtendedLifetime(slot) {}
  }

  @Test func matchLetGoIsSilentAndFreed() throws {
    let freed = Freed()
    var count = 0
    var slot: Slot?
    do {
      let captive = freed.captive()
      slot = try pair.client.match(sender: nil, path: nil, interface: TwoConnections.interface, member: nil) { _ in
        captive.hold()
        count += 1
      }
    }
    try pair.settle()
    try emit("One")
    try pair.settle()
    #expect(count == 1)
    #expect(slot != nil)
    #expect(freed.count == 0)
    slot = nil
    #expect(freed.count == 1)
    try emit("Two")
    try pair.settle()
    #expect(count == 1)
  }

  @Test func matchReleasedInItsOwnBody() throws {
    let freed = Freed()
    var count = 0
    var slot: Slot?
    do {
      let captive = freed.captive()
      slot = try pair.client.match(sender: nil, path: nil, interface: TwoConnections.interface, member: nil) {
        message in
        slot = nil
        count += 1
        captive.hold()
        #expect(freed.count == 0)
        #expect(message.member == "One")
      }
    }
    try pair.settle()
    try emit("One")
    try emit("Two")
    try pair.settle()
    #expect(count == 1)
    #expect(slot == nil)
    #expect(freed.count == 1)
  }

  @Test func twoMatchesReleasedByTheFirst() throws {
    var count = 0
    var slots: [Slot] = []
    for _ in 0..<3 {
      slots.append(
        try pair.client.match(sender: nil, path: nil, interface: TwoConnections.interface, member: nil) { _ in
          count += 1
          slots = []
        })
    }
    try pair.settle()
    try emit("One")
    try emit("Two")
    try pair.settle()
    #expect(count == 1)
  }

  @Test func slotOutlivesItsBus() throws {
    let freed = Freed()
    var bus: Bus? = try Bus.open(address: pair.daemon.address)
    try bus?.attach(to: pair.loop)
    var slots: [Slot] = []
    do {
      let captive = freed.captive()
      slots.append(
        try #require(try bus?.match(sender: nil, path: nil, interface: nil, member: "X") { _ in captive.hold() }))
      slots.append(try #require(try bus?.watchOwner(of: "a.b") { _ in captive.hold() }))
      slots.append(
        try #require(
          try bus?.export(BusObject(path: "/a", interface: "a.b", methods: [], properties: [], signals: []))))
    }
    bus = nil
    try pair.settle()
    #expect(freed.count == 0)
    slots = []
    #expect(freed.count == 1)
  }

  @Test func matchWithBadNamesThrows() {
    let freed = Freed()
    do {
      let captive = freed.captive()
      #expect(throws: Errno.self) {
        try pair.client.match(sender: nil, path: "no path", interface: nil, member: nil) { _ in captive.hold() }
      }
    }
    #expect(freed.count == 1)
  }

  // MARK: The end

  @Test func endOfTheDaemonIsNoticedOnce() throws {
    var count = 0
    let slot = try pair.client.onDisconnect { count += 1 }
    try pair.settle()
    #expect(count == 0)
    pair.daemon.kill()
    try pair.loop.turn { count > 0 }
    try pair.loop.turnWhileReady()
    #expect(count == 1)
    #expect(throws: Errno.notConnected) { try emitFromClient() }
    withExtendedLifetime(slot) {}
  }

  private func emitFromClient() throws {
    try pair.client.emit(path: "/", interface: "a.b", member: "C", [])
  }

  @Test func connectionReleasedAtItsEnd() throws {
    let freed = Freed()
    var bus: Bus? = try Bus.open(address: pair.daemon.address)
    try bus?.attach(to: pair.loop)
    var slot: Slot?
    do {
      let captive = freed.captive()
      slot = try bus?.onDisconnect {
        bus = nil
        slot = nil
        captive.hold()
      }
    }
    #expect(slot != nil)
    #expect(bus?.uniqueName != nil)
    pair.daemon.kill()
    try pair.loop.turn { bus == nil }
    try pair.loop.turnWhileReady()
    #expect(slot == nil)
    #expect(freed.count == 1)
  }

  @Test func pretendedEndIsNone() throws {
    var count = 0
    let slot = try pair.client.onDisconnect { count += 1 }
    try pair.settle()
    var raw: OpaquePointer?
    let local = "org.freedesktop.DBus.Local"
    sd_bus_message_new_signal(pair.service.raw, &raw, "/a", local, "Disconnected")
    if let raw {
      let signal = Message(owning: raw)
      sd_bus_send_to(pair.service.raw, signal.raw, pair.clientName, nil)
    }
    try pair.client.flush()
    try pair.loop.turnWhileReady()
    #expect(count == 0)
    withExtendedLifetime(slot) {}
  }

  // MARK: Names

  @Test func nameTakenByAnother() throws {
    let name = "io.github.nape.Name"
    #expect(try pair.client.requestName(name))
    #expect(try !pair.service.requestName(name))
    #expect(throws: Errno.already) { try pair.client.requestName(name) }
    try pair.client.releaseName(name)
    #expect(try pair.service.requestName(name))
    #expect(throws: Errno.self) { try pair.client.releaseName(name) }
    #expect(throws: Errno.invalidArgument) { try pair.client.requestName("no name") }
  }

  @Test func ownerIsToldFirstAndThenChanges() throws {
    let name = "io.github.nape.Name"
    #expect(try pair.service.requestName(name))
    var owners: [String?] = []
    let slot = try pair.client.watchOwner(of: name) { owners.append($0) }
    #expect(owners.isEmpty)
    try pair.loop.turn { owners.count == 1 }
    try pair.service.releaseName(name)
    try pair.loop.turn { owners.count == 2 }
    let third = try Bus.open(address: pair.daemon.address)
    #expect(try third.requestName(name))
    // Another name is nobody's business.
    #expect(try third.requestName(name + "2"))
    try pair.loop.turn { owners.count == 3 }
    try pair.settle()
    #expect(owners == [pair.serviceName, nil, third.uniqueName])
    withExtendedLifetime(slot) {}
  }

  @Test func nobodyIsToldFirstAndThenAnOwnerThatEnds() throws {
    let name = "io.github.nape.Name"
    var owners: [String?] = []
    let slot = try pair.client.watchOwner(of: name) { owners.append($0) }
    try pair.loop.turn { owners.count == 1 }
    var third: Bus? = try Bus.open(address: pair.daemon.address)
    let thirdName = third?.uniqueName
    #expect(try third?.requestName(name) == true)
    try pair.loop.turn { owners.count == 2 }
    third = nil
    try pair.loop.turn { owners.count == 3 }
    #expect(owners == [nil, thirdName, nil])
    withExtendedLifetime(slot) {}
  }

  @Test func watchLetGoBeforeTheFirstAnswerIsSilent() throws {
    let freed = Freed()
    var count = 0
    do {
      let captive = freed.captive()
      _ = try pair.client.watchOwner(of: "io.github.nape.Name") { _ in
        captive.hold()
        count += 1
      }
    }
    #expect(try pair.service.requestName("io.github.nape.Name"))
    try pair.settle()
    #expect(count == 0)
    #expect(freed.count == 1)
  }

  @Test func watchReleasedInItsOwnBody() throws {
    let freed = Freed()
    var slot: Slot?
    var count = 0
    do {
      let captive = freed.captive()
      slot = try pair.client.watchOwner(of: "io.github.nape.Name") { _ in
        slot = nil
        captive.hold()
        count += 1
      }
    }
    try pair.loop.turn { slot == nil }
    #expect(try pair.service.requestName("io.github.nape.Name"))
    try pair.settle()
    #expect(count == 1)
    #expect(freed.count == 1)
  }

  @Test func pretendedChangeOfOwnerIsNone() throws {
    let name = "io.github.nape.Name"
    var owners: [String?] = []
    let slot = try pair.client.watchOwner(of: name) { owners.append($0) }
    try pair.loop.turn { owners.count == 1 }
    let bus = "org.freedesktop.DBus"
    let change: [BusValue] = [.string(name), .string(""), .string(pair.serviceName)]
    try emitToClient(path: "/org/freedesktop/DBus", interface: bus, member: "NameOwnerChanged", change)
    try pair.settle()
    #expect(owners == [nil])
    withExtendedLifetime(slot) {}
  }
}
