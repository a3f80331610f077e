import CSystemd
import Foundation
import Glibc
import Testing

@testable import Systemd

@Suite struct BusCallTests {
  private let pair: TwoConnections

  init() throws { pair = try TwoConnections() }

  private static let refused = BusError(name: "io.github.nape.Test.Refused", message: "not now – later")

  /// Methods that answer and that refuse.
  private static var methods: [BusObject.Method] {
    [
      .init("Greet", [.init("name", "s")], returns: [.init("text", "s"), .init("length", "u")]) { values in
        let name = values[0].string ?? "?"
        return [.string("hello \(name)"), .uint32(UInt32(name.utf8.count))]
      },
      .init("Refuse") { _ in throw refused },
      .init("RefuseByNumber") { _ in throw Errno.permissionDenied },
      .init("Stumble") { _ in throw Thrown() },
      .init("Lie", returns: [.init("text", "s")]) { _ in [.uint32(1)] },
    ]
  }

  // MARK: Without waiting

  @Test func callIsAnswered() throws {
    let slot = try pair.export(Self.methods)
    let values = try pair.answer("Greet", [.string("Ünal")]).get()
    #expect(values.map(\.typeSignature) == ["s", "u"])
    #expect(values[0].string == "hello Ünal")
    #expect(values[1].uint32 == 5)
    withExtendedLifetime(slot) {}
  }

  @Test func errorsComeAsTheyWereThrown() throws {
    let slot = try pair.export(Self.methods)
    #expect(try pair.refusal("Refuse") == Self.refused)
    #expect(try pair.refusal("RefuseByNumber")?.name == BusError.accessDenied)
    #expect(try pair.refusal("Stumble")?.name == "org.freedesktop.DBus.Error.IOError")
    withExtendedLifetime(slot) {}
  }

  @Test func answerOfTheWrongTypeIsAnError() throws {
    let slot = try pair.export(Self.methods)
    #expect(try pair.refusal("Lie") != nil)
    #expect(try pair.answer("Greet", [.string("")]).get().count == 2)
    withExtendedLifetime(slot) {}
  }

  @Test func unknownMethodAndUnknownObject() throws {
    let slot = try pair.export(Self.methods)
    #expect(try pair.refusal("Missing")?.name == BusError.unknownMethod)
    #expect(try pair.refusal("Greet", path: "/elsewhere") != nil)
    withExtendedLifetime(slot) {}
  }

  @Test func callToNobodyIsAnswered() throws {
    var name: String?
    let call = try pair.client.methodCall("io.github.nape.Nobody", "/", "io.github.nape.Nobody", "Call")
    try pair.client.send(call) { reply in
      if case .failure(let error) = reply { name = error.name }
    }
    try pair.loop.turn { name != nil }
    #expect(name == BusError.serviceUnknown)
  }

  @Test func callThatTimesOut() throws {
    // Open, but in no loop: it never answers.
    let silent = try Bus.open(address: pair.daemon.address)
    let call = try pair.client.methodCall(try #require(silent.uniqueName), "/", "a.b", "C")
    var error: BusError?
    try pair.client.send(call, timeoutUSec: 1000) { reply in
      if case .failure(let failure) = reply { error = failure }
    }
    try pair.loop.turn { error != nil }
    #expect([BusError.noReply, BusError.timeout].contains(error?.name))
    withExtendedLifetime(silent) {}
  }

  @Test func callThatWantsNoAnswer() throws {
    var count = 0
    let slot = try pair.export([
      .init("Count") { _ in
        count += 1
        return []
      },
      .init("Fail") { _ in
        count += 1
        throw Thrown()
      },
    ])
    for member in ["Count", "Fail"] {
      let call = try pair.call(member)
      #expect(sd_bus_message_set_expect_reply(call.raw, 0) >= 0)
      #expect(sd_bus_send(pair.client.raw, call.raw, nil) >= 0)
    }
    try pair.loop.turn { count == 2 }
    try pair.settle()
    withExtendedLifetime(slot) {}
  }

  @Test func callWithBadNamesThrows() {
    #expect(throws: Errno.invalidArgument) { try pair.client.methodCall("a b", "/", "a.b", "C") }
    #expect(throws: Errno.invalidArgument) { try pair.client.methodCall("a.b", "no path", "a.b", "C") }
  }

  @Test func callAndAnswerWithinAHandler() throws {
    // The service asks the client back while its own handler runs, and the client answers from its loop.
    let object = BusObject(
      path: TwoConnections.path, interface: TwoConnections.interface,
      methods: [.init("Back", returns: [.init("number", "u")]) { _ in [.uint32(7)] }], properties: [], signals: [])
    let back = try pair.client.export(object)
    var number: UInt32?
    let slot = try pair.export([
      .init("Ask") { [service = pair.service, clientName = pair.clientName] _ in
        let call = try service.methodCall(clientName, TwoConnections.path, TwoConnections.interface, "Back")
        try service.send(call) { number = (try? $0.get())?.first?.uint32 }
        return []
      }
    ])
    _ = try pair.answer("Ask").get()
    try pair.loop.turn { number != nil }
    #expect(number == 7)
    withExtendedLifetime((back, slot)) {}
  }

  // MARK: With waiting

  /// Offers the methods from a thread of their own, until the daemon ends.
  private func serveFromThread(as name: String) {
    let started = DispatchSemaphore(value: 0)
    let address = pair.daemon.address
    Thread.detachNewThread {
      do {
        let loop = try EventLoop()
        let bus = try Bus.open(address: address)
        try bus.attach(to: loop)
        let object = BusObject(
          path: TwoConnections.path, interface: TwoConnections.interface, methods: Self.methods, properties: [],
          signals: [])
        let slots = [try bus.export(object), try bus.onDisconnect { loop.stop() }]
        #expect(try bus.requestName(name))
        started.signal()
        try loop.run()
        withExtendedLifetime(slots) {}
      } catch {
        started.signal()
        Issue.record(error)
      }
    }
    started.wait()
  }

  @Test func waitingCall() throws {
    let name = "io.github.nape.Thread"
    serveFromThread(as: name)
    let client = try Bus.open(address: pair.daemon.address)
    func call(_ member: String, _ arguments: [BusValue] = []) throws -> [BusValue] {
      let call = try client.methodCall(name, TwoConnections.path, TwoConnections.interface, member)
      try call.append(arguments)
      return try client.call(call)
    }
    #expect(try call("Greet", [.string("x")]).first?.string == "hello x")
    #expect(throws: Self.refused) { try call("Refuse") }
    let denied = #expect(throws: BusError.self) { try call("RefuseByNumber") }
    #expect(denied?.name == BusError.accessDenied)
    let invalid = #expect(throws: BusError.self) { try call("Greet", [.bool(true)]) }
    #expect(invalid?.name == BusError.invalidArguments)
    let unknown = #expect(throws: BusError.self) { try call("Missing") }
    #expect(unknown?.name == BusError.unknownMethod)
    pair.daemon.kill()
    #expect(throws: BusError.self) { try call("Greet", [.string("x")]) }
  }

  @Test func waitingCallOfAnAttachedConnection() throws {
    let call = try pair.client.methodCall("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetNameOwner")
    try call.append([.string("org.freedesktop.DBus")])
    #expect(try pair.client.call(call).first?.string == "org.freedesktop.DBus")
  }

  @Test func waitingCallThatTimesOut() throws {
    let call = try pair.client.methodCall(pair.serviceName, "/", "a.b", "C")
    let error = #expect(throws: BusError.self) { try pair.client.call(call, timeoutUSec: 1000) }
    #expect(error?.name == BusError.timeout)
  }

  @Test func busThatIsNotThere() throws {
    #expect(throws: Errno.noSuchEntry) { try Bus.open(address: "unix:path=/nowhere/at/all") }
    #expect(throws: Errno.invalidArgument) { try Bus.open(address: "nonsense") }
  }

  // MARK: Lifetimes

  @Test func replyClosureIsFreedOnceAfterTheReply() throws {
    let freed = Freed()
    let slot = try pair.export(Self.methods)
    var wasAnswered = false
    do {
      let captive = freed.captive()
      try pair.client.send(try pair.call("Refuse")) { _ in
        captive.hold()
        wasAnswered = true
      }
    }
    #expect(freed.count == 0)
    try pair.loop.turn { wasAnswered }
    #expect(freed.count == 1)
    try pair.settle()
    #expect(freed.count == 1)
    withExtendedLifetime(slot) {}
  }

  @Test func replyClosureIsFreedOnceAfterATimeout() throws {
    let freed = Freed()
    var wasAnswered = false
    let silent = try Bus.open(address: pair.daemon.address)
    do {
      let captive = freed.captive()
      let call = try pair.client.methodCall(try #require(silent.uniqueName), "/", "a.b", "C")
      try pair.client.send(call, timeoutUSec: 1000) { _ in
        captive.hold()
        wasAnswered = true
      }
    }
    try pair.loop.turn { wasAnswered }
    #expect(freed.count == 1)
    withExtendedLifetime(silent) {}
  }

  @Test func replyClosureIsFreedOnceWhenTheBusGoesFirst() throws {
    let freed = Freed()
    var wasAnswered = false
    var bus: Bus? = try Bus.open(address: pair.daemon.address)
    try bus?.attach(to: pair.loop)
    do {
      let captive = freed.captive()
      let call = try #require(try bus?.methodCall(pair.serviceName, "/", "a.b", "C"))
      try bus?.send(call) { _ in
        captive.hold()
        wasAnswered = true
      }
    }
    #expect(freed.count == 0)
    bus = nil
    #expect(freed.count == 1)
    try pair.settle()
    #expect(!wasAnswered)
    #expect(freed.count == 1)
  }

  @Test func replyClosureIsFreedOnceWhenTheDaemonEnds() throws {
    let freed = Freed()
    var answers: [Bool] = []
    do {
      let captive = freed.captive()
      let silent = try Bus.open(address: pair.daemon.address)
      let call = try pair.client.methodCall(try #require(silent.uniqueName), "/", "a.b", "C")
      try pair.client.send(call) { reply in
        captive.hold()
        if case .success = reply { answers.append(true) } else { answers.append(false) }
      }
      pair.daemon.kill()
      try pair.loop.turn { !answers.isEmpty }
      withExtendedLifetime(silent) {}
    }
    #expect(answers == [false])
    #expect(freed.count == 1)
  }

  @Test func replyClosureOfACallThatCannotBeSentIsFreed() throws {
    let freed = Freed()
    var isGone = false
    let slot = try pair.client.onDisconnect { isGone = true }
    let call = try pair.call("Greet")
    pair.daemon.kill()
    try pair.loop.turn { isGone }
    do {
      let captive = freed.captive()
      #expect(throws: Errno.self) { try pair.client.send(call) { _ in captive.hold() } }
    }
    #expect(freed.count == 1)
    withExtendedLifetime(slot) {}
  }

  @Test func busReleasedInAReply() throws {
    let freed = Freed()
    let slot = try pair.export(Self.methods)
    var answers = 0
    var bus: Bus? = try Bus.open(address: pair.daemon.address)
    try bus?.attach(to: pair.loop)
    // The second call is under way when the first reply ends the connection.
    for _ in 0..<2 {
      let captive = freed.captive()
      let call = try #require(
        try bus?.methodCall(pair.serviceName, TwoConnections.path, TwoConnections.interface, "Refuse"))
      try bus?.send(call) { _ in
        answers += 1
        bus = nil
        captive.hold()
      }
    }
    try pair.loop.turn { answers > 0 }
    try pair.settle()
    #expect(answers == 1)
    #expect(bus == nil)
    #expect(freed.count == 2)
    withExtendedLifetime(slot) {}
  }

  @Test func messageOutlivesItsBus() throws {
    var bus: Bus? = try Bus.open(address: pair.daemon.address)
    let call = try #require(try bus?.methodCall("a.b", "/", "a.b", "C", .string("text")))
    bus = nil
    #expect(call.member == "C")
    try call.append([.uint32(1)])
  }
}
