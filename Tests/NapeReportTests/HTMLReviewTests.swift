import Glibc
import NapeCore
import NapeSettings
import Testing

@testable import NapeReport

@Suite struct HTMLReviewTests {
  static let signs = WarningSigns.builtIn()

  private static func page(_ review: Review, notes: Bool = true, region: String = "any") -> String {
    HTMLReview(review, notes: notes, signs: signs, region: region, version: "1.2.3").text
  }

  private static func count(_ part: String, in text: String) -> Int { text.split(separator: part).count - 1 }

  /// Test_review_page.py prints them: a page for each case, where a folder is named for them.
  @Test func pagesAreWrittenWhereTheyAreAskedFor() throws {
    guard let folder = getenv("NAPE_PAGES").map({ String(cString: $0) }) else { return }
    mkdir(folder, 0o755)
    for page in PageCases.all {
      let file = try #require(fopen("\(folder)/\(page.name).html", "w"))
      fputs(Self.page(page.review, notes: page.notes), file)
      fclose(file)
    }
  }

  @Test(arguments: PageCases.all.map(\.name)) func everyReviewHasItsPages(_ name: String) {
    let review = PageCases.named(name)
    let text = Self.page(review)
    let blocks = (review.weeks.count + 3) / 4
    #expect(Self.count("<article", in: text) == 1 + max(1, blocks))
    // The same value, the same bytes.
    #expect(text == Self.page(review))
    for sign in Self.signs.signs { #expect(text.contains("<li>\(HTML(text: sign.short).written)</li>"), "\(sign.id)") }
    #expect(text.contains(HTML(text: IntendedUse.text).written))
    #expect(text.contains("nape 1.2.3 · page 1 of \(1 + max(1, blocks))"))
    // Each day once in a calendar.
    let dates = text.split(separator: "datetime=\"").dropFirst().map { String($0.prefix(10)) }
    #expect(dates.sorted() == review.days.map(\.date.description))
    #expect(review.diary.band == .calendar || !text.contains("Too few recorded days to summarise"))
  }

  @Test(arguments: PageCases.all.map(\.name)) func noWordSaysMoreThanIsKnown(_ name: String) {
    let text = Self.page(PageCases.named(name)).lowercased()
    for word in [
      "caused by", "migraine", "tension-type", "cervicogenic", "diagnosis", "your risk", "all clear", "http:", "https:",
      "<script", "<img", "<link",
    ] {
      #expect(!text.contains(word), "\(word)")
    }
  }

  @Test func figuresStandWithTheirDenominators() {
    let text = Self.page(Juniper.review)
    for words in [
      "24 of 28 days", "7 headache days in 24 recorded days; 4 days not recorded", "of 24 recorded; 7–11 of 28",
      "median (n 6; 1 unknown)", ">2.75 h<", "8.2 in 28 (rough 95 % range 4.2–13.8)",
      "Clearly different from your usual",
      "Afternoon, 12:00–18:00: 7 of 7 onsets", "to 10:20", "B+R", "move after 40", "mean 4.9 (n 7)",
    ] { #expect(text.contains(words), "\(words)") }
  }

  @Test func aRatioStandsWithAllThatBelongsToIt() {
    let review = PageCases.named("ratio")
    #expect(review.association.parts.map(\.verdict) == [.full])
    let page = Self.page(review)
    for words in [
      "exact 95 % CI", "informative strata", "days recorded", "Not adjusted for workload", "Trial of 12 weeks",
    ] {
      #expect(page.contains(words), "\(words)")
    }
    #expect(page.contains(AssociationText.biasesInShort))
  }

  @Test func fewRecordedDaysAllowLess() {
    let some = Self.page(PageCases.named("under-80"))
    #expect(some.contains("Fewer than 80 % of the days are recorded") && some.contains("7–15 of 28"))
    #expect(!some.contains("rough 95 %") && !some.contains("4 weeks before<"))
    let few = Self.page(PageCases.named("under-50"))
    #expect(few.contains("Too few recorded days to summarise") && !few.contains("class=\"nums\""))
    #expect(!few.contains("Neck pain or stiffness") && few.contains("headache, peak "))
  }

  @Test func whatIsNotKnownIsSaid() {
    #expect(Self.page(PageCases.named("no-desk")).contains("nothing can be said about sitting"))
    #expect(Self.page(PageCases.named("no-diary")).contains("0 of 28 days"))
    let vague = Self.page(PageCases.named("vague"))
    for words in ["Nothing worrying noted.", ">7–10<", "to 02:10", "all day", "woke 07:10", "hour ?", "3 ranges"] {
      #expect(vague.contains(words), "\(words)")
    }
    let many = Self.page(PageCases.named("many"))
    #expect(many.contains("08:05") && many.contains("<span>+4</span>") && many.contains("19 headaches; yes"))
    #expect(Self.page(PageCases.named("programme")).contains(", prescribed, weeks 1–"))
  }

  /// Rows of seven days begin with the weekday with which the period does.
  @Test func weeksBeginAsThePeriodDoes() throws {
    let text = Self.page(PageCases.named("thursday"))
    let first = try #require(text.split(separator: "abbr=\"").dropFirst().first)
    #expect(first.hasPrefix("Thursday"))
  }

  @Test func numbersToCallAreThoseOfTheRegion() {
    let text = Self.page(Juniper.review, region: "UK")
    #expect(text.contains("Emergency: call 999 now") && text.contains("By phone: 111 (NHS)."))
  }

  // MARK: Words of the person

  @Test func wordsCannotBreakOut() {
    let text = Self.page(PageCases.named("words"))
    #expect(!text.contains("<b>not bold") && text.contains("&lt;b&gt;not bold&lt;/b&gt; &amp; &quot;quoted&quot;"))
    #expect(!text.unicodeScalars.contains { ["\u{202E}", "\u{7}"].contains($0) })
    #expect(text.contains("الجلوس") && text.contains("👩‍👩‍👧‍👦"))
  }

  @Test func wordsStayAtHomeWhereThatIsAskedFor() {
    let text = Self.page(Juniper.review, notes: false)
    #expect(text.contains("left their notes out") && !text.contains("walk round the block"))
    #expect(!text.contains("Is it worth changing the desk"))
  }

  @Test func wordsAreBounded() {
    #expect(PersonsText.fit("one two  three\nfour", atMost: 40) == "one two three four")
    #expect(PersonsText.fit("one two three four", atMost: 13) == "one two…")
    #expect(PersonsText.fit(String(repeating: "x", count: 50), atMost: 10) == String(repeating: "x", count: 9) + "…")
    #expect(PersonsText.fit("日本語日本語", atMost: 7) == "日本…")
    #expect(PersonsText.fit("a\u{202E}b\u{0}c\u{2028}d", atMost: 9) == "abc d")
    #expect(PersonsText.fit("e" + String(repeating: "\u{301}", count: 40), atMost: 9).unicodeScalars.count <= 8)
  }

  @Test func namesAndTextAreEscaped() {
    let piece = HTML("p", ["title": "\"><x y='", "lang": nil]) { "<&>" }
    #expect(piece.written == "<p title=\"&quot;&gt;&lt;x y=&#39;\">&lt;&amp;&gt;</p>")
  }
}
