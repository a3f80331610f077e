import Glibc
import NapeCore
import Systemd
import Testing

@testable import NapeDesktop

@Suite struct WaylandPauseTests {
  private func bench(_ globals: FakeCompositor.Global...) throws -> WaylandBench {
    let bench = try WaylandBench(globals)
    try bench.find()
    return bench
  }

  /// The timeouts of all notifications, in milliseconds.
  private func timeouts(_ bench: WaylandBench) -> [UInt32] { bench.compositor.notifications.map(\.milliseconds) }

  @Test(arguments: WaylandSourceTests.notifiers)
  func tellsOfAPause(_ notifier: FakeCompositor.Global) throws {
    let bench = try bench(WaylandBench.seat, notifier)
    let (wait, told) = try bench.awaitPause(of: .seconds(3))
    try bench.rest()
    #expect(timeouts(bench) == [3000])
    #expect(bench.compositor.notifications.map(\.isInputOnly) == [notifier.version == 3])
    // Nothing is known before the compositor tells.
    #expect(told.value.isEmpty)
    bench.compositor.goIdle(3000)
    try bench.run { told.value == [false] }
    try bench.rest()
    #expect(bench.compositor.notifications.isEmpty)
    bench.compositor.touch()
    try bench.rest()
    #expect(told.value == [false])
    #expect(bench.reports.isEmpty && bench.compositor.complaints.isEmpty)
    withExtendedLifetime(wait) {}
  }

  @Test func tellsOfTyping() throws {
    let bench = try bench(WaylandBench.seat, WaylandBench.extInput)
    let before = bench.now
    let (wait, told) = try bench.awaitPause(of: .second / 2)
    try bench.run { told.value == [true] }
    #expect(bench.now - before >= .second)
    // On and on: it is told once.
    try bench.pass(.seconds(2))
    #expect(told.value == [true])
    #expect(timeouts(bench) == [500])
    bench.compositor.goIdle(500)
    try bench.run { told.value == [true, false] }
    try bench.rest()
    #expect(bench.compositor.notifications.isEmpty)
    withExtendedLifetime(wait) {}
  }

  @Test(arguments: [false, true])
  func isLetGo(_ isTyping: Bool) throws {
    let bench = try bench(WaylandBench.seat, WaylandBench.extInput)
    let (wait, told) = try bench.awaitPause(of: .second / 2)
    if isTyping { try bench.run { told.value == [true] } }
    let before = told.value
    // What the compositor says meanwhile is on its way.
    try bench.rest()
    bench.compositor.goIdle(500)
    wait.value = nil
    try bench.run { bench.compositor.notifications.isEmpty }
    try bench.pass(.seconds(3) / 2)
    #expect(told.value == before)
    #expect(bench.compositor.complaints.isEmpty)
  }

  @Test func knowsOfAPauseThatAnAlarmHasToldOf() throws {
    let bench = try bench(WaylandBench.seat, WaylandBench.extInput)
    try bench.watch(.idle(after: .seconds(60)))
    bench.compositor.goIdle(60_000)
    try bench.run { bench.idleSince.count == 1 }
    let (wait, told) = try bench.awaitPause(of: .seconds(3))
    try bench.rest()
    #expect(told.value == [false])
    #expect(!timeouts(bench).contains(3000))

    // There has been input since, of which the compositor tells first.
    bench.compositor.touch()
    let (secondWait, toldThen) = try bench.awaitPause(of: .seconds(3))
    try bench.rest()
    #expect(toldThen.value.isEmpty)
    bench.compositor.goIdle(3000)
    try bench.run { toldThen.value == [false] }
    withExtendedLifetime((wait, secondWait)) {}
  }

  @Test func leavesWhatIsWatchedAlone() throws {
    let bench = try bench(WaylandBench.seat, WaylandBench.extInput)
    try bench.watch(.idle(after: .seconds(60)))
    let (wait, told) = try bench.awaitPause(of: .seconds(3))
    try bench.rest()
    bench.compositor.goIdle(3000)
    try bench.run { told.value == [false] }
    #expect(bench.reports.isEmpty)
    bench.compositor.goIdle(60_000)
    try bench.run { bench.idleSince.count == 1 }
    try bench.watch(.input)
    bench.compositor.touch()
    try bench.run { bench.inputs.count == 1 }
    #expect(told.value == [false])
    withExtendedLifetime(wait) {}
  }

  @Test func isAPauseOnAllSeats() throws {
    let bench = try bench(WaylandBench.seat, WaylandBench.ext)
    let (wait, told) = try bench.awaitPause(of: .seconds(3))
    bench.compositor.add(WaylandBench.secondSeat)
    try bench.rest()
    #expect(bench.compositor.notifications.map(\.seat) == [7, 9])
    bench.compositor.goIdle(3000, seat: 7)
    try bench.rest()
    #expect(told.value.isEmpty)
    bench.compositor.remove(9)
    try bench.run { told.value == [false] }
    #expect(bench.compositor.complaints.isEmpty)
    withExtendedLifetime(wait) {}
  }

  @Test(arguments: [false, true])
  func saysNothingOnceItIsLost(_ isTyping: Bool) throws {
    let bench = try bench(WaylandBench.seat, WaylandBench.extInput)
    let (wait, told) = try bench.awaitPause(of: .second / 2)
    if isTyping { try bench.run { told.value == [true] } }
    let before = told.value
    bench.compositor.disconnect()
    try bench.run { !bench.losses.isEmpty }
    try bench.pass(.seconds(3) / 2)
    #expect(told.value == before)
    wait.value = nil
    try bench.rest()
    #expect(bench.losses.count == 1)
  }

  @Test func mayBeLetGoByWhatItTells() throws {
    let bench = try bench(WaylandBench.seat, WaylandBench.extInput)
    let wait = Kept<(any PauseWait)?>(nil)
    var told: [Bool] = []
    for _ in 0..<3 {
      wait.value = try #require(bench.source).awaitPause(of: .second / 4) {
        told.append($0)
        wait.value = nil
      }
      let count = told.count
      try bench.run { told.count > count }
    }
    #expect(told == [true, true, true])
    try bench.rest()
    #expect(bench.compositor.notifications.isEmpty)
    // Numbers of objects are used again.
    #expect(bench.compositor.highestObject < 12)
  }
}
