import Glibc
import NapeCore
import Systemd
import Testing

@testable import NapeDesktop

/// An X server that fails, lies or talks rubbish.
@Suite struct X11HostilityTests {
  private func bench(limitUSec: UInt64 = 10_000_000) throws -> X11Bench {
    let bench = try X11Bench()
    try bench.find(limitUSec: limitUSec)
    bench.server.touch()
    try bench.watch(.idle(after: .seconds(60)))
    return bench
  }

  @Test func diesInTheMiddleOfAMessage() throws {
    let bench = try bench()
    bench.server.send(bytes: [34, 0, 0])
    try bench.rest()
    #expect(bench.reports.isEmpty)
    bench.server.disconnect()
    try bench.run { !bench.reports.isEmpty }
    try bench.rest()
    #expect(bench.losses == ["the X server closed the connection in the middle of a message"])
    // Nothing more is told, whatever is asked.
    let source = try #require(bench.source)
    source.watch(.input)
    source.watch(.idle(after: 0))
    try bench.rest()
    #expect(bench.reports.count == 1)
  }

  /// The present sequence number, which is that of the alarm.
  private static let sequence: UInt16 = 7

  private static func raw(_ parts: [UInt8]...) -> [UInt8] {
    let bytes = parts.flatMap { $0 }
    return bytes + [UInt8](repeating: 0, count: max(0, 32 - bytes.count))
  }

  @Test(arguments: [
    (
      raw([0, 3], FakeXServer.raw(sequence), [0, 0, 0, 0], FakeXServer.raw(UInt16(8)), [134]),
      "the X server refused request 134.8 with error 3"
    ),
    (raw([1, 0], FakeXServer.raw(sequence)), "the X server sent a reply to request 7, which waits for none"),
    (raw([1, 0], FakeXServer.raw(UInt16(8))), "the X server speaks of request 8, which was not made"),
    (raw([84, 0], FakeXServer.raw(UInt16(5))), "the X server speaks of request 5, which was not made"),
    (raw([34, 0], FakeXServer.raw(UInt16(0))), "the X server speaks of request 0, which was not made"),
    (
      raw([1, 0], FakeXServer.raw(sequence), FakeXServer.raw(UInt32.max)),
      "the X server sent a message of 17179869212 bytes"
    ),
    (
      raw([35, 0], FakeXServer.raw(sequence), FakeXServer.raw(UInt32(17_000))),
      "the X server sent a message of 68032 bytes"
    ),
  ])
  func sendsWhatCannotBe(_ bytes: [UInt8], _ why: String) throws {
    let bench = try bench()
    #expect(bench.server.sequence == Self.sequence)
    bench.server.send(bytes: bytes)
    try bench.run { !bench.reports.isEmpty }
    try bench.rest()
    #expect(bench.losses == [why])
    try bench.run { !bench.server.isConnected }
  }

  @Test(arguments: [
    // A change of the keyboard, of which every client is told; an event without a sequence number; another client's
    // words; a generic event; another event of SYNC.
    raw([34, 0], FakeXServer.raw(sequence)),
    raw([11, 0xFF, 0xFF, 0xFF, 0xFF]),
    raw([84 | 0x80, 0], FakeXServer.raw(sequence), [1, 2, 3]),
    raw([35, 0], FakeXServer.raw(sequence), FakeXServer.raw(UInt32(2)), [UInt8](repeating: 7, count: 32)),
    raw([83, 0], FakeXServer.raw(sequence)),
    raw([84, 0], FakeXServer.raw(sequence)),
    raw([127, 0], FakeXServer.raw(sequence)),
  ])
  func sendsWhatWasNotAskedFor(_ bytes: [UInt8]) throws {
    let bench = try bench()
    for _ in 0..<100 { bench.server.send(bytes: bytes) }
    try bench.rest()
    #expect(bench.reports.isEmpty)
    bench.server.setIdle(.seconds(60))
    try bench.run { bench.idleSince.count == 1 }
    #expect(bench.losses.isEmpty)
  }

  @Test func answersOutOfOrder() throws {
    let bench = try bench()
    let source = try #require(bench.source)
    bench.server.isMute = true
    source.lastInput { _ in }
    source.lastInput { _ in }
    try bench.rest()
    bench.server.isMute = false
    bench.server.reply([], sequence: Self.sequence + 2)
    try bench.run { !bench.reports.isEmpty }
    #expect(bench.losses == ["the X server sent a reply to request 9, which waits for none"])
  }

  @Test(arguments: [1, 2, 5, 1000, UInt32.max])
  func listsFewerCountersThanItCounts(_ excess: UInt32) throws {
    let bench = try X11Bench {
      $0.counters = ["SERVERTIME"]
      $0.countedCounters = 1 &+ excess
    }
    try bench.find()
    #expect(bench.source == nil)
    #expect(bench.error == (excess == .max ? .noIdleTime : .badMessage("a message without all its fields")))
  }

  @Test func doesNotAnswerAQuestion() throws {
    let bench = try bench(limitUSec: 2_000_000)
    bench.server.isMute = true
    try bench.watch(.input)
    try bench.run { !bench.reports.isEmpty }
    try bench.rest()
    #expect(bench.losses == ["the X server does not answer"])
  }

  @Test func neverRunsOutOfPatienceWhenNothingIsOwed() throws {
    let bench = try bench(limitUSec: 2_000_000)
    let end = bench.now + .seconds(3)
    try bench.run { bench.now > end }
    #expect(bench.reports.isEmpty)
  }

  @Test func isAskedTooMuch() throws {
    let bench = try bench()
    let source = try #require(bench.source)
    bench.server.isMute = true
    var answers: [Microseconds?] = []
    for _ in 0..<2000 { source.lastInput { answers.append($0) } }
    #expect(answers.isEmpty, "told from the loop only")
    try bench.run { !bench.reports.isEmpty }
    #expect(bench.losses == ["the X server does not answer"])
    #expect(answers.count == 2000 && answers.allSatisfy { $0 == nil })
  }

  @Test func setsOffAlarmsAllTheTime() throws {
    let bench = try bench()
    let end = bench.now + .second
    while bench.now < end {
      for alarm in bench.server.alarms { bench.server.tell(alarm, state: 1, value: -5) }
      _ = try bench.loop.runOnce(timeoutUSec: 1000)
    }
    #expect(bench.reports.isEmpty)
    #expect(bench.server.questions < 10)
  }
}
