import Glibc
import Testing

@testable import Systemd

@Suite struct BusObjectTests {
  private static let path = "/org/example/Test"
  private static let interface = "org.example.Test"
  private static let properties = "org.freedesktop.DBus.Properties"

  private let daemon: PrivateBus
  private let loop: EventLoop
  private let server: Bus
  private let client: Bus
  private let level = Kept<UInt32>(1)
  private let slot: Slot

  init() throws {
    daemon = try PrivateBus()
    loop = try EventLoop()
    server = try daemon.connect(loop)
    client = try daemon.connect(loop)
    slot = try server.export(Self.object(level))
  }

  private static func object(_ level: Kept<UInt32>) -> BusObject {
    BusObject(
      path: path, interface: interface,
      methods: [
        .init("Nothing") { _ in [] },
        .init("Join", [.init("words", "as"), .init("glue", "s")], returns: [.init("text", "s")]) { arguments in
          guard arguments.count == 2, let words = arguments[0].strings, let glue = arguments[1].string else {
            throw Errno.invalidArgument
          }
          return [.string(words.joined(separator: glue))]
        },
        .init("Echo", [.init("value", "v")], returns: [.init("value", "v")], isSensitive: true) { $0 },
        .init("Two", returns: [.init("first", "a{sv}"), .init("second", "(ub)")]) { _ in
          [.dictionary(["a": .strings([])]), .structure([.uint32(1), .bool(true)])]
        },
        .init("Fail") { _ in throw BusError(name: "org.example.Test.Error.Broken", message: "It is \"broken\".") },
        .init("FailWithNumber") { _ in throw Errno.accessDenied },
        .init("FailOtherwise") { _ in throw Thrown(number: 1) },
        .init("Lie", returns: [.init("text", "s")]) { _ in [.uint32(1)] },
      ],
      properties: [
        .init("Version", "s", .constant) { .string("1") },
        .init("Level", "u", .emitted) { .uint32(level.value) },
        .init("History", "au", .invalidated) { .array(of: "u", [.uint32(level.value)]) },
        .init("Clock", "t", .silent) { .uint64(1) },
        .init("Wrong", "s", .silent) { .uint32(1) },
      ],
      signals: [.init("Changed", [.init("why", "s"), .init("how", "a{sv}")]), .init("Over")])
  }

  private func call(
    _ member: String, of interface: String = BusObjectTests.interface, _ arguments: [BusValue] = []
  ) throws -> Result<[BusValue], BusError> {
    let message = try client.methodCall(#require(server.uniqueName), Self.path, interface, member)
    try message.append(arguments)
    return try client.answer(to: message, in: loop)
  }

  private func failure(_ answer: Result<[BusValue], BusError>) -> BusError? {
    if case .failure(let error) = answer { error } else { nil }
  }

  // MARK: Methods

  @Test func methodsAnswer() throws {
    #expect(try call("Nothing").get() == [])
    #expect(try call("Join", [.strings(["a", "b", "c"]), .string("-")]).get() == [.string("a-b-c")])
    #expect(try call("Join", [.strings([]), .string("-")]).get() == [.string("")])
    let echo = BusValue.variant(.dictionary(["x": .array(of: "(yu)", [])]))
    #expect(try call("Echo", [echo]).get() == [echo])
    #expect(
      try call("Two").get() == [.dictionary(["a": .strings([])]), .structure([.uint32(1), .bool(true)])])
  }

  @Test func wrongTypesAreInvalidArguments() throws {
    for arguments: [BusValue] in [
      [], [.string("x")], [.strings([])], [.string("x"), .strings([])], [.strings([]), .string(""), .string("")],
      [.array(of: "u", []), .string("")],
    ] {
      #expect(try failure(call("Join", arguments))?.name == BusError.invalidArguments)
    }
    #expect(try failure(call("Nothing", [.byte(1)]))?.name == BusError.invalidArguments)
  }

  @Test func errorsReachTheCaller() throws {
    #expect(
      try failure(call("Fail")) == BusError(name: "org.example.Test.Error.Broken", message: "It is \"broken\"."))
    #expect(try failure(call("FailWithNumber"))?.name == BusError.accessDenied)
    #expect(try failure(call("FailOtherwise"))?.name == BusError.failed)
    #expect(try failure(call("NoSuchMethod"))?.name == BusError.unknownMethod)
  }

  @Test func anAnswerOfAnotherTypeThanDeclaredIsAnErrorForTheCaller() throws {
    #expect(try failure(call("Lie")) != nil)
    #expect(try call("Nothing").get() == [])
  }

  @Test func anObjectThatWasLetGoIsGone() throws {
    weak var captured: Kept<UInt32>?
    do {
      let level = Kept<UInt32>(2)
      captured = level
      let other = try daemon.connect(loop)
      let slot = try other.export(Self.object(level))
      let call = try client.methodCall(#require(other.uniqueName), Self.path, Self.interface, "Nothing")
      #expect(try client.answer(to: call, in: loop).get() == [])
      withExtendedLifetime(slot) {}
    }
    #expect(captured == nil)
  }

  @Test func anObjectMayEndItselfInItsMethod() throws {
    let slot = Kept<Slot?>(nil)
    let object = BusObject(
      path: "/end", interface: Self.interface,
      methods: [
        .init("End") { _ in
          slot.value = nil
          return []
        }
      ], properties: [], signals: [])
    slot.value = try server.export(object)
    let unique = try #require(server.uniqueName)
    #expect(try client.answer(to: client.methodCall(unique, "/end", Self.interface, "End"), in: loop).get() == [])
    let second = try client.answer(to: client.methodCall(unique, "/end", Self.interface, "End"), in: loop)
    #expect(failure(second) != nil)
  }

  @Test func anObjectIsExportedOnce() throws {
    #expect(throws: Errno.exists) { try server.export(Self.object(level)) }
  }

  @Test func whatDBusDoesNotKnowIsNotExported() {
    for object in [
      BusObject(path: "no path", interface: "x.x", methods: [], properties: [], signals: []),
      BusObject(path: "/x", interface: "x", methods: [], properties: [], signals: []),
      BusObject(path: "/x", interface: "x.x", methods: [.init("no name") { _ in [] }], properties: [], signals: []),
      BusObject(
        path: "/x", interface: "x.x", methods: [.init("X", [.init("x", "{")]) { _ in [] }], properties: [],
        signals: []),
    ] {
      #expect(throws: Errno.invalidArgument) { try server.export(object) }
    }
  }

  // MARK: Introspection

  @Test func argumentsHaveNamesInTheIntrospection() throws {
    let xml = try #require(
      call("Introspect", of: "org.freedesktop.DBus.Introspectable").get().first?.string)
    for piece in [
      #"<interface name="org.example.Test">"#,
      #"<arg type="as" name="words" direction="in"/>"#,
      #"<arg type="s" name="glue" direction="in"/>"#,
      #"<arg type="s" name="text" direction="out"/>"#,
      #"<arg type="a{sv}" name="first" direction="out"/>"#,
      #"<arg type="(ub)" name="second" direction="out"/>"#,
      #"<arg type="s" name="why"/>"#,
      #"<arg type="a{sv}" name="how"/>"#,
      #"<signal name="Over">"#,
      #"<property name="Level" type="u" access="read">"#,
    ] {
      #expect(xml.contains(piece), "\(piece)")
    }
  }

  // MARK: Properties

  @Test func propertiesAreRead() throws {
    level.value = 5
    let get = try call("Get", of: Self.properties, [.string(Self.interface), .string("Level")]).get()
    #expect(get == [.variant(.uint32(5))])
    let wrong = try call("Get", of: Self.properties, [.string(Self.interface), .string("Wrong")])
    #expect(failure(wrong) != nil)
    let none = try call("Get", of: Self.properties, [.string(Self.interface), .string("None")])
    #expect(failure(none)?.name == "org.freedesktop.DBus.Error.UnknownProperty")
    let set = try call("Set", of: Self.properties, [.string(Self.interface), .string("Level"), .variant(.uint32(9))])
    #expect(failure(set)?.name == "org.freedesktop.DBus.Error.PropertyReadOnly")
    #expect(level.value == 5)
  }

  @Test func changesOfPropertiesAreTold() throws {
    let changes = Kept<[[BusValue]]>([])
    let match = try client.match(
      sender: server.uniqueName, path: Self.path, interface: Self.properties, member: "PropertiesChanged"
    ) { changes.value.append((try? $0.read()) ?? []) }
    try client.settle(in: loop)
    level.value = 6
    try server.emitPropertiesChanged(path: Self.path, interface: Self.interface, ["Level", "History"])
    try loop.turn { changes.value.count == 1 }
    #expect(
      changes.value[0] == [.string(Self.interface), .dictionary(["Level": .uint32(6)]), .strings(["History"])])
    try server.emitPropertiesChanged(path: Self.path, interface: Self.interface, [])
    #expect(throws: Errno.self) {
      try server.emitPropertiesChanged(path: Self.path, interface: Self.interface, ["Version"])
    }
    #expect(throws: Errno.self) {
      try server.emitPropertiesChanged(path: Self.path, interface: Self.interface, ["None"])
    }
    withExtendedLifetime(match) {}
  }

  // MARK: Two threads

  @Test func aCallWaitsForAnotherConnectionsAnswer() throws {
    let service = try ServiceThread(address: daemon.address)
    let name = try #require(service.uniqueName)
    let caller = try Bus.open(address: daemon.address)
    let sum = try caller.methodCall(name, "/", "x.x", "Add", .uint32(2), .uint32(3))
    #expect(try caller.call(sum) == [.uint32(5)])
    let refused = try caller.methodCall(name, "/", "x.x", "Add", .uint32(.max), .uint32(3))
    #expect(throws: BusError(name: BusError.failed, message: "too much")) { try caller.call(refused) }
    let end = try caller.methodCall(name, "/", "x.x", "End")
    #expect(try caller.call(end) == [])
    service.join()
  }
}

/// A service with a loop on a thread of its own, which ends when `End` is called.
private final class ServiceThread {
  private var thread: pthread_t = 0
  let uniqueName: String?

  /// What the thread is handed.
  private final class Order {
    let address: String
    let answer: CInt

    init(address: String, answer: CInt) {
      self.address = address
      self.answer = answer
    }
  }

  init(address: String) throws {
    let ends = try makePipe()
    defer { close(ends.reader) }
    let order = Unmanaged.passRetained(Order(address: address, answer: ends.writer)).toOpaque()
    pthread_create(
      &thread, nil,
      { order in
        if let order { ServiceThread.serve(Unmanaged<Order>.fromOpaque(order).takeRetainedValue()) }
        return nil
      }, order)
    var name = [UInt8](repeating: 0, count: 64)
    let count = read(ends.reader, &name, name.count)
    uniqueName = count > 0 ? String(decoding: name.prefix(count), as: UTF8.self) : nil
  }

  func join() { pthread_join(thread, nil) }

  private static func serve(_ order: Order) {
    do {
      defer { close(order.answer) }
      let loop = try EventLoop()
      let bus = try Bus.open(address: order.address)
      try bus.attach(to: loop)
      let slot = try bus.export(
        BusObject(
          path: "/", interface: "x.x",
          methods: [
            .init("Add", [.init("a", "u"), .init("b", "u")], returns: [.init("sum", "u")]) { arguments in
              guard let a = arguments.first?.uint32, let b = arguments.last?.uint32 else { throw Errno.badMessage }
              let (sum, overflow) = a.addingReportingOverflow(b)
              guard !overflow else { throw BusError(name: BusError.failed, message: "too much") }
              return [.uint32(sum)]
            },
            .init("End") { _ in
              loop.stop()
              return []
            },
          ], properties: [], signals: []))
      let name = bus.uniqueName ?? ""
      _ = write(order.answer, name, name.utf8.count)
      try loop.run()
      withExtendedLifetime(slot) {}
    } catch {
      Issue.record(error)
    }
  }
}
