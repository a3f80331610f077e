import NapeCore
import Testing

@Suite struct AdherenceTests {
  private func adherence(_ kind: Prompt.Kind, _ outcomes: [Outcome]) -> Adherence {
    var adherence = Adherence(of: kind)
    for outcome in outcomes { adherence.add(outcome) }
    return adherence
  }

  @Test func everyOutcomeOnce() {
    let move = adherence(.move, Outcome.allCases)
    #expect(move.prompts == 9)
    // Withdrawn, superseded and undeliverable had become moot.
    #expect(move.counted == 6)
    #expect(move.followed == 1)
    #expect(move.outcomes[.taken] == 1)
  }

  @Test func aMoveIsFollowedByABreakAndAnExerciseByItsDoing() {
    let outcomes: [Outcome] = [.taken, .taken, .done, .done, .done, .snoozed, .expired, .withdrawn]
    #expect(adherence(.move, outcomes).followed == 2)
    #expect(adherence(.exercise, outcomes).followed == 3)
    #expect(adherence(.move, outcomes).counted == 7)
  }

  @Test(arguments: [Prompt.Kind.posture, .micro, .budget, .checkin])
  func whatCannotBeSeenToBeDoneIsNotFollowed(_ kind: Prompt.Kind) {
    let adherence = adherence(kind, [.done, .expired])
    #expect(adherence.followed == nil)
    #expect(adherence.counted == 2)
  }

  @Test func nothingYet() {
    let none = Adherence(of: .move)
    #expect((none.prompts, none.counted, none.followed) == (0, 0, 0))
  }
}
