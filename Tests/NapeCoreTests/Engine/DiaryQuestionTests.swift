import NapeCore
import Testing

/// The questions of the diary, their series and the card, as the engine shows them; what leaves a record is shown by the
/// traces in `Tests/Traces`.
@Suite struct DiaryQuestionTests {
  private static let berlin = 3600

  /// Seconds after 2026-03-02T16:20:00 on clocks an hour ahead.
  private func moment(_ seconds: Int64) -> Moment {
    Moment(
      boot: .seconds(seconds), monotonic: .seconds(seconds), wall: .seconds(1_772_464_800 + seconds),
      offsetSeconds: Self.berlin)
  }

  private func engine(_ change: (inout Settings) -> Void = { _ in }) -> Engine {
    var settings = Settings()
    settings.prompts.posture.enabled = false
    settings.prompts.move.enabled = false
    settings.prompts.budget.enabled = false
    change(&settings)
    var engine = Engine(
      settings: settings, wordings: Wordings(), zone: .fixed(offsetSeconds: Self.berlin), bootID: "boot", at: moment(0))
    _ = engine.handle(.active, at: moment(0))
    return engine
  }

  /// An engine that asks how strong it is, since 610 s.
  private func asking(_ change: (inout Settings) -> Void = { _ in }) throws -> (Engine, DiaryQuestion) {
    var engine = engine(change)
    _ = engine.handle(.tick, at: moment(600))
    _ = engine.handle(.typing(false), at: moment(600))
    let effects = engine.handle(.respond(id: nil, .yes), at: moment(610))
    return (engine, try #require(asked(effects)))
  }

  private func asked(_ effects: [Effect]) -> DiaryQuestion? {
    effects.compactMap { if case .ask(let question) = $0 { question } else { nil } }.first
  }

  private func isRefused(_ effects: [Effect]) -> Bool {
    effects.contains { if case .refused = $0 { true } else { false } }
  }

  @Test func aYesIsFollowedByThreeQuestionsWithNumbersOfTheirOwn() throws {
    var (engine, question) = try asking()
    var ids = [question.id]
    #expect(question.kind == .strength)
    #expect(question.date.description == "2026-03-02")
    #expect(engine.status(at: moment(610)).current == nil)
    let choices: [DiaryQuestion.Choice] = [.mild, .both, .notSure]
    for (choice, next) in zip(choices, [DiaryQuestion.Kind.side, .neck, nil]) {
      let effects = engine.handle(.answered(id: question.id, choice), at: moment(620))
      #expect(effects.first { if case .answered = $0 { true } else { false } } == .answered(question.date, choice))
      guard let next else {
        #expect(effects.contains(.hide(id: question.id)))
        continue
      }
      question = try #require(asked(effects))
      #expect(question.kind == next)
      // It takes the place of the one before, which so is not hidden.
      #expect(effects.count == 2)
      ids.append(question.id)
    }
    #expect(Set(ids).count == 3)
    // The next prompt is the second, as it would be after any other answer.
    #expect(engine.checkpoint(at: moment(630)).marks[.lastID] == 1)
  }

  @Test(
    arguments: [
      Event.locked, .switched, .asleep, .sourceLost, .pause(nil), .stop, .end, .idle(since: 0),
      .knownDays(from: LocalDate(daysSinceEpoch: 0), [:]),
    ])
  func whatEndsTheSeriesTakesTheQuestionBack(event: Event) throws {
    var (engine, question) = try asking()
    // Idle time is decided to be an absence five minutes after.
    let at = event == .idle(since: 0) ? Int64(1000) : 620
    var effects = engine.handle(event == .idle(since: 0) ? .idle(since: .seconds(615)) : event, at: moment(620))
    effects += engine.handle(.tick, at: moment(at))
    #expect(effects.contains(.hide(id: question.id)))
    #expect(isRefused(engine.handle(.answered(id: question.id, .mild), at: moment(at + 1))))
  }

  @Test(arguments: [true, false])
  func aQuestionThatClosesEndsTheSeries(byPerson: Bool) throws {
    var (engine, question) = try asking()
    #expect(engine.handle(.notificationClosed(id: question.id, byPerson: byPerson), at: moment(620)).isEmpty)
    #expect(isRefused(engine.handle(.answered(id: question.id, .mild), at: moment(621))))
  }

  @Test func whatCannotBeShownIsNotAskedFurther() throws {
    var (engine, question) = try asking()
    #expect(engine.handle(.undeliverable(id: question.id), at: moment(620)).isEmpty)
    #expect(isRefused(engine.handle(.answered(id: question.id, .mild), at: moment(621))))
  }

  private func moveAt620(_ settings: inout Settings) {
    settings.prompts.minGap = .second
    settings.prompts.move.enabled = true
    settings.prompts.move.after = .seconds(620)
  }

  @Test func aPromptTakesItsPlaceAfterTwoMinutes() throws {
    var (engine, question) = try asking(moveAt620)
    #expect(engine.handle(.tick, at: moment(620)).isEmpty)
    #expect(!engine.asksForPause && engine.deadline == .seconds(610 + 120))
    #expect(engine.handle(.tick, at: moment(729)).isEmpty)
    var effects = engine.handle(.tick, at: moment(730))
    #expect(engine.asksForPause)
    effects += engine.handle(.typing(false), at: moment(730))
    #expect(effects.first == .hide(id: question.id))
    #expect(effects.contains { if case .post = $0 { true } else { false } })
  }

  @Test func aPromptComesWhenThereIsNothingMoreToRead() throws {
    var (engine, question) = try asking(moveAt620)
    for (t, choice) in [(Int64(700), DiaryQuestion.Choice.mild), (710, .left), (720, .notSure)] {
      #expect(!engine.asksForPause)
      question = asked(engine.handle(.answered(id: question.id, choice), at: moment(t))) ?? question
    }
    #expect(engine.asksForPause)
    let effects = engine.handle(.typing(false), at: moment(720))
    #expect(effects.contains { if case .post = $0 { true } else { false } })
  }

  /// The hours change while it is being read: that is noticed on time.
  @Test func whatElseHoldsAPromptBackIsHeardOfMeanwhile() throws {
    var (engine, _) = try asking {
      moveAt620(&$0)
      // 16:31
      $0.hours.quiet = Hours([.init(start: 16 * 3600 + 31 * 60, end: 17 * 3600)])
    }
    _ = engine.handle(.tick, at: moment(620))
    #expect(engine.deadline == .seconds(660))
    #expect(engine.handle(.tick, at: moment(660)) == [.deferred(.move, .quiet)])
  }

  /// A prompt that has waited for a minute is posted by whatever happens next, and may be over by that.
  @Test(arguments: [Event.stop, .respond(id: nil, .going)])
  func whatEndsAPromptComesAfterIt(event: Event) throws {
    var engine = quiet {
      $0.prompts.move.enabled = true
      $0.prompts.move.after = .seconds(600)
    }
    _ = engine.handle(.tick, at: moment(600))
    let effects = engine.handle(event, at: moment(660))
    #expect(effects.count == 2)
    guard case .post(let prompt) = effects.first else { return #expect(Bool(false), "\(effects)") }
    let end = event == .stop ? Effect.outcome(id: prompt.id, .move, .withdrawn, at: moment(660)) : .hide(id: prompt.id)
    #expect(effects.last == end)
  }

  @Test func aQuestionHoldsNoPromptBackAndTellsNothing() throws {
    let (engine, _) = try asking()
    var (other, _) = try asking()
    _ = other.handle(.notificationClosed(id: 1 << 62 | 1, byPerson: false), at: moment(611))
    #expect(engine.why(at: moment(611)) { _ in "built-in" } == other.why(at: moment(611)) { _ in "built-in" })
    #expect(isRefused(other.handle(.snooze(nil), at: moment(612))))
  }

  @Test func isNotAskedAfterARestart() throws {
    var (engine, question) = try asking()
    let checkpoint = engine.checkpoint(at: moment(620))
    #expect(checkpoint.openPrompt == nil)
    let resumed = Engine.resuming(
      checkpoint, settings: Settings(), wordings: Wordings(), zone: .fixed(offsetSeconds: Self.berlin), bootID: "boot",
      at: moment(630))
    engine = resumed.engine
    #expect(isRefused(engine.handle(.answered(id: question.id, .mild), at: moment(631))))
  }

  // MARK: The card

  private func card(_ seconds: Int64, _ number: UInt64 = 1) -> DetailCard {
    DetailCard(
      episode: RecordID(high: 0, low: number),
      onset: Stamp(wall: moment(seconds).wall, offsetSeconds: Self.berlin))
  }

  /// 18:00
  private let evening: Int64 = 6000

  private func quiet(_ change: (inout Settings) -> Void = { _ in }) -> Engine {
    engine {
      $0.prompts.checkIn.enabled = false
      change(&$0)
    }
  }

  @Test func theCardComesInTheEveningAndOnce() throws {
    var engine = quiet()
    let both = [card(600, 1), card(1200, 2)]
    _ = engine.handle(.detailCards(both), at: moment(1300))
    #expect(engine.deadline == .seconds(evening))
    #expect(engine.handle(.tick, at: moment(evening - 1)).isEmpty)
    _ = engine.handle(.tick, at: moment(evening))
    #expect(engine.asksForPause)
    let question = try #require(asked(engine.handle(.typing(false), at: moment(evening))))
    #expect(question.kind == .details(both[0].episode))
    #expect(question.choices.isEmpty)
    #expect(isRefused(engine.handle(.answered(id: question.id, .yes), at: moment(evening + 1))))
    // The next keeps the gap, and the first does not come again.
    _ = engine.handle(.notificationClosed(id: question.id, byPerson: false), at: moment(evening + 60))
    #expect(engine.deadline == .seconds(evening + 600))
    _ = engine.handle(.tick, at: moment(evening + 600))
    let next = asked(engine.handle(.typing(false), at: moment(evening + 600)))
    #expect(next?.kind == .details(both[1].episode))
  }

  @Test func whoTypesIsAskedAfterAMinuteAtTheLatest() {
    var engine = quiet()
    _ = engine.handle(.detailCards([card(600)]), at: moment(700))
    _ = engine.handle(.tick, at: moment(evening))
    #expect(asked(engine.handle(.typing(true), at: moment(evening))) == nil)
    #expect(engine.deadline == .seconds(evening + 60))
    #expect(engine.why(at: moment(evening)) { _ in "" }.contains("typing") == false)
    #expect(asked(engine.handle(.tick, at: moment(evening + 60))) != nil)
  }

  @Test(
    arguments: [
      Event.doNotDisturb(true), .pause(.hour), .locked, .sourceLost, .inhibited(true, since: .seconds(5990)),
    ])
  func nobodyIsDisturbed(event: Event) {
    var engine = quiet()
    _ = engine.handle(.detailCards([card(600)]), at: moment(700))
    _ = engine.handle(event, at: moment(evening - 10))
    var effects = engine.handle(.tick, at: moment(evening))
    effects += engine.handle(.typing(false), at: moment(evening))
    #expect(asked(effects) == nil)
    #expect(!engine.asksForPause)
  }

  @Test func quietHoursHoldItBack() {
    var engine = quiet { $0.hours.quiet = Hours([.init(start: 17 * 3600, end: 19 * 3600)]) }
    _ = engine.handle(.detailCards([card(600)]), at: moment(700))
    _ = engine.handle(.tick, at: moment(evening))
    #expect(!engine.asksForPause)
    #expect(engine.deadline == .seconds(evening + 3600))
    _ = engine.handle(.tick, at: moment(evening + 3600))
    #expect(asked(engine.handle(.typing(false), at: moment(evening + 3600))) != nil)
  }

  @Test func whatIsEnteredLateIsNotAskedAboutAtOnce() {
    var engine = quiet()
    // At 18:10, of a headache at 16:30; and of one that begins in the evening.
    let late = card(600)
    _ = engine.handle(.detailCards([late]), at: moment(evening + 600))
    _ = engine.handle(.detailCards([late, card(evening + 700, 2)]), at: moment(evening + 800))
    #expect(!engine.asksForPause)
    // The next day goes on without a return.
    let midnight: Int64 = 27_600
    _ = engine.handle(.tick, at: moment(midnight + 3600))
    #expect(!engine.asksForPause)
    _ = engine.handle(.locked, at: moment(midnight + 3700))
    _ = engine.handle(.unlocked, at: moment(midnight + 4000))
    _ = engine.handle(.tick, at: moment(midnight + 4120))
    #expect(asked(engine.handle(.typing(false), at: moment(midnight + 4120)))?.kind == .details(late.episode))
  }

  @Test func afterTwoDaysItIsGone() {
    var engine = quiet()
    _ = engine.handle(.detailCards([card(600)]), at: moment(700))
    _ = engine.handle(.locked, at: moment(800))
    let later: Int64 = 600 + 48 * 3600
    _ = engine.handle(.unlocked, at: moment(later - 120))
    _ = engine.handle(.tick, at: moment(later))
    #expect(!engine.asksForPause)
  }

  /// An engine whose card has waited for a minute of typing.
  private func waiting() -> Engine {
    var engine = quiet()
    _ = engine.handle(.detailCards([card(600)]), at: moment(700))
    _ = engine.handle(.tick, at: moment(evening))
    return engine
  }

  @Test(arguments: [Event.locked, .asleep, .stop])
  func whoLeavesJustThenIsNotAsked(event: Event) {
    var engine = waiting()
    let effects = engine.handle(event, at: moment(evening + 60))
    #expect(!effects.contains { if case .ask = $0 { true } else if case .hide = $0 { true } else { false } })
    guard event == .locked else { return }
    _ = engine.handle(.unlocked, at: moment(evening + 90))
    _ = engine.handle(.tick, at: moment(evening + 660))
    #expect(asked(engine.handle(.typing(false), at: moment(evening + 660))) != nil, "it has not been spent by that")
  }

  @Test func whatCouldNotBeShownComesAfterTheNextReturn() throws {
    var engine = waiting()
    let question = try #require(asked(engine.handle(.typing(false), at: moment(evening))))
    _ = engine.handle(.undeliverable(id: question.id), at: moment(evening + 1))
    _ = engine.handle(.tick, at: moment(evening + 3600))
    #expect(!engine.asksForPause)
    // At half past seven in the morning.
    let morning: Int64 = evening + 13 * 3600 + 1800
    _ = engine.handle(.locked, at: moment(evening + 3700))
    _ = engine.handle(.unlocked, at: moment(morning))
    _ = engine.handle(.tick, at: moment(morning + 120))
    #expect(asked(engine.handle(.typing(false), at: moment(morning + 120)))?.kind == question.kind)
  }

  @Test func itIsTakenBackWhenThereIsNoMoreToTell() throws {
    var engine = waiting()
    let question = try #require(asked(engine.handle(.typing(false), at: moment(evening))))
    var shown = card(600)
    shown.isShown = true
    #expect(engine.handle(.detailCards([shown]), at: moment(evening + 1)).isEmpty)
    #expect(engine.handle(.detailCards([]), at: moment(evening + 2)) == [.hide(id: question.id)])
  }

  @Test func isNotShownAgainAfterARestart() {
    var engine = quiet()
    var shown = card(600)
    shown.isShown = true
    _ = engine.handle(.detailCards([shown]), at: moment(700))
    _ = engine.handle(.tick, at: moment(evening))
    #expect(!engine.asksForPause)
  }

  @Test func thereAreNoneWithoutNotifications() {
    var engine = quiet { $0.prompts.deliver = [.journal] }
    _ = engine.handle(.detailCards([card(600)]), at: moment(700))
    _ = engine.handle(.tick, at: moment(evening))
    #expect(!engine.asksForPause)
  }

  @Test func itIsGoneWithItsHeadache() {
    var engine = quiet()
    _ = engine.handle(.detailCards([card(600)]), at: moment(700))
    _ = engine.handle(.detailCards([]), at: moment(800))
    _ = engine.handle(.tick, at: moment(evening))
    #expect(!engine.asksForPause)
  }

  // MARK: Warning signs

  @Test func postureAndExerciseRestWithAWarningSign() {
    var engine = engine {
      $0.prompts.checkIn.enabled = false
      $0.prompts.posture.enabled = true
      $0.prompts.move.enabled = true
    }
    _ = engine.handle(.tick, at: moment(1800))
    _ = engine.handle(.typing(false), at: moment(1800))
    let withdrawn = engine.handle(.warningSign(isOpen: true), at: moment(1810))
    #expect(withdrawn == [.outcome(id: 1, .posture, .withdrawn, at: moment(1810))])
    let why = engine.why(at: moment(1811)) { _ in "built-in" }
    #expect(why.contains("Posture and exercise prompts rest for now."))
    #expect(!why.contains("nape ") && !why.lowercased().contains("headache"))
    // The move comes as it would.
    #expect(engine.deadline == .seconds(3000))
    _ = engine.handle(.tick, at: moment(3000))
    let move = engine.handle(.typing(false), at: moment(3000))
    #expect(move.contains { if case .post(let prompt) = $0 { prompt.kind == .move } else { false } })
    _ = engine.handle(.respond(id: nil, .skipped), at: moment(3010))
    _ = engine.handle(.warningSign(isOpen: false), at: moment(3020))
    #expect(!engine.why(at: moment(3021)) { _ in "built-in" }.contains("rest"))
    #expect(engine.status(at: moment(3021)).next?.kind == .posture)
  }
}
