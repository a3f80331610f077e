import NapeCore
import Testing

/// What is read off the record beside an onset.
@Suite struct DeskContextTests {
  private static let start: Int64 = 1_772_438_400

  /// Spans that follow each other, in seconds; `step` is by how much the wall clock was stepped before.
  private func spans(
    _ parts: [(kind: Span.Kind, evidence: Evidence, length: Int64, step: Int64)]
  ) -> [Span] {
    var spans: [Span] = []
    var (boot, wall) = (Int64(0), Self.start)
    for part in parts {
      wall += part.step
      spans.append(
        Span(
          kind: part.kind, evidence: part.evidence,
          begin: Moment(boot: .seconds(boot), monotonic: .seconds(boot), wall: .seconds(wall), offsetSeconds: 3600),
          length: .seconds(part.length), bootID: "boot"))
      boot += part.length
      wall += part.length
    }
    return spans
  }

  private func spans(_ parts: (Span.Kind, Int64)...) -> [Span] {
    spans(parts.map { (kind: $0.0, evidence: $0.0 == .unknown ? .sourceLost : .input, length: $0.1, step: 0) })
  }

  /// At so many seconds of wall time after the start.
  private func context(_ seconds: Int64, _ spans: [Span]) -> DeskContext {
    DeskContext(
      of: Stamp(wall: .seconds(Self.start + seconds), offsetSeconds: 3600), in: spans, ignoredPrompts: 3,
      breakAfter: .minutes(2), afternoon: (12 * 3600, 18 * 3600))
  }

  private func seconds(_ length: Microseconds?) -> Int64? { length.map { $0 / .second } }

  @Test func windowsEndAtTheOnset() {
    let context = context(7200, spans((.sitting, 5000), (.away, 1200), (.standing, 400), (.sitting, 3000)))
    #expect(context.windows.map { seconds($0.sitting) } == [2000, 5600, 5600])
    #expect(context.windows.map { seconds($0.known) } == [3600, 7200, 7200])
    #expect(seconds(context.bout) == 600)
    #expect(seconds(context.sinceBreak) == 600)
    // Of the bout before, 5000 s lie in the two hours.
    #expect(seconds(context.longestBout) == 5000)
    #expect(context.coverage(2) == 0.5)
    #expect(context.ignoredPrompts == 3)
    // It is 09:00 and two hours.
    #expect(context.partOfDay == .morning)
    #expect(context.isComplete)
  }

  @Test func theLongestBoutIsCutToTwoHours() {
    #expect(seconds(context(20_000, spans((.sitting, 20_000))).longestBout) == 7200)
    #expect(seconds(context(20_000, spans((.sitting, 19_000), (.away, 1000))).longestBout) == 6200)
  }

  @Test func whatIsShorterThanABreakLeavesTheBout() {
    let short = context(2119, spans((.sitting, 1000), (.away, 119), (.sitting, 1000)))
    #expect(seconds(short.bout) == 2000)
    #expect(short.sinceBreak == nil)
    #expect(seconds(context(2120, spans((.sitting, 1000), (.away, 120), (.sitting, 1000))).bout) == 1000)
    // Each of the three is too short, and none goes on in another (§6 rules 6, 7 and 10).
    let mixed = spans((.sitting, 1000), (.away, 110), (.standing, 110), (.unknown, 110), (.sitting, 1000))
    #expect(seconds(context(2330, mixed).bout) == 2000)
  }

  @Test func unknownEndsABoutAndIsNoBreak() {
    let context = context(2500, spans((.sitting, 1000), (.unknown, 500), (.sitting, 1000)))
    #expect(seconds(context.bout) == 1000)
    #expect(context.sinceBreak == nil)
  }

  @Test(arguments: [(419, 2000), (420, 1000)])
  func notRunningMayHideACheckpoint(length: Int64, bout: Int64) {
    let record = spans([
      (.sitting, .input, 1000, 0), (.unknown, .notRunning, length, 0), (.sitting, .input, 1000, 0),
    ])
    #expect(seconds(context(2000 + length, record).bout) == bout)
  }

  @Test func theBoutIsUnknownWhereTheOnsetIs() {
    let record = spans((.sitting, 1000), (.unknown, 500), (.sitting, 1000))
    #expect(context(1200, record).bout == nil)
    #expect(context(1000, record).bout != nil)
    #expect(seconds(context(1501, record).bout) == 1)
    #expect(seconds(context(1100, spans((.sitting, 1000), (.away, 500))).bout) == 1000)
    #expect(seconds(context(1120, spans((.sitting, 1000), (.away, 500))).bout) == 0)
  }

  @Test func whatIsNotRecordedYetIsNotKnown() {
    let context = context(1300, spans((.sitting, 1000)))
    #expect(!context.isComplete)
    #expect(context.bout == nil)
    #expect(seconds(context.windows[0].sitting) == 1000)
    #expect(seconds(context.windows[0].known) == 1000)
    #expect(self.context(1000, spans((.sitting, 1000))).isComplete)
    #expect(!self.context(1000, []).isComplete)
  }

  @Test func beforeTheRecordNothingIsKnownAndNothingWillBe() {
    let context = context(-60, spans((.sitting, 1000)))
    #expect(context.isComplete)
    #expect(context.windows.allSatisfy { $0.known == 0 && $0.sitting == 0 })
    #expect(context.bout == nil && context.sinceBreak == nil && context.longestBout == 0)
  }

  @Test func aTimeThatCameTwiceIsTheLater() {
    // At 3600 s the clock goes back by 1800 s.
    let record = spans([(.sitting, .input, 3600, 0), (.away, .locked, 900, -1800)])
    // In both: 600 s after the step.
    #expect(seconds(context(2400, record).bout) == 0)
    // The end of the record is no earlier moment, whatever the clock showed before.
    #expect(seconds(context(2700, record).windows[0].sitting) == 2700)
    // Only before the step.
    #expect(seconds(context(3000, record).bout) == 3000)
  }

  @Test func aTimeThatNeverWasIsTheMomentOfTheStep() {
    let record = spans([(.sitting, .input, 1000, 0), (.sitting, .input, 1000, 7200)])
    let context = context(5000, record)
    #expect(seconds(context.bout) == 1000)
    #expect(context.isComplete)
    // Lengths along the record leave the step out.
    #expect(seconds(self.context(9200, record).windows[0].sitting) == 2000)
  }

  @Test func noBreakIsLookedForBeforeTheDayBefore() {
    let record = spans((.away, 1000), (.sitting, 86_400))
    #expect(context(87_400, record).sinceBreak == nil)
    #expect(seconds(context(87_400 - 120, record).sinceBreak) == 86_280)
    #expect(seconds(context(500, spans((.away, 1000))).sinceBreak) == 0)
  }
}
