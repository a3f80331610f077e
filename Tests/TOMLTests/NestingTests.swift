import TOML
import Testing

/// The limit of nesting, in every way to nest. Beyond it there is an error, however far beyond.
@Suite struct NestingTests {
  private static let message = "nested too deeply: at most 64 tables and arrays may stand inside each other"

  /// A document with `depth` tables and arrays inside each other, and the column where the last of them begins.
  struct Nesting: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let document: @Sendable (_ depth: Int) -> String
    let column: Int
    let line: Int
  }

  private static let all = [
    Nesting(
      testDescription: "arrays",
      document: { "a = " + String(repeating: "[", count: $0) + String(repeating: "]", count: $0) },
      column: 5 + 64, line: 1),
    Nesting(
      testDescription: "inline tables",
      document: { "a = " + String(repeating: "{a=", count: $0 - 1) + "{" + String(repeating: "}", count: $0) },
      column: 5 + 3 * 64, line: 1),
    Nesting(testDescription: "dotted key", document: { name($0) + ".a = 1" }, column: 1 + 2 * 65, line: 1),
    Nesting(testDescription: "array under a dotted key", document: { name($0 - 1) + ".a = []" }, column: 133, line: 1),
    Nesting(testDescription: "header", document: { "[" + name($0) + "]" }, column: 2 + 2 * 64, line: 1),
    Nesting(
      testDescription: "header of an array", document: { "[[" + name($0 - 1) + "]]" }, column: 3 + 2 * 63, line: 1),
    Nesting(
      testDescription: "dotted key under a header", document: { "[" + name($0 - 1) + "]\na.a = 1" }, column: 1, line: 2),
    Nesting(
      testDescription: "dotted key in braces", document: { "a = {" + name($0 - 1) + ".a = 1}" }, column: 6 + 2 * 63,
      line: 1),
  ]

  private static func name(_ parts: Int) -> String {
    Array(repeating: "a", count: parts).joined(separator: ".")
  }

  @Test(arguments: all)
  func limit(_ nesting: Nesting) throws {
    #expect(syntaxError(nesting.document(64)) == nil)
    let expected = SyntaxError(
      position: Position(line: nesting.line, column: nesting.column), message: NestingTests.message)
    #expect(syntaxError(nesting.document(65)) == expected)
  }

  @Test(.timeLimit(.minutes(1)), arguments: all)
  func farBeyondTheLimit(_ nesting: Nesting) throws {
    #expect(syntaxError(nesting.document(100_000))?.message == NestingTests.message)
  }

  /// Every header makes the document deeper by its own length; the limit counts from the document.
  @Test func arraysOfTablesInEachOther() {
    let headers = (1...33).map { "[[" + NestingTests.name($0) + "]]\n" }
    #expect(syntaxError(headers.prefix(32).joined()) == nil)
    #expect(
      syntaxError(headers.joined())
        == SyntaxError(position: Position(line: 33, column: 67), message: NestingTests.message))
  }
}
