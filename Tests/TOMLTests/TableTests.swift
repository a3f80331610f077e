import TOML
import Testing

/// Keys, headers, and what may add to what.
@Suite struct TableTests {
  @Test(arguments: [
    ("", "{}"), ("\n \t\r\n# comment\n#", "{}"), ("a=1", "{\"a\":i1,}"), ("\t a\t=\t1\t", "{\"a\":i1,}"),
    ("b = 1\na = 2\r\nc = 3", "{\"b\":i1,\"a\":i2,\"c\":i3,}"),
    ("-_9aZ = 1", "{\"-_9aZ\":i1,}"), ("1979-05-27 = 1", "{\"1979-05-27\":i1,}"), ("true = 1", "{\"true\":i1,}"),
    ("\"\" = 1\n'a.b' = 2\n\"\\u0041\" = 3", "{\"\":i1,\"a.b\":i2,\"A\":i3,}"),
    ("a . \"b\" . 'c' = 1", "{\"a\":{\"b\":{\"c\":i1,},},}"), ("3.14 = 1", "{\"3\":{\"14\":i1,},}"),
    ("a.b = 1\nc = 2\na.d = 3", "{\"a\":{\"b\":i1,\"d\":i3,},\"c\":i2,}"),
  ])
  func keys(_ document: String, _ expected: String) {
    #expect(canonical(document) == expected)
  }

  @Test func keysAreComparedByCodePoint() throws {
    let table = try TOML.parse("\"\u{E9}\" = 1\n\"e\u{301}\" = 2")
    guard case .integer(1) = table["\u{E9}"]?.value, case .integer(2) = table["e\u{301}"]?.value else {
      Issue.record("one key for two")
      return
    }
    #expect(table.entries.count == 2)
    #expect(table["e"] == nil)
  }

  @Test(arguments: [
    ("[a]", "{\"a\":{},}"), ("[ a . b ] # comment", "{\"a\":{\"b\":{},},}"),
    ("[a]\nb = 1\n[c]\nb = 2", "{\"a\":{\"b\":i1,},\"c\":{\"b\":i2,},}"),
    ("[a.b]\nx = 1\n[a]\ny = 2", "{\"a\":{\"b\":{\"x\":i1,},\"y\":i2,},}"),
    ("[a.b.c]\n[a]\nb.x = 1\nb.y = 2", "{\"a\":{\"b\":{\"c\":{},\"x\":i1,\"y\":i2,},},}"),
    ("[a]\nb.c = 1\n[a.b.d]", "{\"a\":{\"b\":{\"c\":i1,\"d\":{},},},}"),
    ("[[a]]\nx = 1\n[[a]]\n[[a]]\nx = 3", "{\"a\":[{\"x\":i1,},{},{\"x\":i3,},],}"),
    ("[[a]]\n[a.b]\n[[a.c]]\n[[a]]\n[a.b]\nx = 1", "{\"a\":[{\"b\":{},\"c\":[{},],},{\"b\":{\"x\":i1,},},],}"),
    ("[[a.b]]\n[a]\nx = 1", "{\"a\":{\"b\":[{},],\"x\":i1,},}"),
  ])
  func headers(_ document: String, _ expected: String) {
    #expect(canonical(document) == expected)
  }

  @Test(arguments: [
    ("a = 1\na = 2", 2, 1, "\"a\" is already an integer, on line 1: give each key once, and each header once"),
    ("a = 1\n'a' = 2", 2, 1, "\"a\" is already an integer, on line 1: give each key once, and each header once"),
    ("[a]\n\n[ a]", 3, 3, "\"a\" is already a table, on line 1: give each key once, and each header once"),
    ("[a.b]\n[a]\n[a]", 3, 2, "\"a\" is already a table, on line 2: give each key once, and each header once"),
    ("[a]\nb = 1\n[a.b]", 3, 4, "\"b\" is already an integer, on line 2: give each key once, and each header once"),
    ("[a]\nb.c = 1\n[a.b]", 3, 4, "\"b\" is already a table, on line 2: give each key once, and each header once"),
    (
      "[a.b.c]\n[a]\nb.x = 1\n[a.b]", 4, 4,
      "\"b\" is already a table, on line 1: give each key once, and each header once"
    ),
    ("[[a]]\n[a]", 2, 2, "\"a\" is already an array of tables, on line 1: give each key once, and each header once"),
    ("[a]\n[[a]]", 2, 3, "\"a\" is already a table, on line 1: give each key once, and each header once"),
    ("a = []\n[[a]]", 2, 3, "\"a\" is already an array, on line 1: give each key once, and each header once"),
    ("a.b = 1\na = 2", 2, 1, "\"a\" is already a table, on line 1: give each key once, and each header once"),
    ("a = 1\na.b = 2", 2, 1, "\"a\" is already an integer, on line 1: only a table can hold further keys"),
    ("a = [{}]\n[a.b]", 2, 2, "\"a\" is already an array, on line 1: only a table can hold further keys"),
    ("a = {b = 1}\na.c = 2", 2, 1, "\"a\" is already a table, on line 1: add the key between its braces"),
    ("a = {b = {}}\n[a.b.c]", 2, 2, "\"a\" is already a table, on line 1: add the key between its braces"),
    ("a = {b = {}, b.c = 1}", 1, 14, "\"b\" is already a table, on line 1: add the key between its braces"),
    ("a = {b = 1, b = 2}", 1, 13, "\"b\" is already an integer, on line 1: give each key once, and each header once"),
    ("[a.b]\n[a]\nb.c = 1", 3, 1, "\"b\" is already a table, on line 1: add the key below the header of that table"),
    (
      "[[a.b]]\n[a]\nb.c = 1", 3, 1,
      "\"b\" is already an array of tables, on line 1: add the key below one of the headers in [[ ]]"
    ),
  ])
  func nothingIsDefinedTwice(_ document: String, _ line: Int, _ column: Int, _ message: String) {
    #expect(syntaxError(document) == SyntaxError(position: Position(line: line, column: column), message: message))
  }

  /// Looking keys up one by one in a list would take hours here.
  @Test(.timeLimit(.minutes(1))) func manyKeysTakeLinearTime() throws {
    let keys = 50_000
    let table = try TOML.parse((0..<keys).map { "k\($0) = \($0)\n" }.joined())
    #expect(table.entries.count == keys)
    guard case .integer(Int64(keys - 1)) = table["k\(keys - 1)"]?.value else {
      Issue.record("the last key is lost")
      return
    }
    let headers = try TOML.parse(String(repeating: "[[a.b]]\nx.y = 1\n", count: keys / 5))
    guard case .table(let owner) = headers["a"]?.value, case .array(let tables) = owner["b"]?.value else {
      Issue.record("not an array of tables")
      return
    }
    #expect(tables.count == keys / 5)
  }

  @Test(.timeLimit(.minutes(1))) func longLinesTakeLinearTime() throws {
    let table = try TOML.parse("a = [" + String(repeating: "'é',", count: 50_000) + "]")
    guard case .array(let nodes) = table["a"]?.value else {
      Issue.record("not an array")
      return
    }
    #expect(nodes.last?.position == Position(line: 1, column: 6 + 4 * 49_999))
  }
}
