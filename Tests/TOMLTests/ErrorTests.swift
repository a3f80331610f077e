import TOML
import Testing

/// What is not TOML, where it is, and what is said about it. (Keys that stand twice: TableTests; dates: ValueTests.)
@Suite struct ErrorTests {
  private static let key =
    "expected a key: letters a to z, digits, - and _ may stand without quotes, all else in quotes as in \"my key\""
  private static let value = "expected a value: text in quotes, a number, true, false, a date, [ ] or { }"
  private static let end = "expected the end of the line: only a comment, which starts with #, may follow here"
  private static let escape =
    "a backslash that begins no escape: allowed are \\b \\t \\n \\f \\r \\\" \\\\ \\uXXXX and \\UXXXXXXXX; "
    + "in single quotes a backslash is a backslash"
  private static let digits = "an unfinished escape: \\u needs 4 and \\U needs 8 of the digits 0 to 9 and a to f"
  private static let noCharacter = "an escape for no character: allowed are 0 to D7FF and E000 to 10FFFF"
  private static let oneLineKey =
    "a key cannot be a text of several lines: write it in single or double quotes, once each"
  private static let braces =
    "the table in braces has no end on this line: close it with }, or use a header in [ ] for several lines"

  private static func number(_ text: String) -> String {
    "\(text) is not a number: write for example 42, -7, 1_000, 0.5 or 6.0e23, or put text in quotes"
  }

  private static func prefixed(_ text: String) -> String {
    "\(text) is not a number: 0x goes before the digits 0 to 9 and a to f, 0o before 0 to 7, 0b before 0 and 1; "
      + "_ may stand between two digits"
  }

  private static func zero(_ text: String) -> String {
    "\(text) begins with a needless zero: write the number without it, or put text in quotes"
  }

  private static func range(_ text: String) -> String {
    "\(text) is out of range: integers go from -9223372036854775808 to 9223372036854775807"
  }

  private static func noValue(_ text: String) -> String {
    "\(text) is not a value: text needs quotes, as in \"text\""
  }

  private static func header(_ brackets: String) -> String {
    "the header is not closed: end it with \(brackets), and put the parts of its name between dots"
  }

  private static func control(_ codePoint: String) -> String {
    "the control character \(codePoint) in a"
  }

  @Test(arguments: [
    ("= 1", 1, 1, key), ("é = 1", 1, 1, key), ("\n . = 1", 2, 2, key), ("a. = 1", 1, 4, key), ("a..b = 1", 1, 3, key),
    ("[]", 1, 2, key),
    ("[a.]", 1, 4, key), ("[[]]", 1, 3, key), ("[ [a]]", 1, 3, key), ("\r", 1, 1, key), ("\0", 1, 1, key),
    ("a = {,}", 1, 6, key),
    ("\"\"\"a\"\"\" = 1", 1, 1, oneLineKey), ("a.'''b''' = 1", 1, 3, oneLineKey),
    ("a", 1, 2, "expected = after the key \"a\": write key = value"),
    ("a b = 1", 1, 3, "expected = after the key \"a\": write key = value"),
    ("a.b: 1", 1, 4, "expected = after the key \"b\": write key = value"),
    ("\"a\nb\" = 1", 1, 1, "the text has no end on this line: close it with \", or use \"\"\" for several lines"),
    ("[a", 1, 3, header("]")), ("[a\n]", 1, 3, header("]")), ("[a b]", 1, 4, header("]")),
    ("[a[b]]", 1, 3, header("]")),
    ("[[a]", 1, 5, header("]]")), ("[[a] ]", 1, 5, header("]]")), ("[[a\n]]", 1, 4, header("]]")),
    ("[a] b", 1, 5, end), ("[a]]", 1, 4, end), ("[a] b = 1", 1, 5, end), ("a = 1 b = 2", 1, 7, end),
    ("a = 'b' c", 1, 9, end),
    ("a = 'b''c'", 1, 8, end), ("a = [] 1", 1, 8, end), ("a = 1,", 1, 6, end), ("a = 1\rb = 2", 1, 6, end),
    ("a = ''''''''''", 1, 13, end),
  ])
  func lines(_ document: String, _ line: Int, _ column: Int, _ message: String) {
    #expect(syntaxError(document) == SyntaxError(position: Position(line: line, column: column), message: message))
  }

  @Test(arguments: [
    ("a =", 1, 4, value), ("a = ", 1, 5, value), ("a = # b", 1, 5, value), ("a = \n1", 1, 5, value),
    ("a = ]", 1, 5, value),
    ("a = [,]", 1, 6, value), ("a = [1,,2]", 1, 8, value), ("a = {b = }", 1, 10, value), ("a = {b = , }", 1, 10, value),
    ("a = hello", 1, 5, noValue("hello")), ("a = é#", 1, 5, noValue("é")), ("a = .5", 1, 5, noValue(".5")),
    ("a = _1", 1, 5, noValue("_1")),
    ("a = truefalse", 1, 5, noValue("truefalse")), ("a = infinity", 1, 5, noValue("infinity")),
    ("a = Inf", 1, 5, noValue("Inf")),
    ("a = a\u{7F}\u{202E}b", 1, 5, noValue("aU+007FU+202Eb")),
    ("a = \(String(repeating: "x", count: 100))", 1, 5, noValue(String(repeating: "x", count: 40) + "…")),
    ("a = True", 1, 5, "True is not a value: write true in small letters"),
    ("a = FALSE", 1, 5, "FALSE is not a value: write false in small letters"),
    ("a = 30min", 1, 5, number("30min")), ("a = 1.", 1, 5, number("1.")), ("a = 1.e5", 1, 5, number("1.e5")),
    ("a = 1e", 1, 5, number("1e")),
    ("a = 1e+", 1, 5, number("1e+")), ("a = 1__0", 1, 5, number("1__0")), ("a = 1_", 1, 5, number("1_")),
    ("a = 1_.0", 1, 5, number("1_.0")),
    ("a = 1._0", 1, 5, number("1._0")), ("a = 1.0_", 1, 5, number("1.0_")), ("a = 1e_5", 1, 5, number("1e_5")),
    ("a = 1.2.3", 1, 5, number("1.2.3")),
    ("a = +", 1, 5, number("+")), ("a = -", 1, 5, number("-")), ("a = --1", 1, 5, number("--1")),
    ("a = +a", 1, 5, number("+a")),
    ("a = -infinite", 1, 5, number("-infinite")), ("a = +0x10", 1, 5, number("+0x10")), ("a = 0_1", 1, 5, zero("0_1")),
    ("a = 0X10", 1, 5, number("0X10")),
    ("a = 01", 1, 5, zero("01")), ("a = -007", 1, 5, zero("-007")), ("a = 00.5", 1, 5, zero("00.5")),
    ("a = 03e1", 1, 5, zero("03e1")),
    ("a = 0x", 1, 5, prefixed("0x")), ("a = 0xg", 1, 5, prefixed("0xg")), ("a = 0o8", 1, 5, prefixed("0o8")),
    ("a = 0b2", 1, 5, prefixed("0b2")),
    ("a = 0x_1", 1, 5, prefixed("0x_1")), ("a = 0b1_", 1, 5, prefixed("0b1_")),
    ("a = 9223372036854775808", 1, 5, range("9223372036854775808")),
    ("a = -9223372036854775809", 1, 5, range("-9223372036854775809")),
    ("a = 0xFFFFFFFFFFFFFFFF", 1, 5, range("0xFFFFFFFFFFFFFFFF")),
    ("a = [1 2]", 1, 8, "expected a comma or ]: the values of an array stand between commas, and ] ends it"),
    ("b = 1\na = [1,\n[2\n", 3, 1, "the array has no end: close it with ]"),
    ("a = [1,", 1, 5, "the array has no end: close it with ]"),
    ("a = [", 1, 5, "the array has no end: close it with ]"),
    (
      "a = {b = 1 c = 2}", 1, 12,
      "expected a comma or }: the keys of a table in braces stand between commas, and } ends it"
    ),
    ("a = {b = 1,}", 1, 12, "expected a key: the last value of a table in braces has no comma behind it"),
    ("a = {b = 1\n}", 1, 11, braces), ("a = {\nb = 1}", 1, 6, braces), ("a = {b = 1,\r\nc = 1}", 1, 12, braces),
    ("a = {", 1, 6, braces),
  ])
  func values(_ document: String, _ line: Int, _ column: Int, _ message: String) {
    #expect(syntaxError(document) == SyntaxError(position: Position(line: line, column: column), message: message))
  }

  @Test(arguments: [
    ("a = \"b", 1, 5, "the text has no end on this line: close it with \", or use \"\"\" for several lines"),
    ("a = 'b\r\n'", 1, 5, "the text has no end on this line: close it with ', or use ''' for several lines"),
    ("a = \"b\\\"", 1, 5, "the text has no end on this line: close it with \", or use \"\"\" for several lines"),
    ("\na = \"\"\"b\n\n\"\"", 2, 5, "the text has no end: close it with \"\"\""),
    ("a = '''", 1, 5, "the text has no end: close it with '''"),
    ("a = \"\\d\"", 1, 6, escape), ("a = \"é\\x41\"", 1, 7, escape), ("a = \"\\\n\"", 1, 6, escape),
    ("a = \"\"\"\n \\e\"\"\"", 2, 2, escape),
    ("a = \"\\", 1, 6, escape), ("a = \"\\u12\"", 1, 6, digits), ("a = \"\\U0001F60\"", 1, 6, digits),
    ("a = \"\\u00g0\"", 1, 6, digits),
    ("a = \"\\u", 1, 6, digits), ("a = \"\\uD800\"", 1, 6, noCharacter), ("a = \"\\U00110000\"", 1, 6, noCharacter),
    ("a = \"\\UFFFFFFFF\"", 1, 6, noCharacter),
    ("a = \"\"\"\\ b\"\"\"", 1, 8, "a lone backslash: it may stand at the end of a line, or be written \\\\"),
    ("a = \"b\u{7}\"", 1, 7, control("U+0007") + " text: write \\u0007 instead"),
    ("a = \"\u{7F}\"", 1, 6, control("U+007F") + " text: write \\u007F instead"),
    ("a = \"\rb\"", 1, 6, control("U+000D") + " text: write \\u000D instead"),
    ("a = 'b\u{1F}'", 1, 7, control("U+001F") + " text: only tabs are allowed here"),
    ("a = \"\"\"\n\0\"\"\"", 2, 1, control("U+0000") + " text: write \\u0000 instead"),
    ("a = '''\r'''", 1, 8, control("U+000D") + " text: only tabs are allowed here"),
    ("# é\u{1}", 1, 4, control("U+0001") + " comment: remove it; only tabs are allowed"),
    ("a = 1 #\r", 1, 8, control("U+000D") + " comment: remove it; only tabs are allowed"),
  ])
  func texts(_ document: String, _ line: Int, _ column: Int, _ message: String) {
    #expect(syntaxError(document) == SyntaxError(position: Position(line: line, column: column), message: message))
  }

  @Test(
    arguments: [
      ([0x23, 0x0A, 0x61, 0x20, 0x3D, 0x20, 0x27, 0xC3, 0xA9, 0xE9, 0x27], 2, 7, "E9"),
      ([0x23, 0xFF], 1, 2, "FF"),
      ([0x23, 0x0A, 0xC0, 0x80], 2, 1, "C0"),
      ([0x23, 0xED, 0xA0, 0x80], 1, 2, "ED"),
      ([0x23, 0xE2, 0x82], 1, 2, "E2"),
      ([0x80], 1, 1, "80"),
    ] as [([UInt8], Int, Int, String)])
  func bytesThatAreNotUTF8(_ document: [UInt8], _ line: Int, _ column: Int, _ byte: String) {
    let message = "the byte 0x\(byte) is not UTF-8: save the file as UTF-8"
    #expect(syntaxError(document) == SyntaxError(position: Position(line: line, column: column), message: message))
  }

  @Test func byteOrderMark() {
    let message = "the file begins with a byte order mark: save it as UTF-8 without one"
    #expect(syntaxError("\u{FEFF}a = 1") == SyntaxError(position: Position(line: 1, column: 1), message: message))
    #expect(syntaxError("a = 1\n\u{FEFF}")?.position == Position(line: 2, column: 1))
  }
}
