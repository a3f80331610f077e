import CSystemd
import Glibc
import Testing

@testable import Systemd

@Suite struct BusValueTests {
  private let pair: TwoConnections
  private let slot: Slot
  private let heard: Heard

  /// What the service has got.
  private final class Heard {
    var values: [BusValue] = []
  }

  init() throws {
    pair = try TwoConnections()
    heard = Heard()
    slot = try pair.export([
      .init("Echo", [.init("value", "v")], returns: [.init("value", "v")]) { [heard] values in
        heard.values = values
        return values
      }
    ])
  }

  /// Sends a value there and back.
  private func echo(_ value: BusValue) throws -> BusValue {
    let values = try pair.answer("Echo", [.variant(value)]).get()
    guard values.count == 1, case .variant(let answer) = values[0] else { throw Errno.badMessage }
    return answer
  }

  /// A message of our own, ready to be read.
  private func sealed(_ values: [BusValue]) throws -> Message {
    let message = try pair.client.methodCall("a.b", "/", "a.b", "C")
    try message.append(values)
    guard sd_bus_message_seal(message.raw, 1, 0) >= 0 else { throw Errno.badMessage }
    return message
  }

  @Test func everyTypeThereAndBack() throws {
    let values: [(BusValue, String)] = [
      (.byte(0), "y"), (.byte(.max), "y"),
      (.bool(true), "b"), (.bool(false), "b"),
      (.int16(.min), "n"), (.int16(.max), "n"), (.uint16(.max), "q"),
      (.int32(.min), "i"), (.int32(.max), "i"), (.uint32(.max), "u"),
      (.int64(.min), "x"), (.int64(.max), "x"), (.uint64(.max), "t"),
      (.double(-0.1), "d"), (.double(.infinity), "d"), (.double(.leastNonzeroMagnitude), "d"),
      (.string(""), "s"), (.string("nacken – 首 🧘"), "s"),
      (.objectPath("/"), "o"), (.objectPath("/a/b_1"), "o"),
      (.signature(""), "g"), (.signature("a{sv}(iu)"), "g"),
      (.array(of: "s", []), "as"), (.strings(["", "b"]), "as"),
      (.array(of: "y", [.byte(1), .byte(2)]), "ay"),
      (.array(of: "as", [.strings([]), .strings(["x"])]), "aas"),
      (.array(of: "(su)", []), "a(su)"), (.array(of: "(su)", [.structure([.string("a"), .uint32(1)])]), "a(su)"),
      (.array(of: "{sv}", []), "a{sv}"),
      (.array(of: "{us}", [.entry(key: .uint32(1), value: .string("x"))]), "a{us}"),
      (.array(of: "v", [.variant(.bool(true)), .variant(.string("x"))]), "av"),
      (.structure([.byte(1), .structure([.double(1), .strings(["x"])]), .bool(true)]), "(y(das)b)"),
      (.variant(.variant(.uint32(1))), "v"),
      (
        .dictionary([
          "empty": .dictionary([:]),
          "inner": .dictionary(["list": .strings(["a"]), "deep": .dictionary(["x": .int64(-1)])]),
          "pair": .structure([.string("a"), .uint64(1)]),
        ]), "a{sv}"
      ),
    ]
    for (value, signature) in values {
      #expect(value.typeSignature == signature)
      let answer = try echo(value)
      #expect(answer.typeSignature == signature)
      #expect("\(answer)" == "\(value)")
    }
  }

  @Test func dictionaryIsReadByItsKeys() throws {
    let value = BusValue.dictionary([
      "text": .string("x"), "flag": .bool(true), "inner": .dictionary(["number": .uint64(7)]),
      "list": .strings(["a", "b"]),
    ])
    let members = try #require(try echo(value).dictionary)
    #expect(members.count == 4)
    #expect(members["text"]?.string == "x")
    #expect(members["flag"]?.bool == true)
    #expect(members["inner"]?.dictionary?["number"]?.uint64 == 7)
    #expect(members["list"]?.strings == ["a", "b"])
    #expect(BusValue.strings([]).dictionary == nil)
    #expect(BusValue.array(of: "{us}", [.entry(key: .uint32(1), value: .string(""))]).dictionary == nil)
    #expect(BusValue.array(of: "u", [.uint32(1)]).strings == nil)
  }

  @Test func fileDescriptorIsPassedAndClosed() throws {
    let pipe = try PipeEnds()
    var write: FileDescriptor? = try FileDescriptor(copying: pipe.write)
    pipe.closeWrite()
    var answer: BusValue? = try echo(
      .array(of: "{sv}", [.entry(key: .string("end"), value: .variant(.fileDescriptor(try #require(write))))]))
    let received = try #require(answer?.dictionary?["end"]?.fileDescriptor)
    #expect(received.raw != write?.raw)
    #expect(fcntl(received.raw, F_GETFD) == FD_CLOEXEC)
    #expect(Glibc.write(received.raw, "x", 1) == 1)
    var byte: UInt8 = 0
    #expect(read(pipe.read, &byte, 1) == 1)
    #expect(byte == UInt8(ascii: "x"))
    // Neither libsystemd nor the daemon keeps a copy; the last one is `received`.
    (write, answer) = (nil, nil)
    heard.values = []
    try pair.settle()
    #expect(!pipe.isAtEnd)
    #expect(Glibc.write(received.raw, "y", 1) == 1)
    #expect(read(pipe.read, &byte, 1) == 1)
  }

  @Test func fileDescriptorsThatNobodyReadsAreClosed() throws {
    let pipe = try PipeEnds()
    do {
      let write = try FileDescriptor(copying: pipe.write)
      pipe.closeWrite()
      // Refused, since the arguments do not fit.
      #expect(
        try pair.refusal("Echo", [.variant(.fileDescriptor(write)), .fileDescriptor(write)])?.name
          == BusError.invalidArguments)
      _ = try echo(.array(of: "h", [.fileDescriptor(write), .fileDescriptor(write)]))
    }
    heard.values = []
    // The daemon closes its copies after it has passed them on.
    try pair.settle()
    try pair.settle()
    #expect(pipe.isAtEnd)
  }

  @Test func bodyIsReadAsOftenAsWanted() throws {
    let message = try sealed([.string("a"), .dictionary(["x": .uint32(1)])])
    for _ in 0..<2 {
      let values = try message.read()
      #expect(values.map(\.typeSignature) == ["s", "a{sv}"])
      #expect(values[1].dictionary?["x"]?.uint32 == 1)
    }
    #expect(try sealed([]).read().isEmpty)
  }

  @Test func largeArray() throws {
    let numbers = (0..<50_000).map { BusValue.uint32(UInt32($0)) }
    let elements = try #require(try echo(.array(of: "u", numbers)).elements)
    #expect(elements.count == 50_000)
    #expect(elements.last?.uint32 == 49_999)
  }

  @Test func depthThatDBusAllows() throws {
    var value = BusValue.uint32(7)
    for _ in 0..<60 { value = .variant(value) }
    #expect(try echo(value).unwrapped.uint32 == 7)
    var list = BusValue.uint32(7)
    for _ in 0..<30 { list = .structure([list]) }
    #expect(try echo(list).typeSignature == list.typeSignature)
  }

  @Test func deeperMessagesAreRefused() throws {
    var value = BusValue.uint32(7)
    for _ in 0..<100 { value = .variant(value) }
    let message = try sealed([value])
    #expect(throws: Errno.badMessage) { try message.read() }
    for _ in 0..<100 { value = .variant(value) }
    #expect(throws: Errno.self) { try sealed([value]) }
  }

  @Test func valuesThatCannotBeSent() throws {
    let bad: [BusValue] = [
      .string("a\0b"), .objectPath("no path"), .objectPath("/a\0"), .signature("a"), .signature("s\0"),
      .array(of: "", []),
      .array(of: "no type", []), .array(of: "s", [.uint32(1)]), .structure([]),
      .entry(key: .string(""), value: .bool(true)),
      .array(of: "{vs}", []), .fileDescriptor(FileDescriptor(owning: -1)),
    ]
    for value in bad {
      #expect(throws: Errno.self, "\(value)") { try sealed([value]) }
    }
  }
}
