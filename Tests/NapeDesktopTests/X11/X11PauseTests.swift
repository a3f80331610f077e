import Glibc
import NapeCore
import Systemd
import Testing

@testable import NapeDesktop

@Suite struct X11PauseTests {
  private func bench() throws -> X11Bench {
    let bench = try X11Bench()
    try bench.find(limitUSec: 2_000_000)
    try #require(bench.source != nil)
    return bench
  }

  @Test func knowsOfAPauseAtOnce() throws {
    let bench = try bench()
    bench.server.setIdle(.seconds(3))
    let (wait, told) = try bench.awaitPause(of: .seconds(3))
    try bench.rest()
    #expect(told.value == [false])
    #expect(bench.server.questions == 1)
    bench.server.touch()
    try bench.pass(.second / 2)
    #expect(told.value == [false])
    #expect(bench.server.questions == 1 && bench.server.alarmCount == 0)
    #expect(bench.reports.isEmpty && bench.server.complaints.isEmpty)
    withExtendedLifetime(wait) {}
  }

  @Test func tellsOfTypingAndOfThePauseAfterIt() throws {
    let bench = try bench()
    bench.server.touch()
    let (wait, told) = try bench.awaitPause(of: .seconds(2))
    try bench.run { told.value == [true] }
    try bench.pass(.second / 2)
    let last = bench.now
    bench.server.touch()
    try bench.run { told.value == [true, false] }
    #expect(bench.now - last >= .seconds(2))
    #expect(bench.server.questions == 3)
    withExtendedLifetime(wait) {}
  }

  @Test func asksLittleWhileSomebodyTypesOnAndOn() throws {
    let bench = try bench()
    let (wait, told) = try bench.awaitPause(of: .second)
    let end = bench.now + .seconds(5)
    while bench.now < end {
      bench.server.touch()
      _ = try bench.loop.runOnce(timeoutUSec: 10_000)
    }
    #expect(told.value == [true])
    #expect(bench.server.questions <= 6)
    withExtendedLifetime(wait) {}
  }

  @Test func isNotKeptBusy() throws {
    let bench = try bench()
    let (wait, told) = try bench.awaitPause(of: .seconds(3))
    let end = bench.now + .seconds(2)
    while bench.now < end {
      // The pause seems to be all but complete, always.
      bench.server.setIdle(.seconds(3) - 2000)
      _ = try bench.loop.runOnce(timeoutUSec: 1000)
    }
    #expect(bench.server.questions <= 9)
    #expect(told.value == [true] || told.value == [true, false])
    withExtendedLifetime(wait) {}
  }

  @Test func isLetGo() throws {
    let bench = try bench()
    bench.server.touch()
    let (wait, told) = try bench.awaitPause(of: .second / 2)
    try bench.run { told.value == [true] }
    wait.value = nil
    try bench.pass(.second)
    #expect(told.value == [true])
    #expect(bench.server.questions == 1)

    // While a question is under way.
    let (secondWait, toldThen) = try bench.awaitPause(of: .second / 2)
    try bench.run { bench.server.questions == 2 }
    secondWait.value = nil
    try bench.rest()
    #expect(toldThen.value.isEmpty)
    #expect(bench.losses.isEmpty)
  }

  @Test func leavesWhatIsWatchedAlone() throws {
    let bench = try bench()
    bench.server.touch()
    try bench.watch(.idle(after: .seconds(2)))
    let (wait, told) = try bench.awaitPause(of: .second)
    try bench.run { told.value == [true, false] }
    #expect(bench.reports.isEmpty)
    #expect(bench.server.alarmCount == 1)
    try bench.run { bench.idleSince.count == 1 }
    try bench.watch(.input)
    bench.server.touch()
    try bench.run { bench.inputs.count == 1 }
    withExtendedLifetime(wait) {}
  }

  @Test func tellsOfItsLossFirst() throws {
    let bench = try bench()
    bench.server.isMute = true
    let (wait, told) = try bench.awaitPause(of: .seconds(3))
    bench.onReport = { _ in #expect(told.value.isEmpty) }
    try bench.run { !told.value.isEmpty }
    #expect(bench.losses == ["the X server does not answer"])
    #expect(told.value == [false])

    // It goes on not to tell.
    let (secondWait, toldThen) = try bench.awaitPause(of: .seconds(3))
    try bench.run { toldThen.value == [false] }
    withExtendedLifetime((wait, secondWait)) {}
  }

  @Test func mayBeLetGoByWhatItTells() throws {
    let bench = try bench()
    let wait = Kept<(any PauseWait)?>(nil)
    var told: [Bool] = []
    for idle in [0, 10, 0, 10] as [Int64] {
      bench.server.setIdle(.seconds(idle))
      wait.value = try #require(bench.source).awaitPause(of: .seconds(3)) {
        told.append($0)
        wait.value = nil
      }
      let count = told.count
      try bench.run { told.count > count }
    }
    #expect(told == [true, false, true, false])
  }
}
