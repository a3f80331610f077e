import NapeCore
import Testing

/// What an engine names and tells between events; its decisions are shown by the traces in `Tests/Traces`.
@Suite struct EngineTests {
  private static var wordings: Wordings {
    var wordings = Wordings()
    wordings[.posture] = [Wording(title: "Change", body: "after {sat}")]
    wordings[.move] = [Wording(title: "{sat}", body: "{target} away")]
    wordings[.moveAgain] = [Wording(title: "Again", body: "{sat}")]
    return wordings
  }

  private func moment(_ seconds: Int64, asleep: Int64 = 0, stepped: Int64 = 0) -> Moment {
    Moment(
      boot: .seconds(seconds), monotonic: .seconds(seconds - asleep),
      wall: .seconds(1_772_438_400 + seconds + stepped), offsetSeconds: 0)
  }

  private func engine(_ change: (inout Settings) -> Void = { _ in }) -> Engine {
    var settings = Settings()
    change(&settings)
    return Engine(settings: settings, wordings: Self.wordings, zone: .utc, bootID: "boot", at: moment(0))
  }

  private func spans(_ effects: [Effect]) -> [Span] {
    effects.compactMap { if case .span(let span) = $0 { span } else { nil } }
  }

  @Test func wantsToHearWhatCanChangeItsMind() {
    var engine = engine()
    #expect(engine.watch == .input)
    _ = engine.handle(.active, at: moment(0))
    #expect(engine.watch == .idle(after: .minutes(5)))
    _ = engine.handle(.tick, at: moment(3000))
    #expect(engine.asksForPause)
    _ = engine.handle(.typing(false), at: moment(3000))
    #expect(!engine.asksForPause)
    // A prompt to move is open: two minutes of silence are enough.
    #expect(engine.watch == .idle(after: .minutes(2)))
    _ = engine.handle(.locked, at: moment(3010))
    #expect(engine.watch == .nothing)
    _ = engine.handle(.unlocked, at: moment(3020))
    #expect(engine.watch == .idle(after: .minutes(5)))
    _ = engine.handle(.idle(since: .seconds(3030)), at: moment(3040))
    #expect(engine.watch == .input)
    #expect(engine.deadline == .seconds(3330))
  }

  @Test func namesNoDeadlineWhileNothingCanFallDue() {
    var engine = engine {
      $0.prompts.move.enabled = false
      $0.prompts.posture.enabled = false
      $0.prompts.exercise.enabled = false
      $0.prompts.budget.enabled = false
      $0.prompts.checkIn.enabled = false
    }
    _ = engine.handle(.active, at: moment(0))
    // The counts of the day begin anew at midnight; the day began at eight.
    #expect(engine.deadline == 16 * .hour)
    _ = engine.handle(.locked, at: moment(10))
    _ = engine.handle(.tick, at: moment(130))
    #expect(engine.deadline == nil)
    _ = engine.handle(.asleep, at: moment(140))
    // Should the machine not sleep after all, or nobody tell of its waking.
    #expect(engine.deadline == .seconds(200))
    #expect(engine.checkpointDeadline == nil)
  }

  @Test func checkpointsCountFromTheSpansStart() {
    var engine = engine()
    _ = engine.handle(.active, at: moment(7))
    #expect(engine.checkpointDeadline == .seconds(307))
    _ = engine.handle(.tick, at: moment(307))
    #expect(engine.checkpointDeadline == .seconds(607))
  }

  @Test func aSuspensionThatNobodyAnnouncedShowsInTheClocks() {
    var engine = engine()
    _ = engine.handle(.active, at: moment(0))
    let effects = engine.handle(.tick, at: moment(4000, asleep: 3400))
    #expect(spans(effects).map(\.kind) == [.sitting, .away])
    #expect(spans(effects).map(\.evidence) == [.input, .suspended])
    #expect(spans(effects).map(\.length) == [.seconds(600), .seconds(3400)])
    #expect(engine.status(at: moment(4000, asleep: 3400)).evidence == .idle)
  }

  @Test func aStepOfTheWallClockIsToldOnceAndChangesNoLength() {
    var engine = engine()
    _ = engine.handle(.active, at: moment(0))
    #expect(engine.handle(.tick, at: moment(100, stepped: -90)) == [.clockStep(.seconds(-90))])
    #expect(engine.handle(.tick, at: moment(200, stepped: -90)).isEmpty)
    #expect(engine.status(at: moment(300, stepped: -90)).bout == .seconds(300))
  }

  @Test func wordingsAreFilled() throws {
    var engine = engine { $0.prompts.posture.enabled = false }
    _ = engine.handle(.active, at: moment(0))
    _ = engine.handle(.tick, at: moment(3000))
    let effects = engine.handle(.typing(false), at: moment(3000))
    guard case .post(let prompt)? = effects.last else {
      Issue.record("no prompt")
      return
    }
    #expect(prompt.text == Wording(title: "50 minutes", body: "5 minutes away"))
  }

  @Test func whySaysWhatComesAndWhichKeyDecides() {
    var engine = engine()
    let origin = { (key: String) in key == "prompts.posture.every" ? "/etc/nape/nape.toml:3" : "built-in" }
    #expect(engine.why(at: moment(60), origin: origin).contains("it is not known whether you are at the desk"))
    _ = engine.handle(.active, at: moment(0))
    let text = engine.why(at: moment(60), origin: origin)
    #expect(text.contains("You have been sitting for 1 min without a break"))
    #expect(text.contains("The next prompt is posture, in 29 min, at 08:30"))
    #expect(text.contains("prompts.posture.every is 30 min (/etc/nape/nape.toml:3) of sitting."))
    _ = engine.handle(.pause(.minutes(60)), at: moment(60))
    #expect(engine.why(at: moment(60), origin: origin).contains("Prompts are paused until 09:01."))
    _ = engine.handle(.locked, at: moment(100))
    #expect(engine.why(at: moment(160), origin: origin).contains("You have been away since 08:01 (locked)."))
  }

  @Test func whySaysWhatIsWaitedFor() {
    var engine = engine {
      $0.prompts.posture.enabled = false
      $0.hours.quiet = Hours([.init(start: 8 * 3600 + 55 * 60, end: 9 * 3600 + 15 * 60)])
    }
    func why(_ seconds: Int64) -> String { engine.why(at: moment(seconds)) { "\($0) of mine" } }
    _ = engine.handle(.active, at: moment(0))
    _ = engine.handle(.doNotDisturb(true), at: moment(10))
    _ = engine.handle(.tick, at: moment(3000))
    #expect(why(3000).contains("The next prompt is move, which is due. prompts.move.after is 50 min"))
    #expect(why(3000).contains("It waits for as long as your desktop says not to disturb you."))
    _ = engine.handle(.tick, at: moment(3300))
    _ = engine.handle(.doNotDisturb(false), at: moment(3400))
    #expect(why(3400).contains("It waits for the end of quiet hours until 09:15: hours.quiet (hours.quiet of mine)."))
    #expect(engine.deadline == .seconds(4500))
    _ = engine.handle(.inhibited(true, since: .seconds(4000)), at: moment(4000))
    _ = engine.handle(.tick, at: moment(4500))
    #expect(engine.status(at: moment(4500)).deferred == .inhibited)
    // It fell due at 08:50.
    #expect(
      why(4500).contains("until 09:20 at the latest: prompts.defer_up_to is 30 min (prompts.defer_up_to of mine)."))
    _ = engine.handle(.inhibited(false, since: .seconds(4510)), at: moment(4510))
    #expect(why(4510).contains("It waits for a pause in your typing."))
    _ = engine.handle(.typing(true), at: moment(4511))
    #expect(why(4511).contains("It waits for a pause in your typing, for 1 min at most."))
    #expect(engine.deadline == .seconds(4570))
    #expect(engine.handle(.tick, at: moment(4570)).contains { if case .post = $0 { true } else { false } })
    #expect(why(4570).contains("The move prompt of 09:16 is open"))
    // The next of any kind leaves a gap.
    _ = engine.handle(.settings(Settings()), at: moment(4580))
    #expect(why(4580).contains("in 9 min, at 09:26") || why(4580).contains("in 29 min"))
  }

  @Test func nobodyElseReadsWhatIsAdvisedOrAsked() {
    func prompt(_ kind: Prompt.Kind) -> Prompt {
      Prompt(
        id: 1, kind: kind, posted: moment(0), sat: 0, text: Wording(title: "Title", body: "If it feels good: a walk."),
        exercises: ["E15"])
    }
    #expect(prompt(.exercise).publicText == Wording(title: "Title", body: "nape exercise show"))
    #expect(prompt(.checkin).publicText == Wording(title: "Diary", body: ""))
    #expect(prompt(.move).publicText == prompt(.move).text)
  }

  @Test func anExercisePromptIsMootWhenItIsNotAdvisedAnyMore() {
    let walk = ExerciseSet(exercises: ["E15"], text: "A walk.")
    let rolls = ExerciseSet(exercises: ["E14"], text: "Rolls.")
    var engine = engine {
      $0.prompts.move.enabled = false
      $0.prompts.posture.enabled = false
    }
    _ = engine.handle(.exercises([rolls]), at: moment(0))
    _ = engine.handle(.active, at: moment(0))
    _ = engine.handle(.tick, at: moment(9000))
    _ = engine.handle(.typing(false), at: moment(9000))
    #expect(engine.status(at: moment(9000)).current?.exercises == ["E14"])
    #expect(engine.handle(.exercises([walk, rolls]), at: moment(9010)).isEmpty)
    let effects = engine.handle(.exercises([walk]), at: moment(9020))
    #expect(effects == [.outcome(id: 1, .exercise, .withdrawn, at: moment(9020))])
  }

  @Test func anAnswerThatIsNotAskedForChangesNothing() {
    var engine = engine { $0.prompts.posture.enabled = false }
    _ = engine.handle(.active, at: moment(0))
    _ = engine.handle(.typing(true), at: moment(10))
    _ = engine.handle(.tick, at: moment(3000))
    #expect(engine.asksForPause)
    #expect(engine.status(at: moment(3000)).deferred == nil)
    // Without an answer it waits no longer than for somebody who types on and on.
    #expect(engine.handle(.tick, at: moment(3059)).isEmpty)
    #expect(!engine.handle(.tick, at: moment(3060)).isEmpty)
  }

  @Test func aLateTickLosesNothing() {
    // The process stood still for an hour while the person was there and the clocks ran.
    var engine = engine { $0.prompts.posture.enabled = false }
    _ = engine.handle(.active, at: moment(0))
    _ = engine.handle(.tick, at: moment(6600))
    let effects = engine.handle(.typing(false), at: moment(6600))
    #expect(effects.count == 1)
    #expect(engine.status(at: moment(6600)).bout == .seconds(6600))
  }
}
