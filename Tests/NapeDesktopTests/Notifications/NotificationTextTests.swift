import Testing

@testable import NapeDesktop

@Suite struct NotificationTextTests {
  @Test(arguments: [
    ("plain", "plain"), ("two\nlines", "two\nlines"), ("a\r\nb", "a\nb"), ("a\u{0}b\u{7}\u{1B}[31mc", "ab[31mc"),
    ("a\tb", "a b"), ("a\u{2028}b", "a\nb"), ("e\u{301}👩‍💻", "e\u{301}👩‍💻"), ("\u{85}\u{9B}x", "x"), ("", ""),
  ])
  func controlCharactersAreLeftOut(_ text: String, _ cleaned: String) {
    #expect(NotificationText.body(text) == cleaned)
  }

  @Test func aTitleIsOneLine() { #expect(NotificationText.title("a\nb") == "a b") }

  @Test func wholeWordsAreLeftOfWhatIsTooLong() {
    let text = NotificationText.body(String(repeating: "seven77 ", count: 60))
    #expect(text.count <= NotificationText.longestBody)
    #expect(text.hasSuffix("seven77…"))
    #expect(NotificationText.body(String(repeating: "x", count: 1000)).count == NotificationText.longestBody)
    let just = String(repeating: "y", count: NotificationText.longestBody)
    #expect(NotificationText.body(just) == just)
  }

  @Test func markupIsShownAsItStands() {
    #expect(NotificationText.escaped("<b>R&D</b>") == "&lt;b&gt;R&amp;D&lt;/b&gt;")
  }
}
