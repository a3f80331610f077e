import NapeCore
import Testing

/// What the person erases, a running engine forgets.
@Suite struct ForgettingTests {
  private func moment(_ seconds: Int64) -> Moment {
    Moment(
      boot: .seconds(seconds), monotonic: .seconds(seconds), wall: .seconds(1_772_438_400 + seconds), offsetSeconds: 0)
  }

  /// It has seen an hour of sitting on 2026-03-02.
  private func engine() -> Engine {
    var engine = Engine(settings: Settings(), wordings: Wordings(), zone: .utc, bootID: "boot", at: moment(0))
    _ = engine.handle(.active, at: moment(10))
    _ = engine.handle(.tick, at: moment(3610))
    return engine
  }

  private let monday = LocalDate("2026-03-02")!

  @Test func allIsForgottenAndThePersonGoesOnSitting() {
    var engine = engine()
    #expect(engine.forget(nil, at: moment(3610)).isEmpty)
    var status = engine.status(at: moment(3610))
    #expect(status.kind == .sitting)
    #expect(status.since.wall == moment(3610).wall)
    #expect(status.today == 0)
    let checkpoint = engine.checkpoint(at: moment(3610))
    #expect(checkpoint.open.isEmpty)
    #expect(checkpoint.days.isEmpty)
    #expect(checkpoint.bout?.sitting == 0)
    let spans = engine.handle(.locked, at: moment(3670)).compactMap { effect in
      if case .span(let span) = effect { span } else { nil }
    }
    #expect(spans.map(\.length) == [.minute])
    status = engine.status(at: moment(3670))
    #expect(status.today == .minute)
  }

  @Test func aDayThatIsOpenBecomesUnknownAndOthersStay() {
    var engine = engine()
    let before = engine
    #expect(engine.forget(monday.adding(days: -9)...monday.adding(days: -1), at: moment(3610)).isEmpty)
    #expect(engine == before)
    let effects = engine.forget(monday...monday, at: moment(3610))
    guard case .span(let span)? = effects.first, effects.count == 1 else {
      Issue.record("\(effects)")
      return
    }
    #expect(span.kind == .unknown && span.evidence == .notRunning)
    #expect(span.begin.boot == .seconds(10))
    #expect(span.length == .hour)
  }

  @Test func aCheckpointLosesTheDaysAndWhatIsOpenOnThem() {
    var checkpoint = engine().checkpoint(at: moment(3610))
    let before = checkpoint
    checkpoint.forget(monday.adding(days: 1)...monday.adding(days: 9))
    #expect(checkpoint == before)
    #expect(checkpoint.open.map(\.kind) == [.sitting])
    checkpoint.forget(monday...monday)
    #expect(checkpoint.open.map(\.kind) == [.unknown])
    #expect(checkpoint.open.map(\.length) == before.open.map(\.length))
    #expect(checkpoint.bout == nil)
    #expect(checkpoint.days.isEmpty)
    #expect(checkpoint.marks == before.marks)
  }

  /// Away from Friday to Monday, and Saturday is erased.
  @Test func onlyTheDaysThemselvesAreForgotten() {
    let friday = monday.adding(days: -3)
    let begin = Moment(
      boot: 0, monotonic: 0, wall: Int64(friday.daysSinceEpoch) * 24 * .hour + 18 * .hour, offsetSeconds: 0)
    let span = Span(kind: .away, evidence: .idle, begin: begin, length: 62 * .hour, bootID: "boot")
    let saturday = friday.adding(days: 1)
    let parts = span.forgetting(saturday...saturday)
    #expect(parts.map(\.kind) == [.away, .unknown, .away])
    #expect(parts.map { $0.length / .hour } == [6, 24, 32])
    #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.end == $1.begin.boot })
    #expect(span.forgetting(monday.adding(days: 1)...monday.adding(days: 2)) == [span])
    #expect(span.forgetting(nil).map(\.kind) == [.unknown])
    var checkpoint = engine().checkpoint(at: moment(3610))
    checkpoint.open = [span]
    checkpoint.forget(saturday...saturday)
    #expect(checkpoint.open == parts)
  }

  @Test func whatIsOpenAfterTheDaysCounts() {
    var engine = engine()
    // Tuesday, an hour after midnight.
    let later = moment(17 * 3600)
    _ = engine.handle(.tick, at: later)
    let before = engine.status(at: later).today
    #expect(before == .hour)
    let effects = engine.forget(monday...monday, at: later)
    #expect(effects.count == 2)
    #expect(engine.status(at: later).today == before)
  }
}
