import Glibc
import NapeCore
import Systemd
import Testing

@testable import NapeDesktop

/// A compositor that fails, lies or talks rubbish.
@Suite struct WaylandHostilityTests {
  private func bench() throws -> WaylandBench {
    let bench = try WaylandBench([WaylandBench.seat, WaylandBench.extInput])
    try bench.find()
    try bench.watch(.idle(after: .seconds(60)))
    return bench
  }

  private static func header(_ object: UInt32, length: UInt32, opcode: UInt32) -> [UInt8] {
    [object, length << 16 | opcode].flatMap { word in withUnsafeBytes(of: word) { Array($0) } }
  }

  @Test func diesInTheMiddleOfAMessage() throws {
    let bench = try bench()
    bench.compositor.send(bytes: Array(WaylandRequest(1, 1, .uint(3)).bytes.dropLast(2)))
    try bench.rest()
    #expect(bench.reports.isEmpty)
    bench.compositor.disconnect()
    try bench.run { !bench.reports.isEmpty }
    try bench.rest()
    #expect(bench.losses == ["the compositor closed the connection in the middle of a message"])
    // Nothing more is told, whatever is asked.
    let source = try #require(bench.source)
    source.watch(.input)
    source.watch(.idle(after: 0))
    source.lastInput { _ in }
    try bench.rest()
    #expect(bench.reports.count == 1)
  }

  @Test func reportsAnError() throws {
    let bench = try bench()
    let text = "no\nsuch\u{1B}[31m \u{202E}thing" + String(repeating: "!", count: 40_000)
    bench.compositor.send(1, 0, .uint(2), .uint(7), .string(text))
    bench.compositor.disconnect()
    try bench.run { !bench.reports.isEmpty }
    try bench.rest()
    let why = try #require(bench.losses.first)
    #expect(bench.losses.count == 1)
    #expect(why.hasPrefix("the compositor reports error 7: no?such?[31m ?thing!!!"))
    #expect(why.count < 300)
  }

  @Test(arguments: [
    (header(1, length: 4, opcode: 0), "the compositor sent a message of 4 bytes"),
    (header(1, length: 0, opcode: 0), "the compositor sent a message of 0 bytes"),
    (header(2, length: 13, opcode: 0), "the compositor sent a message of 13 bytes"),
    (header(1, length: 8, opcode: 9), "the compositor sent the unknown wl_display event 9"),
    (header(2, length: 8, opcode: 9), "the compositor sent the unknown wl_registry event 9"),
    (header(0, length: 8, opcode: 0), "the compositor sent an event of object 0, which never was"),
    (header(99, length: 8, opcode: 0), "the compositor sent an event of object 99, which never was"),
    (
      header(0xFF00_0000, length: 8, opcode: 0),
      "the compositor sent an event of object 4278190080, which never was"
    ),
    (header(2, length: 8, opcode: 1), "the compositor sent an event without all its arguments"),
    (WaylandRequest(2, 1, .uint(50), .uint(50)).bytes, "the compositor sent an event with too many arguments"),
    (WaylandRequest(2, 0, .uint(50), .uint(0), .uint(1)).bytes, "the compositor sent no string where one must be"),
    (
      WaylandRequest(2, 0, .uint(50), .uint(.max), .uint(1)).bytes,
      "the compositor sent a string that is longer than its event"
    ),
    (
      WaylandRequest(2, 0, .uint(50), .uint(3), .uint(0x41_4141), .uint(1)).bytes,
      "the compositor sent a string without its end"
    ),
    (
      WaylandRequest(2, 0, .uint(50), .uint(4), .uint(0x0041_0041), .uint(1)).bytes,
      "the compositor sent a string without its end"
    ),
    (
      WaylandRequest(2, 0, .uint(50), .uint(3), .uint(0xFFFF), .uint(1)).bytes,
      "the compositor sent a string that is not UTF-8"
    ),
  ])
  func sendsWhatCannotBe(_ bytes: [UInt8], _ why: String) throws {
    let bench = try bench()
    bench.compositor.send(bytes: bytes)
    try bench.run { !bench.reports.isEmpty }
    try bench.rest()
    #expect(bench.losses == [why])
    try bench.run { !bench.compositor.isConnected }
  }

  @Test func offersAGlobalWithAHugeName() throws {
    let huge = FakeCompositor.Global(name: 40, interface: String(repeating: "w", count: 65_000), version: 1)
    let bench = try WaylandBench([huge, WaylandBench.seat, WaylandBench.ext])
    try bench.find()
    #expect(bench.source != nil)
  }

  @Test func offersTooManySeats() throws {
    let bench = try bench()
    for name in 100..<120 as Range<UInt32> {
      bench.compositor.add(FakeCompositor.Global(name: name, interface: "wl_seat", version: 1))
    }
    try bench.run { !bench.reports.isEmpty }
    #expect(bench.losses == ["the compositor has more than 16 seats"])
  }

  @Test func givesNoNumbersBack() throws {
    let bench = try WaylandBench([WaylandBench.seat, WaylandBench.ext])
    bench.compositor.releases = false
    try bench.find()
    let source = try #require(bench.source)
    var asked: Int64 = 0
    try bench.run {
      asked += 1
      source.watch(.idle(after: .seconds(1000 + asked)))
      return !bench.reports.isEmpty
    }
    #expect(bench.losses == ["4096 objects are in use"])
    #expect(asked < 10_000)
  }

  @Test func doesNotRead() throws {
    let loop = try EventLoop()
    let silent = try FakeCompositor(loop, [])
    var errors: [WaylandError] = []
    let connection = try WaylandConnection(LocalSocket(path: silent.path), loop: loop) { errors.append($0) }
    // Nobody accepts the connection: the kernel takes what it has room for.
    for _ in 0..<200_000 { connection.send(WaylandRequest(1, 7)) }
    #expect(errors.isEmpty, "told from the loop only")
    silent.stopListening()
    while try loop.runOnce(timeoutUSec: 20_000) {}
    #expect(errors.count == 1)
    #expect(!connection.isOpen)
  }

  @Test func sendsAFile() throws {
    let bench = try bench()
    var ends: [CInt] = [-1, -1]
    #expect(pipe(&ends) == 0)
    let reading = FileDescriptor(owning: ends[0])
    do {
      let writing = FileDescriptor(owning: ends[1])
      bench.compositor.send(bytes: WaylandRequest(1, 1, .uint(0)).bytes, with: writing.raw)
    }
    try bench.rest()
    _ = fcntl(reading.raw, F_SETFL, O_NONBLOCK)
    // Nobody holds the other end: it was closed, not kept.
    var byte: UInt8 = 0
    #expect(read(reading.raw, &byte, 1) == 0)
    #expect(bench.losses.isEmpty)
    #expect(bench.compositor.complaints.isEmpty)
  }

  @Test func repeatsItself() throws {
    let bench = try bench()
    let id = try #require(bench.compositor.notifications.first).id
    for _ in 0..<3 { bench.compositor.send(id, 1) }
    bench.compositor.send(1, 1, .uint(id))
    bench.compositor.send(1, 1, .uint(.max))
    bench.compositor.globals.append(WaylandBench.seat)
    bench.compositor.add(WaylandBench.seat)
    for _ in 0..<3 { for notification in bench.compositor.notifications { bench.compositor.send(notification.id, 0) } }
    try bench.run { !bench.reports.isEmpty }
    try bench.rest()
    #expect(bench.idleSince.count == 1 && bench.reports.count == 1)
    #expect(bench.timeouts == [60_000])
  }
}
