import Glibc
import Testing

@testable import Systemd

@Suite struct MessageTests {
  private let daemon: PrivateBus
  private let loop: EventLoop
  private let bus: Bus

  init() throws {
    daemon = try PrivateBus()
    loop = try EventLoop()
    bus = try daemon.connect(loop)
  }

  /// The values, sent to another connection as a signal and read there.
  private func carried(_ values: [BusValue]) throws -> [BusValue] {
    let other = try daemon.connect(loop)
    let received = Kept<[[BusValue]]>([])
    let slot = try other.match(sender: nil, path: "/x", interface: "x.x", member: "X") { message in
      if let values = try? message.read(), let again = try? message.read(), again.count == values.count {
        received.value.append(values)
      } else {
        Issue.record("it cannot be read")
        received.value.append([])
      }
    }
    try other.settle(in: loop)
    try bus.emit(path: "/x", interface: "x.x", member: "X", values)
    try loop.turn { !received.value.isEmpty }
    withExtendedLifetime(slot) {}
    return received.value[0]
  }

  @Test(
    arguments: [
      [],
      [.byte(0), .byte(255)],
      [.bool(true), .bool(false), .bool(true)],
      [.int16(.min), .int16(.max), .uint16(.max)],
      [.int32(.min), .int32(.max), .uint32(.max)],
      [.int64(.min), .int64(.max), .uint64(.max)],
      [.double(-1.5), .double(.infinity), .double(0)],
      [
        .string(""), .string("Grüße, 你好"), .objectPath("/"), .objectPath("/a/b_1"), .signature(""), .signature("a{sv}"),
      ],
      [.strings([]), .strings(["a", "", "c"]), .array(of: "y", [.byte(1), .byte(2)])],
      [.array(of: "a{sv}", []), .array(of: "as", [.strings([]), .strings(["x"])])],
      [.structure([.byte(1), .structure([.string("x"), .uint64(2)])]), .byte(3)],
      [
        .array(
          of: "(ssssuu)", [.structure([.string("a"), .string(""), .string("b"), .string("c"), .uint32(1), .uint32(2)])])
      ],
      [.variant(.byte(1)), .variant(.variant(.strings(["x"]))), .variant(.structure([.variant(.double(1))]))],
      [
        .dictionary([:]),
        .dictionary(["a": .dictionary(["b": .dictionary(["c": .array(of: "t", [])]), "d": .bool(false)])]),
      ],
      [
        .array(
          of: "{qa(yd)}", [.entry(key: .uint16(1), value: .array(of: "(yd)", [.structure([.byte(1), .double(2)])]))])
      ],
    ] as [[BusValue]])
  func valuesAreCarried(_ values: [BusValue]) throws {
    #expect(try carried(values) == values)
  }

  @Test func fileDescriptorsAreCarriedAsCopies() throws {
    let ends = try makePipe()
    let reader = FileDescriptor(owning: ends.reader)
    var received: [BusValue]
    do {
      let writer = FileDescriptor(owning: ends.writer)
      received = try carried([.fileDescriptor(writer), .variant(.fileDescriptor(writer))])
    }
    for value in received {
      let copy = try #require(value.unwrapped.fileDescriptor)
      #expect(copy.raw != ends.writer)
      #expect(fcntl(copy.raw, F_GETFD) & FD_CLOEXEC != 0)
      #expect(write(copy.raw, "x", 1) == 1)
    }
    received = []
    // The loop lets the messages go, and with them the last copies.
    try bus.settle(in: loop)
    var bytes = [UInt8](repeating: 0, count: 4)
    #expect(read(reader.raw, &bytes, 4) == 2)
    #expect(read(reader.raw, &bytes, 4) == 0)
  }

  @Test(
    arguments: [
      .objectPath("no path"), .objectPath(""), .signature("{"), .string("a\0b"), .array(of: "s", [.uint32(1)]),
      .array(of: "", []), .array(of: "ss", []), .structure([]), .entry(key: .byte(1), value: .byte(2)),
      .array(of: "{vs}", []), .variant(.structure([])),
    ] as [BusValue])
  func whatDBusDoesNotKnowIsRefused(_ value: BusValue) throws {
    let call = try bus.methodCall("x.x", "/", "x.x", "X")
    #expect(throws: Errno.self) { try call.append([value]) }
  }

  @Test func deepValuesAreRefusedOrCarriedWithoutHarm() throws {
    var value = BusValue.byte(1)
    for _ in 0..<30 { value = .variant(value) }
    #expect(try carried([value]) == [value])
    for _ in 0..<200 { value = .variant(value) }
    let call = try bus.methodCall("x.x", "/", "x.x", "X")
    #expect(throws: Errno.self) { try call.append([value]) }
  }

  @Test func aBodyOfTooManyValuesIsRefused() throws {
    let bytes = BusValue.array(of: "y", Array(repeating: .byte(1), count: 300_000))
    let other = try daemon.connect(loop)
    let refusal = Kept<Errno?>(nil)
    let slot = try other.match(sender: nil, path: "/x", interface: "x.x", member: "X") { message in
      do throws(Errno) { _ = try message.read() } catch { refusal.value = error }
    }
    try other.settle(in: loop)
    try bus.emit(path: "/x", interface: "x.x", member: "X", [bytes])
    try loop.turn { refusal.value != nil }
    #expect(refusal.value == Errno(code: EMSGSIZE))
    withExtendedLifetime(slot) {}
  }
}
