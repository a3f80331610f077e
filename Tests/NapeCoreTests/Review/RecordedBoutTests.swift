import NapeCore
import Testing

/// Bouts as they are read off the record: by the rules that the engine has (§6 of the design, rules 6, 7 and 10).
@Suite struct RecordedBoutTests {
  private func bouts(_ spans: [Span], answered: [String] = []) -> [RecordedBout] {
    RecordedBout.bouts(in: spans, breakAfter: .minutes(2), answered: answered.map { RecordLine.stamp($0).wall })
  }

  private func minutes(_ length: Microseconds?) -> Int64? { length.map { $0 / .minute } }

  @Test func aBreakEndsABoutAndAShorterAbsenceDoesNot() {
    let bouts = bouts(
      RecordLine.of("2026-03-02T09:00", (.sitting, 30), (.away, 1.5), (.sitting, 20), (.away, 5), (.sitting, 10)))
    #expect(bouts.map { minutes($0.sitting) } == [50, 10])
    #expect(bouts.map(\.endedBy) == [.natural, .end])
    #expect(bouts.map { minutes($0.rest) } == [5, nil])
    #expect(bouts.map(\.hasBreak) == [true, false])
    #expect(bouts[0].begin == RecordLine.stamp("2026-03-02T09:00"))
    #expect(minutes(bouts[0].end.wall - bouts[0].begin.wall) == 51)
  }

  @Test func aBreakThatAnsweredAPromptIsToldFromOneThatDidNot() {
    let spans = RecordLine.of(
      "2026-03-02T09:00", (.sitting, 52), (.away, 5), (.sitting, 52), (.away, 5), (.sitting, 52), (.standing, 5),
      (.sitting, 1))
    #expect(
      bouts(spans, answered: ["2026-03-02T09:50", "2026-03-02T11:44"]).map(\.endedBy) == [.move, .natural, .move, .end])
    #expect(bouts(spans).map(\.endedBy) == [.natural, .natural, .standing, .end])
  }

  @Test func whatIsUnknownEndsABoutAndIsNoBreak() {
    let bouts = bouts(RecordLine.of("2026-03-02T09:00", (.sitting, 30), (.unknown, 5), (.sitting, 20)))
    #expect(bouts.map(\.endedBy) == [.unknown, .end])
    #expect(bouts.map(\.hasBreak) == [false, false])
    // So long a checkpoint may be old.
    var line = RecordLine("2026-03-02T09:00")
    line.add(.sitting, 30)
    line.add(.unknown, 6, .notRunning)
    line.add(.sitting, 20)
    #expect(self.bouts(line.spans).map { minutes($0.sitting) } == [50])
  }

  @Test func shortTimesOfTwoKindsAreNoBreakTogether() {
    let bouts = bouts(
      RecordLine.of("2026-03-02T09:00", (.sitting, 30), (.away, 1), (.standing, 1.5), (.sitting, 20)))
    #expect(bouts.map { minutes($0.sitting) } == [50])
  }

  @Test func aNightIsNoBreakAndABoutOverMidnightIsOne() {
    let night = bouts(RecordLine.of("2026-03-02T17:00", (.sitting, 30), (.away, 239), (.sitting, 20)))
    #expect(night.map(\.hasBreak) == [true, false])
    let longer = bouts(RecordLine.of("2026-03-02T17:00", (.sitting, 30), (.away, 240), (.sitting, 20)))
    #expect(longer.map(\.hasBreak) == [false, false])
    let late = bouts(RecordLine.of("2026-03-02T23:30", (.sitting, 60), (.away, 5)))
    #expect(late.map(\.date.description) == ["2026-03-02"])
    #expect(late.map { minutes($0.sitting) } == [60])
    #expect(late.map { minutes($0.rest) } == [nil])
  }

  @Test func anAbsenceWithAGapIsABreakAsFarAsItIsKnown() {
    var line = RecordLine("2026-03-02T09:00")
    line.add(.sitting, 30)
    line.add(.away, 4)
    line.add(.unknown, 20, .notRunning)
    line.add(.sitting, 20)
    #expect(bouts(line.spans).map { minutes($0.rest) } == [4, nil])
    #expect(bouts([]).isEmpty)
  }
}
