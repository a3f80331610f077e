import NapeCore
import Testing

@testable import NapeDesktop

/// What a compositor tells of inhibitors by two alarms that differ in them.
@Suite struct WaylandPairTests {
  private let bench: WaylandBench

  init() throws {
    bench = try WaylandBench([WaylandBench.seat, WaylandBench.extInput])
    try bench.find()
    try bench.watch(.idle(after: .seconds(300)))
  }

  private func isHeld(_ report: PresenceReport) -> Bool? {
    if case .inhibited(let held, _) = report { held } else { nil }
  }

  private func since(_ report: PresenceReport?) -> Microseconds {
    if case .inhibited(_, let since) = report { since } else { 0 }
  }

  @Test func isMadeForEachIdleTime() {
    #expect(bench.compositor.notifications.map(\.milliseconds) == [300_000, 300_000])
    #expect(bench.compositor.notifications.map(\.isInputOnly) == [true, false])
    #expect(bench.compositor.complaints.isEmpty)
  }

  @Test(arguments: [true, false])
  func bothInEitherOrderAreNoInhibitor(_ inputFirst: Bool) throws {
    bench.compositor.goIdle(300_000, isInputOnly: inputFirst)
    try bench.rest()
    #expect(bench.reports.isEmpty)
    bench.compositor.goIdle(300_000, isInputOnly: !inputFirst)
    try bench.run { !bench.idleSince.isEmpty }
    #expect(bench.inhibitions.isEmpty)
  }

  @Test func aSilentOneIsAnInhibitorWhichIsToldBeforeTheIdleTime() throws {
    bench.compositor.inhibit(true)
    bench.compositor.goIdle(300_000)
    try bench.run { !bench.idleSince.isEmpty }
    let idle = bench.idleSince[0]
    #expect(bench.reports == [.inhibited(true, since: idle), .idle(since: idle)])

    // It is released, and a whole idle time later that is known.
    bench.compositor.inhibit(false)
    try bench.rest()
    let before = bench.now
    bench.compositor.goIdle(300_000)
    try bench.run { bench.inhibitions.count == 2 }
    #expect(isHeld(bench.inhibitions[1]) == false)
    #expect((before - .seconds(300)...bench.now - .seconds(300)).contains(since(bench.inhibitions[1])))
    #expect(bench.idleSince.count == 1)
  }

  @Test func oneThatBeginsWhileNobodyIsThereIsTold() throws {
    bench.compositor.goIdle(300_000)
    try bench.run { !bench.idleSince.isEmpty }
    #expect(bench.inhibitions.isEmpty)
    let before = bench.now
    bench.compositor.inhibit(true)
    try bench.run { !bench.inhibitions.isEmpty }
    #expect(isHeld(bench.inhibitions[0]) == true)
    #expect((before...bench.now).contains(since(bench.inhibitions[0])))
    // It is no input.
    #expect(bench.inputs.isEmpty)
    var last: Microseconds?
    bench.source?.lastInput { last = $0 }
    #expect(last == bench.idleSince[0])
  }

  @Test func inputIsNoInhibitor() throws {
    bench.compositor.goIdle(300_000)
    try bench.run { !bench.idleSince.isEmpty }
    try bench.watch(.input)
    bench.compositor.touch()
    try bench.run { bench.inputs.count == 1 }
    try bench.rest()
    #expect(bench.inhibitions.isEmpty)
  }

  @Test func inputWithinTheGraceLeavesNothing() throws {
    bench.compositor.inhibit(true)
    bench.compositor.goIdle(300_000)
    try bench.rest()
    bench.compositor.touch()
    let end = bench.now + .second
    try bench.run { bench.now > end }
    #expect(bench.reports.isEmpty)
  }

  @Test func theNextIdleTimeTellsOfARelease() throws {
    bench.compositor.inhibit(true)
    bench.compositor.goIdle(300_000)
    try bench.run { !bench.idleSince.isEmpty }
    try bench.watch(.input)
    bench.compositor.touch()
    try bench.run { !bench.inputs.isEmpty }
    try bench.watch(.idle(after: .seconds(300)))
    bench.compositor.inhibit(false)
    bench.compositor.goIdle(300_000)
    try bench.run { bench.idleSince.count == 2 }
    #expect(bench.inhibitions.compactMap(isHeld) == [true, false])
    #expect(bench.reports.last == .idle(since: bench.idleSince[1]))
  }

  @Test func aShortPauseTellsOfARelease() throws {
    #expect(!bench.timeouts.contains(10_000))
    bench.compositor.inhibit(true)
    bench.compositor.goIdle(300_000)
    try bench.run { !bench.idleSince.isEmpty }
    try bench.watch(.input)
    bench.compositor.touch()
    try bench.run { !bench.inputs.isEmpty && bench.timeouts.contains(10_000) }
    bench.compositor.inhibit(false)
    bench.compositor.goIdle(10_000)
    try bench.run { bench.inhibitions.compactMap(isHeld) == [true, false] }
    // It has served, and goes with the next input.
    bench.compositor.touch()
    try bench.run { !bench.timeouts.contains(10_000) }
    #expect(bench.compositor.complaints.isEmpty)
  }

  @Test func aSecondSeatCountsToo() throws {
    bench.compositor.add(WaylandBench.secondSeat)
    try bench.rest()
    #expect(bench.compositor.notifications.map(\.seat).sorted() == [7, 7, 9, 9])
    bench.compositor.goIdle(300_000, isInputOnly: true)
    bench.compositor.goIdle(300_000, seat: 7, isInputOnly: false)
    try bench.run { !bench.idleSince.isEmpty }
    #expect(bench.inhibitions.compactMap(isHeld) == [true])
    bench.compositor.goIdle(300_000, seat: 9, isInputOnly: false)
    try bench.run { bench.inhibitions.count == 2 }
    #expect(isHeld(bench.inhibitions[1]) == false)
  }

  @Test func nothingIsWatchedAndItIsToldAllTheSame() throws {
    bench.compositor.inhibit(true)
    bench.compositor.goIdle(300_000)
    try bench.run { !bench.idleSince.isEmpty }
    try bench.watch(.nothing)
    bench.compositor.inhibit(false)
    bench.compositor.goIdle(300_000)
    try bench.run { bench.inhibitions.count == 2 }
    #expect(bench.idleSince.count == 1)
  }
}
