import CSystemd
import Glibc
import Testing

@testable import Systemd

@Suite struct EventLoopTests {
  private let loop: EventLoop

  init() throws {
    loop = try EventLoop()
  }

  @Test func timersElapseInTheOrderOfTheirTimes() throws {
    let order = Kept<[Int]>([])
    let now = loop.nowUSec(CLOCK_MONOTONIC)
    let late = try loop.timer(clock: CLOCK_MONOTONIC, accuracyUSec: 1) { [loop] in
      order.value.append(2)
      loop.stop()
    }
    let early = try loop.timer(clock: CLOCK_BOOTTIME, accuracyUSec: 1) { order.value.append(1) }
    try late.arm(atUSec: now + 20_000)
    try early.arm(atUSec: 1, accuracyUSec: 1)
    try loop.run()
    #expect(order.value == [1, 2])
  }

  @Test func aTimerElapsesOnceForEachArming() throws {
    let count = Kept(0)
    let timer = try loop.timer(clock: CLOCK_MONOTONIC, accuracyUSec: 1) { count.value += 1 }
    #expect(try !loop.runOnce(timeoutUSec: 0))
    try timer.arm(atUSec: 0)
    try loop.turn { count.value == 1 }
    #expect(try !loop.runOnce(timeoutUSec: 0))
    try timer.arm(atUSec: 0)
    try loop.turn { count.value == 2 }
  }

  @Test func aDisarmedTimerStaysSilent() throws {
    let timer = try loop.timer(clock: CLOCK_MONOTONIC, accuracyUSec: 1) { Issue.record("it elapsed") }
    try timer.arm(atUSec: 0)
    timer.disarm()
    #expect(try !loop.runOnce(timeoutUSec: 0))
  }

  @Test func aTimerThatWasLetGoStaysSilent() throws {
    do {
      let timer = try loop.timer(clock: CLOCK_MONOTONIC, accuracyUSec: 1) { Issue.record("it elapsed") }
      try timer.arm(atUSec: 0)
    }
    #expect(try !loop.runOnce(timeoutUSec: 0))
  }

  @Test func anUnknownClockIsRefused() {
    #expect(throws: Errno.self) { try loop.timer(clock: 99, accuracyUSec: 1) {} }
  }

  @Test func theErrorOfABodyComesOutOfTheLoop() throws {
    let timer = try loop.timer(clock: CLOCK_MONOTONIC, accuracyUSec: 1) { throw Thrown(number: 1) }
    try timer.arm(atUSec: 0)
    #expect(throws: Thrown(number: 1)) { try loop.run() }
  }

  @Test func theFirstErrorStands() throws {
    loop.stop(throwing: Thrown(number: 1))
    loop.stop(throwing: Thrown(number: 2))
    loop.stop()
    #expect(throws: Thrown(number: 1)) { try loop.run() }
  }

  @Test func anEndedLoopDoesNotRunAgain() throws {
    loop.stop()
    try loop.run()
    #expect(throws: Errno.self) { try loop.run() }
  }

  @Test func oneTurnThrowsToo() throws {
    let source = try loop.later { throw Thrown(number: 3) }
    #expect(throws: Thrown(number: 3)) { try loop.runOnce(timeoutUSec: nil) }
    withExtendedLifetime(source) {}
  }

  @Test func laterRunsOnceAndNotAtOnce() throws {
    let count = Kept(0)
    let source = try loop.later { count.value += 1 }
    #expect(count.value == 0)
    try loop.turn { count.value == 1 }
    #expect(try !loop.runOnce(timeoutUSec: 0))
    withExtendedLifetime(source) {}
  }

  @Test func sourcesMayEndThemselvesInTheirBodies() throws {
    let count = Kept(0)
    let timer = Kept<Timer?>(nil)
    timer.value = try loop.timer(clock: CLOCK_MONOTONIC, accuracyUSec: 1) {
      timer.value = nil
      count.value += 1
    }
    try timer.value?.arm(atUSec: 0)
    let deferred = Kept<DeferredSource?>(nil)
    deferred.value = try loop.later {
      deferred.value = nil
      count.value += 1
    }
    let ends = try makePipe()
    defer {
      close(ends.reader)
      close(ends.writer)
    }
    let io = Kept<IOSource?>(nil)
    io.value = try loop.io(fd: ends.writer, events: UInt32(EPOLLOUT.rawValue)) { _ in
      io.value = nil
      count.value += 1
    }
    try loop.turn { count.value == 3 }
    #expect(try !loop.runOnce(timeoutUSec: 0))
  }

  @Test func aBodyIsLetGoWithItsSource() throws {
    weak var captured: Kept<Int>?
    do {
      let kept = Kept(0)
      captured = kept
      let timer = try loop.timer(clock: CLOCK_MONOTONIC, accuracyUSec: 1) { kept.value += 1 }
      withExtendedLifetime(timer) { #expect(captured != nil) }
    }
    #expect(captured == nil)
  }

  @Test func aSourceOutlivesTheLastOtherReferenceToItsLoop() throws {
    let count = Kept(0)
    var other: EventLoop? = try EventLoop()
    let timer = try #require(try other?.timer(clock: CLOCK_MONOTONIC, accuracyUSec: 1) { count.value += 1 })
    other = nil
    try timer.arm(atUSec: 0)
    timer.disarm()
    #expect(count.value == 0)
  }

  @Test func ioTellsWhatCameAndFollowsItsEvents() throws {
    let ends = try makePipe()
    defer { close(ends.reader) }
    let seen = Kept<[UInt32]>([])
    let readable = UInt32(EPOLLIN.rawValue)
    let reader = try loop.io(fd: ends.reader, events: 0) { seen.value.append($0) }
    try #require(write(ends.writer, "x", 1) == 1)
    #expect(try !loop.runOnce(timeoutUSec: 0))
    try reader.setEvents(readable)
    try loop.turn { !seen.value.isEmpty }
    #expect(seen.value == [readable])
    try reader.setEvents(0)
    #expect(try !loop.runOnce(timeoutUSec: 0))
    close(ends.writer)
    try loop.turn { seen.value.count == 2 }
    #expect(seen.value[1] & UInt32(EPOLLHUP.rawValue) != 0)
  }

  @Test func ioRefusesADescriptorThatIsNone() {
    #expect(throws: Errno(code: EBADF)) { try loop.io(fd: 1 << 20, events: UInt32(EPOLLIN.rawValue)) { _ in } }
  }

  @Test func inotifyTellsNamesInAFolder() throws {
    let folder = try TemporaryFolder()
    let seen = Kept<[String?]>([])
    let masks = Kept<UInt32>(0)
    let source = try loop.inotify(path: folder.path, mask: UInt32(IN_CLOSE_WRITE)) { mask, name in
      seen.value.append(name)
      masks.value |= mask
    }
    _ = try folder.write("x", to: "a file")
    _ = try folder.write("x", to: "ü")
    try loop.turn { seen.value.count == 2 }
    #expect(seen.value == ["a file", "ü"])
    #expect(masks.value == UInt32(IN_CLOSE_WRITE))
    withExtendedLifetime(source) {}
  }

  @Test func inotifyOfAFileTellsNoName() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("x", to: "file")
    let seen = Kept<[String?]>([])
    let source = try loop.inotify(path: file, mask: UInt32(IN_CLOSE_WRITE)) { seen.value.append($1) }
    _ = try folder.write("y", to: "file")
    try loop.turn { !seen.value.isEmpty }
    #expect(seen.value == [nil])
    withExtendedLifetime(source) {}
  }

  @Test func inotifyRefusesAPathThatIsNone() {
    #expect(throws: Errno.noSuchEntry) { try loop.inotify(path: "/nowhere", mask: UInt32(IN_MODIFY)) { _, _ in } }
  }

  @Test func withoutAServiceManagerThereIsNoWatchdog() throws {
    try #require(getenv("WATCHDOG_USEC") == nil)
    #expect(try !loop.enableWatchdog())
  }

  @Test func clocksGoOn() {
    let first = loop.nowUSec(CLOCK_MONOTONIC)
    #expect(first > 0)
    #expect(loop.nowUSec(CLOCK_MONOTONIC) >= first)
    #expect(loop.nowUSec(CLOCK_BOOTTIME) >= first)
  }
}
