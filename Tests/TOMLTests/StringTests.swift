import TOML
import Testing

/// The four kinds of text.
@Suite struct StringTests {
  @Test(arguments: [
    (#""""#, ""), (#"''"#, ""), (#""a 'b' c""#, "a 'b' c"), (#"'a "b" \c'"#, #"a "b" \c"#), ("\"\t\"", "\t"),
    ("'\t'", "\t"),
    (#""\b\t\n\f\r\"\\""#, "\u{8}\t\n\u{C}\r\"\\"),
    (#""\u00e9\U0001F600\u0000\uD7FF\uE000\U0010FFFF""#, "é😀\0\u{D7FF}\u{E000}\u{10FFFF}"),
    ("\"# no comment\"", "# no comment"), ("\"é😀\"", "é😀"),
  ])
  func oneLine(_ text: String, _ expected: String) throws {
    try expect("a = \(text) # comment", gives: expected)
  }

  @Test(arguments: [
    ("\"\"\"\"\"\"", ""), ("''''''", ""), ("\"\"\"a\nb\"\"\"", "a\nb"), ("\"\"\"\na\r\nb\n\"\"\"", "a\nb\n"),
    ("'''\r\na\r\n\nb'''", "a\n\nb"), ("\"\"\"\n\n\"\"\"", "\n"), ("\"\"\"a\"b\"\"c\"\"\"", "a\"b\"\"c"),
    ("\"\"\"\"a\"\"\"\"", "\"a\""), ("\"\"\"\"\"a\"\"\"\"\"", "\"\"a\"\""), ("'''''a'''''", "''a''"),
    ("'''a\\\nb'''", "a\\\nb"),
    ("\"\"\"\"\"\"\"", "\""), ("\"\"\"\"\"\"\"\"", "\"\""), ("\"\"\"a \\\n \t\n\r\n  b\"\"\"", "a b"),
    ("\"\"\"\\ \t\r\n\"\"\"", ""),
    ("\"\"\"\\\n\"\"\"", ""), ("\"\"\"a\\\"\"\"\"", "a\""), ("\"\"\"\\t\\u0041\"\"\"", "\tA"), ("'''#'''", "#"),
  ])
  func manyLines(_ text: String, _ expected: String) throws {
    try expect("a = \(text) # comment", gives: expected)
  }

  /// Compares code points: Swift's own equality would not tell a composed letter from a decomposed one.
  private func expect(_ document: String, gives expected: String) throws {
    guard case .string(let string) = try TOML.parse(document)["a"]?.value else {
      Issue.record("not a string")
      return
    }
    #expect(Array(string.unicodeScalars) == Array(expected.unicodeScalars))
  }
}
