import NapeCore
import Testing

@Suite struct DoseTests {
  @Test(
    arguments: [
      ("1x10x5s", "ten times five seconds", "10 × 5 s"),
      ("2x10x10s", "two sets of ten times ten seconds", "2 × 10 × 10 s"),
      ("1x10", "ten", "10 times"),
      ("1x1", "one", "1 time"),
      ("3x12", "three sets of twelve", "3 × 12"),
      ("1x15", "15", "15 times"),
      ("10s", "ten seconds", "10 s"),
      ("1min", "one minute", "1 min"),
      ("60s", "one minute", "1 min"),
      ("90s", "90 seconds", "90 s"),
      ("1-5min", "one to five minutes", "1–5 min"),
      ("up to 2min", "up to two minutes", "up to 2 min"),
      ("2x30s", "twice 30 seconds", "2 × 30 s"),
      ("3x20-30s", "three times 20 to 30 seconds", "3 × 20–30 s"),
      ("1x1x1s", "one time one second", "1 × 1 s"),
    ])
  func isReadAndSaid(text: String, words: String, signs: String) throws {
    let dose = try #require(Dose(text))
    #expect(dose.words() == words)
    #expect(dose.signs() == signs)
  }

  @Test(
    arguments: [
      "", "x", "10", "0x10", "11x10", "1x0", "1x51", "1x10x", "1x10x5", "1x10x0s", "1x10x5s5", "1x2x3x4s", "-1x10",
      "01x10", "1x010", "1 x 10", "1X10", "1×10", "2min30s", "5-5s", "9-5s", "1-2-3s", "up to 1-2min", "up to",
      "upto 2min",
      "61min", "3601s", "10x50x8s", "ten", "1x10 ", "99999999999999999999s", "1x\u{0661}\u{0660}",
    ])
  func isRefused(text: String) {
    #expect(Dose(text) == nil)
  }

  @Test func anHourIsTheMost() {
    #expect(Dose("60min") != nil)
    #expect(Dose("10x6min") != nil)
    #expect(Dose("10x361s") == nil)
  }

  @Test func sidesAreSaid() throws {
    let dose = try #require(Dose("1x5"))
    #expect(dose.words(eachSide: true) == "five each side")
    #expect(dose.words(eachSide: true, side: .left) == "five on the left")
    #expect(Dose("1min")?.signs(side: .left) == "1 min on the left")
    #expect(dose.signs(eachSide: true) == "5 times each side")
  }
}
