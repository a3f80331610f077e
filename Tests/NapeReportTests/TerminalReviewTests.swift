import NapeCore
import Testing

@testable import NapeReport

@Suite struct TerminalReviewTests {
  private func text(
    _ review: Review = Juniper.review, width: Int = 80, isUnicode: Bool = true, hasStyles: Bool = false
  ) -> String {
    TerminalReview(
      review, signs: WarningSigns(), style: TerminalStyle(width: width, isUnicode: isUnicode, hasStyles: hasStyles)
    ).text
  }

  @Test func look() {
    for width in [80, 60, 40] { print(text(width: width)) }
    print(text(isUnicode: false))
  }
}
