import Glibc
import NapeCore
import Systemd
import Testing

@testable import NapeDesktop

@Suite struct WaylandSourceTests {
  static let notifiers = [WaylandBench.extInput, WaylandBench.ext, WaylandBench.kde]

  // MARK: Idle

  @Test(arguments: notifiers)
  func tellsOfIdleOnce(_ notifier: FakeCompositor.Global) throws {
    let bench = try WaylandBench([WaylandBench.seat, notifier])
    try bench.find()
    try bench.watch(.idle(after: .seconds(300)))
    #expect(bench.timeouts == [300_000])
    #expect(bench.compositor.notifications.map(\.isInputOnly) == (notifier.version == 3 ? [true, false] : [false]))

    let before = bench.now
    bench.compositor.goIdle(300_000)
    try bench.run { !bench.reports.isEmpty }
    let since = try #require(bench.idleSince.first)
    #expect((before - .seconds(300)...bench.now - .seconds(300)).contains(since))

    // It goes on, ends, and comes again: not asked for.
    bench.compositor.touch()
    try bench.rest()
    bench.compositor.goIdle(300_000)
    try bench.rest()
    #expect(bench.reports == [.idle(since: since)])

    // What is so already is told soon.
    try bench.watch(.idle(after: .seconds(300)))
    #expect(bench.idleSince.count == 2 && bench.idleSince[1] >= since)
    #expect(bench.timeouts == [300_000], "the alarm is used again")
    #expect(bench.compositor.complaints.isEmpty)
  }

  @Test func usesWhatAnOlderAlarmKnows() throws {
    let bench = try WaylandBench([WaylandBench.seat, WaylandBench.extInput])
    try bench.find()
    try bench.watch(.idle(after: .seconds(300)))
    bench.compositor.goIdle(300_000)
    try bench.run { bench.idleSince.count == 1 }
    let since = bench.idleSince[0]

    // A shorter time is reached at once, by the same input.
    try bench.watch(.idle(after: .seconds(120)))
    #expect(bench.idleSince == [since, since])
    #expect(bench.timeouts == [300_000, 120_000])

    // A longer one by reckoning, though its own alarm began late.
    try bench.watch(.idle(after: bench.now - since + .second))
    #expect(bench.idleSince.count == 2)
    try bench.run { bench.idleSince.count == 3 }
    #expect(bench.idleSince[2] == since)

    // Until there is input, whichever alarm tells of it.
    try bench.watch(.idle(after: bench.now - since + .second / 2))
    bench.compositor.touch()
    try bench.rest()
    let end = bench.now + .second
    try bench.run { bench.now > end }
    #expect(bench.idleSince.count == 3)
    #expect(bench.compositor.complaints.isEmpty)
  }

  @Test func tellsTheLastInput() throws {
    let bench = try WaylandBench([WaylandBench.seat, WaylandBench.extInput])
    try bench.find()
    let source = try #require(bench.source)
    var answers: [Microseconds?] = []
    source.lastInput { answers.append($0) }
    #expect(answers == [nil])
    try bench.watch(.idle(after: .seconds(60)))
    bench.compositor.goIdle(60_000)
    try bench.run { !bench.reports.isEmpty }
    source.lastInput { answers.append($0) }
    #expect(answers == [nil, bench.idleSince[0]])
    bench.compositor.touch()
    try bench.rest()
    source.lastInput { answers.append($0) }
    #expect(answers.count == 3 && answers[2] == nil)
  }

  @Test func keepsFewAlarms() throws {
    let bench = try WaylandBench([WaylandBench.seat, WaylandBench.ext])
    try bench.find()
    for seconds in 1...20 as ClosedRange<Int64> {
      try bench.watch(.idle(after: .seconds(60 + seconds)))
      // The first that goes off is kept: only it can tell of the next input.
      if seconds == 1 { bench.compositor.goIdle(61_000) }
      try bench.rest()
    }
    #expect(bench.timeouts.count == 4)
    #expect(bench.timeouts.contains(61_000) && bench.timeouts.contains(80_000))
    // Numbers of objects that are gone are used again.
    #expect(bench.compositor.highestObject < 15)
    #expect(bench.compositor.complaints.isEmpty)
  }

  @Test func watchesNothing() throws {
    let bench = try WaylandBench([WaylandBench.seat, WaylandBench.extInput])
    try bench.find()
    try bench.watch(.idle(after: .seconds(60)))
    try bench.watch(.nothing)
    bench.compositor.goIdle(60_000)
    try bench.rest()
    bench.compositor.touch()
    try bench.rest()
    try bench.watch(.input)
    try bench.watch(.nothing)
    bench.compositor.goIdle(1000)
    bench.compositor.touch()
    try bench.rest()
    #expect(bench.reports.isEmpty)
    #expect(bench.timeouts == [60_000])
  }

  // MARK: Input

  @Test(arguments: notifiers)
  func tellsOfTheInputThatEndsIdleTime(_ notifier: FakeCompositor.Global) throws {
    let bench = try WaylandBench([WaylandBench.seat, notifier])
    try bench.find()
    try bench.watch(.idle(after: .seconds(300)))
    bench.compositor.goIdle(300_000)
    try bench.run { !bench.reports.isEmpty }
    try bench.watch(.input)
    #expect(bench.timeouts == [300_000], "nothing more is needed while nobody is there")

    let before = bench.now
    bench.compositor.touch()
    try bench.run { bench.inputs.count == 1 }
    #expect((before...bench.now).contains(bench.inputs[0]))

    // The return is confirmed by a second one, no sooner than a second later.
    let short: UInt32 = bench.source?.quality == .precise ? 1000 : 250
    try bench.run { bench.timeouts == [300_000, short] }
    bench.compositor.goIdle(short)
    try bench.rest()
    bench.compositor.touch()
    try bench.run { bench.inputs.count == 2 }
    #expect(bench.inputs[1] - bench.inputs[0] >= .second)
    // What is not needed any more is destroyed.
    try bench.watch(.idle(after: .seconds(300)))
    #expect(bench.timeouts == [300_000])
    #expect(bench.compositor.complaints.isEmpty)
  }

  @Test func concludesThatInputGoesOn() throws {
    let bench = try WaylandBench([WaylandBench.seat, WaylandBench.extInput])
    try bench.find()
    try bench.watch(.input)
    #expect(bench.timeouts == [1000])
    // The alarm does not go off.
    try bench.run { bench.inputs.count == 2 }
    #expect(bench.inputs[1] - bench.inputs[0] >= .second)
    // It goes off: nobody is there, and nothing more is told.
    bench.compositor.goIdle(1000)
    let end = bench.now + .seconds(5) / 2
    try bench.run { bench.now > end }
    #expect(bench.inputs.count == 2)
    bench.compositor.touch()
    try bench.run { bench.inputs.count == 3 }
    // Being told again what it does already is no reason to begin anew.
    try bench.watch(.input)
    #expect(bench.timeouts == [1000])
  }

  @Test(arguments: [WaylandBench.ext, WaylandBench.kde])
  func concludesNothingFromWhatMayBeAnInhibitor(_ notifier: FakeCompositor.Global) throws {
    let bench = try WaylandBench([WaylandBench.seat, notifier])
    try bench.find()
    try bench.watch(.input)
    #expect(bench.timeouts == [250])
    let end = bench.now + .seconds(3)
    try bench.run { bench.now > end }
    #expect(bench.reports.isEmpty)
    bench.compositor.goIdle(250)
    bench.compositor.touch()
    try bench.run { bench.inputs.count == 1 }
  }

  @Test func tellsOfAtMostOneInputASecond() throws {
    let bench = try WaylandBench([WaylandBench.seat, WaylandBench.extInput])
    try bench.find()
    try bench.watch(.idle(after: .seconds(300)))
    try bench.watch(.idle(after: .seconds(120)))
    bench.compositor.goIdle(120_000)
    bench.compositor.goIdle(300_000)
    try bench.rest()
    try bench.watch(.input)
    // Two alarms tell of one input; and a compositor that flutters.
    let end = bench.now + .seconds(5) / 2
    while bench.now < end {
      bench.compositor.touch()
      _ = try bench.loop.runOnce(timeoutUSec: 10_000)
      for timeout in Set(bench.timeouts) { bench.compositor.goIdle(timeout) }
      _ = try bench.loop.runOnce(timeoutUSec: 10_000)
    }
    #expect(bench.inputs.count >= 2)
    #expect(zip(bench.inputs, bench.inputs.dropFirst()).allSatisfy { $1 - $0 >= .second })
  }

  @Test func mayBeToldAnewByItsReport() throws {
    let bench = try WaylandBench([WaylandBench.seat, WaylandBench.extInput])
    try bench.find()
    bench.onReport = { [weak bench] report in
      switch report {
      case .idle: bench?.source?.watch(.input)
      case .input: bench?.source?.watch(.idle(after: .seconds(1)))
      case .present, .inhibited, .lost: bench?.letGo()
      }
    }
    try bench.watch(.idle(after: .seconds(1)))
    bench.compositor.goIdle(1000)
    try bench.run { bench.idleSince.count == 1 }
    bench.compositor.touch()
    try bench.run { bench.inputs.count == 1 }
    bench.compositor.goIdle(1000)
    try bench.run { bench.idleSince.count == 2 }
    bench.compositor.disconnect()
    try bench.run { bench.source == nil }
    #expect(bench.losses == ["the compositor closed the connection"])
    #expect(bench.compositor.complaints.isEmpty)
  }

  // MARK: Seats

  @Test func isIdleWhenAllSeatsAre() throws {
    let bench = try WaylandBench([WaylandBench.seat, WaylandBench.secondSeat, WaylandBench.ext])
    try bench.find()
    try bench.watch(.idle(after: .seconds(60)))
    #expect(bench.timeouts == [60_000, 60_000])
    bench.compositor.goIdle(60_000, seat: 7)
    try bench.rest()
    #expect(bench.reports.isEmpty)
    let before = bench.now
    bench.compositor.goIdle(60_000, seat: 9)
    try bench.run { bench.idleSince.count == 1 }
    #expect(bench.idleSince[0] >= before - .seconds(60), "since the later seat's last input")
    // Input on one is input.
    try bench.watch(.input)
    bench.compositor.touch(seat: 7)
    try bench.run { bench.inputs.count == 1 }
  }

  @Test func followsSeatsThatComeAndGo() throws {
    let bench = try WaylandBench([WaylandBench.seat, WaylandBench.ext])
    try bench.find()
    try bench.watch(.idle(after: .seconds(60)))
    bench.compositor.add(WaylandBench.secondSeat)
    try bench.rest()
    #expect(bench.compositor.notifications.map(\.seat) == [7, 9])
    bench.compositor.goIdle(60_000, seat: 7)
    try bench.rest()
    #expect(bench.reports.isEmpty)
    // Without the seat that was not idle, all are.
    bench.compositor.remove(9)
    try bench.run { bench.idleSince.count == 1 && bench.compositor.notifications.count == 1 }
    #expect(bench.compositor.notifications.map(\.seat) == [7])

    // A seat that is plugged in while input is waited for is seen like the others.
    try bench.watch(.input)
    bench.compositor.add(WaylandBench.secondSeat)
    try bench.rest()
    #expect(bench.compositor.notifications.filter { $0.seat == 9 }.map(\.milliseconds) == [60_000, 250])
    bench.compositor.goIdle(250)
    bench.compositor.touch(seat: 9)
    try bench.run { bench.inputs.count == 1 }

    // Other globals that go are none of its business.
    bench.compositor.remove(1)
    bench.compositor.remove(4711)
    bench.compositor.remove(9)
    try bench.rest()
    #expect(bench.losses.isEmpty)
    bench.compositor.remove(7)
    try bench.run { !bench.losses.isEmpty }
    #expect(bench.losses == ["the compositor has no seat"])
    #expect(bench.compositor.complaints.isEmpty)
  }

  @Test(arguments: notifiers)
  func isLostWithTheNotifier(_ notifier: FakeCompositor.Global) throws {
    let bench = try WaylandBench([WaylandBench.seat, notifier])
    try bench.find()
    bench.compositor.remove(notifier.name)
    try bench.run { !bench.losses.isEmpty }
    #expect(bench.losses == ["the compositor has no idle notifier"])
  }
}
