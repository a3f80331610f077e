import Testing

@testable import Systemd

@Suite struct BusObjectTests {
  private let pair: TwoConnections
  private let properties = "org.freedesktop.DBus.Properties"

  init() throws { pair = try TwoConnections() }

  // MARK: Introspection

  @Test func introspectionNamesAllArguments() throws {
    let slot = try pair.export(
      [
        .init("Log", [.init("level", "u"), .init("side", "s")], returns: [.init("id", "t"), .init("known", "b")]) { _ in
          []
        },
        .init("Nothing") { _ in [] },
        .init("Give", returns: [.init("members", "a{sv}")]) { _ in [] },
        .init("Take", [.init("pairs", "a(su)")]) { _ in [] },
      ],
      properties: [
        .init("Fixed", "s", .constant) { .string("") },
        .init("Told", "u", .emitted) { .uint32(0) },
        .init("Named", "as", .invalidated) { .strings([]) },
        .init("Still", "b", .silent) { .bool(false) },
      ],
      signals: [.init("Changed", [.init("what", "s"), .init("when", "t")]), .init("Bare")])
    let xml = try #require(
      try pair.answer("Introspect", interface: "org.freedesktop.DBus.Introspectable").get().first?.string)
    let text = xml.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: "\n")

    #expect(text.contains("<interface name=\"\(TwoConnections.interface)\">"))
    #expect(
      text.contains(
        """
        <method name="Log">
        <arg type="u" name="level" direction="in"/>
        <arg type="s" name="side" direction="in"/>
        <arg type="t" name="id" direction="out"/>
        <arg type="b" name="known" direction="out"/>
        </method>
        """))
    #expect(text.contains("<method name=\"Nothing\">\n</method>"))
    #expect(
      text.contains("<method name=\"Give\">\n<arg type=\"a{sv}\" name=\"members\" direction=\"out\"/>\n</method>"))
    #expect(text.contains("<method name=\"Take\">\n<arg type=\"a(su)\" name=\"pairs\" direction=\"in\"/>\n</method>"))
    #expect(
      text.contains(
        "<signal name=\"Changed\">\n<arg type=\"s\" name=\"what\"/>\n<arg type=\"t\" name=\"when\"/>\n</signal>"))
    #expect(text.contains("<signal name=\"Bare\">\n</signal>"))
    for (name, type, change) in [("Fixed", "s", "const"), ("Named", "as", "invalidates"), ("Still", "b", "false")] {
      let annotation = "org.freedesktop.DBus.Property.EmitsChangedSignal"
      #expect(
        text.contains(
          """
          <property name="\(name)" type="\(type)" access="read">
          <annotation name="\(annotation)" value="\(change)"/>
          </property>
          """))
    }
    #expect(text.contains("<property name=\"Told\" type=\"u\" access=\"read\">"))
    withExtendedLifetime(slot) {}
  }

  @Test func interfaceThatIsNotValidThrows() throws {
    #expect(throws: Errno.self) { try pair.export([.init("no name") { _ in [] }]) }
    #expect(throws: Errno.self) { try pair.export([.init("Bad", [.init("x", "a")]) { _ in [] }]) }
    let slot = try pair.export()
    #expect(throws: Errno.self) { try pair.export() }
    withExtendedLifetime(slot) {}
  }

  // MARK: Arguments

  @Test func argumentsOfWrongTypesNeverReachTheHandler() throws {
    var count = 0
    let slot = try pair.export([
      .init("Take", [.init("level", "u"), .init("options", "a{sv}")]) { _ in
        count += 1
        return []
      }
    ])
    let options = BusValue.dictionary([:])
    let wrong: [[BusValue]] = [
      [], [.uint32(1)], [.int32(1), options], [options, .uint32(1)], [.uint32(1), options, .bool(true)],
      [.uint32(1), .strings([])], [.structure([.uint32(1), options])], [.variant(.uint32(1)), options],
    ]
    for arguments in wrong {
      #expect(try pair.refusal("Take", arguments)?.name == BusError.invalidArguments)
    }
    #expect(count == 0)
    #expect(try pair.refusal("Take", [.uint32(1), options]) == nil)
    #expect(count == 1)
    withExtendedLifetime(slot) {}
  }

  @Test func sensitiveMethodWorksAsOthersDo() throws {
    let slot = try pair.export([
      .init("Secret", [.init("text", "s")], returns: [.init("text", "s")], isSensitive: true) { $0 }
    ])
    #expect(try pair.answer("Secret", [.string("x")]).get().first?.string == "x")
    withExtendedLifetime(slot) {}
  }

  // MARK: Properties

  @Test func propertiesAreRead() throws {
    var level: UInt32 = 3
    let slot = try pair.export(properties: [
      .init("Level", "u", .emitted) { .uint32(level) },
      .init("Names", "as", .constant) { .strings(["a", "b"]) },
      .init("Wrong", "s", .silent) { .uint32(1) },
    ])
    func get(_ name: String) throws -> Result<[BusValue], BusError> {
      try pair.answer("Get", [.string(TwoConnections.interface), .string(name)], interface: properties)
    }
    #expect(try get("Level").get().first?.unwrapped.uint32 == 3)
    level = 4
    #expect(try get("Level").get().first?.unwrapped.uint32 == 4)
    #expect(try get("Names").get().first?.unwrapped.strings == ["a", "b"])
    #expect(throws: BusError.self) { try get("Wrong").get() }
    #expect(throws: BusError.self) { try get("Missing").get() }
    let change: [BusValue] = [.string(TwoConnections.interface), .string("Level"), .variant(.uint32(5))]
    #expect(
      try pair.refusal("Set", change, interface: properties)?.name == "org.freedesktop.DBus.Error.PropertyReadOnly")
    withExtendedLifetime(slot) {}
  }

  @Test func allPropertiesAreRead() throws {
    let slot = try pair.export(properties: [
      .init("Level", "u", .emitted) { .uint32(3) },
      .init("Idle", "b", .emitted) { .bool(true) },
    ])
    let all = try pair.answer("GetAll", [.string(TwoConnections.interface)], interface: properties).get()
    let members = try #require(all.first?.dictionary)
    #expect(members.count == 2)
    #expect(members["Level"]?.uint32 == 3)
    #expect(members["Idle"]?.bool == true)
    withExtendedLifetime(slot) {}
  }

  @Test func changesAreTold() throws {
    var level: UInt32 = 3
    let slot = try pair.export(properties: [
      .init("Level", "u", .emitted) { .uint32(level) },
      .init("Names", "as", .invalidated) { .strings([]) },
      .init("Fixed", "s", .constant) { .string("") },
    ])
    var seen: [[BusValue]] = []
    let match = try pair.client.match(
      sender: pair.serviceName, path: TwoConnections.path, interface: properties, member: "PropertiesChanged"
    ) { message in
      if let values = try? message.read() { seen.append(values) }
    }
    try pair.settle()
    func change(_ names: [String]) throws {
      try pair.service.emitPropertiesChanged(
        path: TwoConnections.path, interface: TwoConnections.interface, names)
    }
    level = 5
    try change(["Level", "Names"])
    try change([])
    #expect(throws: Errno.self) { try change(["Fixed"]) }
    #expect(throws: Errno.self) { try change(["Missing"]) }
    try pair.settle()
    try #require(seen.count == 1)
    #expect(seen[0].map(\.typeSignature) == ["s", "a{sv}", "as"])
    #expect(seen[0][0].string == TwoConnections.interface)
    #expect(seen[0][1].dictionary?.count == 1)
    #expect(seen[0][1].dictionary?["Level"]?.uint32 == 5)
    #expect(seen[0][2].strings == ["Names"])
    withExtendedLifetime((slot, match)) {}
  }

  // MARK: Lifetimes

  @Test func slotKeepsItsObjectAndEndsIt() throws {
    let freed = Freed()
    var slot: Slot?
    do {
      let captive = freed.captive()
      slot = try pair.export([
        .init("Call") { _ in
          captive.hold()
          return []
        }
      ])
    }
    #expect(try pair.refusal("Call") == nil)
    #expect(slot != nil)
    #expect(freed.count == 0)
    slot = nil
    #expect(freed.count == 1)
    #expect(try pair.refusal("Call") != nil)
  }

  @Test func objectReleasedInItsOwnMethod() throws {
    let freed = Freed()
    var slot: Slot?
    do {
      let captive = freed.captive()
      slot = try pair.export([
        .init("Leave", returns: [.init("text", "s")]) { _ in
          slot = nil
          captive.hold()
          #expect(freed.count == 0)
          return [.string("bye")]
        }
      ])
    }
    #expect(try pair.answer("Leave").get().first?.string == "bye")
    #expect(slot == nil)
    #expect(freed.count == 1)
    #expect(try pair.refusal("Leave") != nil)
  }

  @Test func objectReleasedInItsOwnGetter() throws {
    var slot: Slot?
    slot = try pair.export(properties: [
      .init("First", "u", .emitted) {
        slot = nil
        return .uint32(1)
      },
      .init("Second", "u", .emitted) { .uint32(2) },
    ])
    _ = try pair.answer("GetAll", [.string(TwoConnections.interface)], interface: properties)
    #expect(slot == nil)
    try pair.settle()
  }

  @Test func oneObjectOnTwoConnections() throws {
    let object = BusObject(
      path: TwoConnections.path, interface: TwoConnections.interface,
      methods: [.init("Call", returns: [.init("number", "u")]) { _ in [.uint32(1)] }], properties: [], signals: [])
    var first: Slot? = try pair.client.export(object)
    let second = try pair.service.export(object)
    #expect(first != nil)
    first = nil
    #expect(try pair.answer("Call").get().first?.uint32 == 1)
    withExtendedLifetime(second) {}
  }
}
