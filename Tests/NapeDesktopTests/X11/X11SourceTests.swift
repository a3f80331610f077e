import Glibc
import NapeCore
import Systemd
import Testing

@testable import NapeDesktop

@Suite struct X11SourceTests {
  private func bench() throws -> X11Bench {
    let bench = try X11Bench()
    try bench.find()
    try #require(bench.source != nil)
    return bench
  }

  // MARK: Idle

  @Test func tellsOfIdleAtOnce() throws {
    let bench = try bench()
    bench.server.setIdle(.seconds(90))
    let before = bench.now
    try bench.watch(.idle(after: .seconds(60)))
    try bench.run { bench.idleSince.count == 1 }
    #expect((before - .seconds(91)...bench.now - .seconds(90)).contains(bench.idleSince[0]))
    #expect(bench.server.alarmCount == 0)

    // Once; and again when it is asked for again.
    bench.server.touch()
    try bench.pass(.second / 2)
    #expect(bench.reports.count == 1)
    bench.server.setIdle(.seconds(60))
    try bench.watch(.idle(after: .seconds(60)))
    try bench.run { bench.idleSince.count == 2 }
    #expect(bench.server.complaints.isEmpty)
  }

  @Test func waitsForIdleWithAnAlarm() throws {
    let bench = try bench()
    bench.server.touch()
    let touched = bench.now
    try bench.watch(.idle(after: .seconds(2)))
    #expect(bench.server.alarms.map(\.milliseconds) == [2000])
    #expect(bench.server.alarms.map(\.test) == [2])
    let questions = bench.server.questions
    // Somebody types, and nothing wakes up.
    let start = bench.now
    while bench.now < start + .second {
      bench.server.touch()
      _ = try bench.loop.runOnce(timeoutUSec: 20_000)
    }
    #expect(bench.reports.isEmpty)
    #expect(bench.server.questions == questions)
    #expect(bench.server.alarmCount == 1)

    let last = bench.now
    bench.server.touch()
    try bench.run { !bench.reports.isEmpty }
    let since = try #require(bench.idleSince.first)
    #expect(bench.now - last >= .seconds(2))
    #expect(since > touched && since >= last - .second / 50)
    #expect(bench.now - since >= .seconds(2))
    try bench.pass(.second)
    #expect(bench.reports.count == 1)
    #expect(bench.server.alarms.isEmpty)
    #expect(bench.server.complaints.isEmpty)
  }

  @Test(arguments: [(Microseconds(60_000_001), Int64(60_001)), (60_000_000, 60_000), (59_999_001, 60_000)])
  func roundsUp(_ after: Microseconds, _ milliseconds: Int64) throws {
    let bench = try bench()
    bench.server.touch()
    try bench.watch(.idle(after: after))
    #expect(bench.server.alarms.map(\.milliseconds) == [milliseconds])
    try bench.watch(.idle(after: .max))
    #expect(bench.server.alarms.map(\.milliseconds) == [Int64.max / 1000 + 1])
    // No time at all has always passed.
    try bench.watch(.idle(after: 0))
    #expect(bench.idleSince.count == 1)
    #expect(bench.server.complaints.isEmpty)
  }

  @Test func heedsNoAlarmOfAnotherQuestion() throws {
    let bench = try bench()
    bench.server.touch()
    try bench.watch(.idle(after: .seconds(60)))
    let old = try #require(bench.server.alarms.first)
    try bench.watch(.idle(after: .seconds(120)))
    bench.server.tell(old, state: 1, value: 200_000)
    try bench.rest()
    #expect(bench.reports.isEmpty)
    // Nor one that went off too soon; then it is asked, and another one set, a little later.
    let present = try #require(bench.server.alarms.first)
    bench.server.tell(present, state: 1, value: 1)
    try bench.run { bench.server.alarms.first.map { $0.id != present.id } ?? false }
    #expect(bench.reports.isEmpty)
    #expect(bench.server.alarms.map(\.milliseconds) == [120_000])
  }

  @Test func tellsTheLastInput() throws {
    let bench = try bench()
    let source = try #require(bench.source)
    bench.server.setIdle(.seconds(42))
    var answers: [Microseconds?] = []
    let before = bench.now
    for _ in 0..<3 { source.lastInput { answers.append($0) } }
    #expect(answers.isEmpty)
    try bench.run { answers.count == 3 }
    for answer in answers {
      let last = try #require(answer)
      #expect((before - .seconds(43)...bench.now - .seconds(42)).contains(last))
    }
    // Nothing before the machine's start, whatever the server says.
    bench.server.setIdle(.seconds(1_000_000_000))
    source.lastInput { answers.append($0) }
    try bench.run { answers.count == 4 }
    #expect(try #require(answers[3]) >= 0)

    // Those who wait when it ends are told that it cannot tell.
    bench.server.isMute = true
    source.lastInput { answers.append($0) }
    source.lastInput { answers.append($0) }
    try bench.rest()
    bench.server.disconnect()
    try bench.run { answers.count == 6 }
    source.lastInput { answers.append($0) }
    #expect(answers[4...] == [nil, nil, nil])
    #expect(bench.losses.count == 1)
  }

  @Test func watchesNothing() throws {
    let bench = try bench()
    bench.server.setIdle(.seconds(10))
    try bench.watch(.idle(after: .seconds(60)))
    try bench.watch(.input)
    #expect(bench.server.alarms.map(\.test) == [1])
    try bench.watch(.nothing)
    #expect(bench.server.alarms.isEmpty)
    bench.server.touch()
    bench.server.setIdle(.seconds(100))
    try bench.pass(.second)
    #expect(bench.reports.isEmpty)
    #expect(bench.server.complaints.isEmpty)
  }

  // MARK: Input

  @Test func tellsOfTheNextInput() throws {
    let bench = try bench()
    bench.server.setIdle(.seconds(300))
    try bench.watch(.input)
    let alarm = try #require(bench.server.alarms.first)
    #expect(alarm.test == 1 && (290_000..<310_000).contains(alarm.milliseconds))
    #expect(bench.reports.isEmpty, "input from before is no news")
    // Being told again what it does already is no reason to begin anew.
    try bench.watch(.input)
    #expect(bench.server.alarms == [alarm])

    let before = bench.now
    bench.server.touch()
    try bench.run { bench.inputs.count == 1 }
    #expect((before - .second / 500...bench.now).contains(bench.inputs[0]))
    try bench.rest()
    #expect(bench.server.alarms.isEmpty)

    // A second later the next is waited for again.
    try bench.run { !bench.server.alarms.isEmpty }
    #expect(bench.now - before >= .second * 9 / 10)
    #expect(bench.inputs.count == 1)
    bench.server.touch()
    try bench.run { bench.inputs.count == 2 }
    #expect(bench.inputs[1] - bench.inputs[0] >= .second)
    #expect(bench.server.complaints.isEmpty)
  }

  @Test func tellsOfAtMostOneInputASecond() throws {
    let bench = try bench()
    bench.server.setIdle(.seconds(300))
    try bench.watch(.input)
    let questions = bench.server.questions
    let end = bench.now + .seconds(4)
    while bench.now < end {
      bench.server.touch()
      _ = try bench.loop.runOnce(timeoutUSec: 10_000)
    }
    #expect((2...5).contains(bench.inputs.count))
    #expect(zip(bench.inputs, bench.inputs.dropFirst()).allSatisfy { $1 - $0 >= .second })
    #expect(bench.server.questions - questions <= 8)
    #expect(bench.server.complaints.isEmpty)
  }

  @Test func waitsWhileSomebodyIsTyping() throws {
    let bench = try bench()
    bench.server.touch()
    try bench.watch(.input)
    // Too short an idle time for an alarm below it: it is looked at again a little later.
    try bench.run { !bench.server.alarms.isEmpty }
    #expect(bench.reports.isEmpty)
    #expect(bench.server.alarms[0].milliseconds >= 249)
  }

  @Test func tellsOfNoSecondInputTooSoon() throws {
    let bench = try bench()
    bench.server.setIdle(.seconds(300))
    try bench.watch(.input)
    bench.server.touch()
    try bench.run { bench.inputs.count == 1 }
    // One that belongs to the first.
    try bench.rest()
    bench.server.touch()
    let isSoon = bench.now - bench.inputs[0] < .second
    try bench.run { !bench.server.alarms.isEmpty }
    #expect(bench.inputs.count == 1 || !isSoon)
    #expect(bench.server.complaints.isEmpty)
  }

  @Test func seesWhatComesBeforeTheAlarm() throws {
    let bench = try bench()
    bench.server.setIdle(.seconds(300))
    let source = try #require(bench.source)
    source.watch(.input)
    // The question has been answered; the input comes before the alarm has.
    let questions = bench.server.questions
    try bench.run { bench.server.questions > questions }
    bench.server.touch()
    try bench.run { bench.inputs.count == 1 }
    #expect(bench.server.complaints.isEmpty)
  }

  @Test func mayBeToldAnewByItsReport() throws {
    let bench = try bench()
    bench.onReport = { [weak bench] report in
      switch report {
      case .idle: bench?.source?.watch(.input)
      case .input: bench?.source?.watch(.idle(after: .second / 2))
      case .present, .inhibited, .lost: bench?.letGo()
      }
    }
    bench.server.touch()
    try bench.watch(.idle(after: .second / 2))
    try bench.run { bench.idleSince.count == 1 }
    try bench.run { bench.server.alarms.map(\.test) == [1] }
    bench.server.touch()
    try bench.run { bench.inputs.count == 1 }
    try bench.run { bench.idleSince.count == 2 }
    bench.server.disconnect()
    try bench.run { bench.source == nil }
    #expect(bench.losses == ["the X server closed the connection"])
    #expect(bench.server.complaints.isEmpty)
  }

  @Test func goesOnBeyondTheSequenceNumbers() throws {
    let bench = try bench()
    let source = try #require(bench.source)
    bench.server.setIdle(.seconds(42))
    var answers = 0
    for _ in 0..<700 {
      for _ in 0..<100 { source.lastInput { if $0 != nil { answers += 1 } } }
      while try bench.loop.runOnce(timeoutUSec: 0) {}
    }
    try bench.run { answers == 70_000 }
    #expect(bench.losses.isEmpty)
    #expect(bench.server.complaints.isEmpty)
  }
}
