import NapeCore
import Testing

/// What other programs report (§6 of the design, the row `reported`): a trace has no word for it.
@Suite struct ReportTests {
  private func moment(_ seconds: Int64) -> Moment {
    Moment(
      boot: .seconds(seconds), monotonic: .seconds(seconds), wall: .seconds(1_772_438_400 + seconds), offsetSeconds: 0)
  }

  /// An engine without prompts, and what it has told.
  private final class Desk {
    var engine: Engine
    var effects: [Effect] = []
    private let moment: (Int64) -> Moment

    init(_ moment: @escaping (Int64) -> Moment) {
      var settings = Settings()
      settings.prompts.move.enabled = false
      settings.prompts.posture.enabled = false
      self.moment = moment
      engine = Engine(
        settings: settings, wordings: Wordings(), zone: .utc, bootID: "boot",
        at: moment(0))
    }

    func at(_ t: Int64, _ event: Event) {
      while let deadline = engine.deadline, deadline <= .seconds(t) {
        effects += engine.handle(.tick, at: moment(deadline / .second))
      }
      effects += engine.handle(event, at: moment(t))
    }

    func report(_ t: Int64, _ state: Report.State, by reporter: String = "chair", seconds: Int64 = 600) {
      at(t, .report(by: reporter, state, validFor: .seconds(seconds)))
    }

    /// The ledger until a time, as `kind/evidence from-to`.
    func ledger(until t: Int64) -> [String] {
      at(t, .end)
      return effects.compactMap {
        guard case .span(let span) = $0 else { return nil }
        return "\(span.kind.rawValue)/\(span.evidence.rawValue) \(span.begin.boot / .second)-\(span.end / .second)"
      }
    }
  }

  private var desk: Desk { Desk(moment) }

  @Test func somebodyWhoSitsWithoutInputIsThereForAsLongAsThatIsSaid() {
    let desk = desk
    desk.at(0, .active)
    desk.report(60, .sitting, seconds: 3600)
    desk.at(100, .idle(since: .seconds(100)))
    #expect(
      desk.ledger(until: 4000) == [
        "sitting/input 0-100", "sitting/reported 100-3660", "away/idle 3660-4000",
      ])
  }

  @Test func aReportIsAReturnByItself() {
    let desk = desk
    desk.at(0, .active)
    desk.at(100, .idle(since: .seconds(100)))
    desk.report(1000, .sitting)
    desk.at(1100, .input(at: .seconds(1100)))
    desk.at(1150, .idle(since: .seconds(1100)))
    #expect(
      desk.ledger(until: 1300) == [
        "sitting/input 0-100", "away/idle 100-1000", "sitting/reported 1000-1100", "sitting/input 1100-1300",
      ])
  }

  @Test func awayIsAtOnceAndInputBeatsIt() {
    let desk = desk
    desk.at(0, .active)
    desk.report(500, .away, by: "camera")
    desk.at(700, .input(at: .seconds(700)))
    desk.at(704, .input(at: .seconds(704)))
    desk.at(704, .active)
    #expect(
      desk.ledger(until: 800) == ["sitting/input 0-500", "away/reported 500-700", "sitting/input 700-800"])
    #expect(desk.effects.contains { if case .bout(let bout) = $0 { bout.endedBy == .natural } else { false } })
  }

  @Test func awayThatIsNotRenewedIsAbsenceStill() {
    let desk = desk
    desk.at(0, .active)
    desk.report(500, .away, seconds: 100)
    #expect(desk.ledger(until: 900) == ["sitting/input 0-500", "away/reported 500-600", "away/idle 600-900"])
  }

  @Test func theLockBeatsAReport() {
    let desk = desk
    desk.at(0, .active)
    desk.report(100, .sitting, seconds: 3000)
    desk.at(200, .locked)
    desk.report(300, .sitting, seconds: 3000)
    desk.at(400, .unlocked)
    #expect(
      desk.ledger(until: 500) == ["sitting/input 0-200", "away/locked 200-400", "sitting/reported 400-500"])
  }

  @Test func withoutASourceAReportIsAllThereIs() {
    let desk = desk
    desk.at(0, .active)
    desk.at(100, .sourceLost)
    desk.report(200, .sitting, seconds: 100)
    desk.report(400, .away, seconds: 100)
    #expect(
      desk.ledger(until: 600) == [
        "sitting/input 0-100", "unknown/source-lost 100-200", "sitting/reported 200-300",
        "unknown/source-lost 300-400", "away/reported 400-500", "unknown/source-lost 500-600",
      ])
  }

  @Test func aDeskThatIsRaisedIsStandingUntilThatIsNotSaidAnyMore() {
    let desk = desk
    desk.at(0, .active)
    desk.report(100, .standing, by: "desk", seconds: 300)
    #expect(
      desk.ledger(until: 600) == ["sitting/input 0-100", "standing/reported 100-400", "sitting/input 400-600"])
  }

  @Test func standingWhileAwayIsRefused() {
    let desk = desk
    desk.at(0, .active)
    desk.at(90, .idle(since: .seconds(90)))
    desk.at(100, .locked)
    desk.report(200, .standing)
    #expect(desk.effects.contains(.refused(what: "standing", why: "you are away from the desk")))
    desk.at(300, .unlocked)
    #expect(desk.engine.status(at: moment(300)).kind == .away)
  }

  @Test func onlyItsReporterTakesAReportBack() {
    let desk = desk
    desk.at(0, .active)
    desk.report(100, .sitting, seconds: 3000)
    desk.at(150, .idle(since: .seconds(150)))
    desk.at(500, .reportWithdrawn(by: "camera"))
    desk.at(600, .reportWithdrawn(by: "chair"))
    #expect(
      desk.ledger(until: 1000) == ["sitting/input 0-150", "sitting/reported 150-600", "away/idle 600-1000"])
  }

  @Test func withoutASourceNobodySitsForEverWhoOnceStood() {
    let desk = desk
    desk.at(0, .active)
    desk.at(100, .sourceLost)
    desk.report(200, .sitting, by: "chair", seconds: 1000)
    desk.report(300, .standing, by: "desk", seconds: 100)
    #expect(
      desk.ledger(until: 600) == [
        "sitting/input 0-100", "unknown/source-lost 100-200", "sitting/reported 200-300", "standing/reported 300-400",
        "unknown/source-lost 400-600",
      ])
  }

  @Test func aReportThatRanOutAsleepBringsNobodyBack() {
    let desk = desk
    desk.at(0, .active)
    desk.at(50, .idle(since: .seconds(50)))
    desk.report(100, .sitting, seconds: 1000)
    desk.at(200, .asleep)
    // The machine sleeps; nothing is asked of the engine.
    desk.effects += desk.engine.handle(
      .awake,
      at: Moment(boot: .seconds(5000), monotonic: .seconds(210), wall: .seconds(1_772_443_400), offsetSeconds: 0))
    #expect(desk.engine.status(at: moment(5000)).kind == .away)
    #expect(desk.effects.contains { if case .bout(let bout) = $0 { bout.endedBy == .natural } else { false } })
  }

  @Test func theNewestReportCounts() {
    let desk = desk
    desk.at(0, .active)
    desk.report(100, .sitting, by: "chair", seconds: 3000)
    desk.report(200, .away, by: "camera", seconds: 3000)
    desk.at(300, .reportWithdrawn(by: "chair"))
    #expect(desk.ledger(until: 400) == ["sitting/input 0-200", "away/reported 200-400"])
  }

  @Test func aMachineThatDoesNotSleepAfterAllIsAwake() {
    let desk = desk
    desk.at(0, .active)
    desk.at(100, .asleep)
    desk.at(200, .active)
    #expect(
      desk.ledger(until: 300) == [
        "sitting/input 0-100", "away/suspended 100-160", "away/idle 160-200", "sitting/input 200-300",
      ])
  }
}
