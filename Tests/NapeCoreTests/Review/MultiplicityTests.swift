import NapeCore
import Testing

@Suite struct MultiplicityTests {
  @Test func holmAdjustsAsInTheWorkedExample() throws {
    let expected = try WorkedExample.json()["multiplicity"]
    let windows = ["1h", "2h", "4h"]
    let adjusted = Multiplicity.holm(try windows.map { try expected["p", $0].number })
    for (window, p) in zip(windows, adjusted) {
      #expect(isNear(p, try expected["holm", window].number, absolute: 1e-12))
    }
  }

  @Test func noValueFallsBelowASmallerOneOrAboveOne() {
    #expect(Multiplicity.holm([]) == [])
    #expect(Multiplicity.holm([0.7]) == [0.7])
    #expect(Multiplicity.holm([0.02, 0.02, 0.02]) == [0.06, 0.06, 0.06])
    #expect(Multiplicity.holm([0.9, 0.01, 0.6]) == [1, 0.03, 1])
    // Without the running maximum the second would come out at 0.032.
    #expect(Multiplicity.holm([0.02, 0.016]) == [0.032, 0.032])
  }
}
