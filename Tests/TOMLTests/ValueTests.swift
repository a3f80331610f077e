import TOML
import Testing

/// Values without quotes, arrays, and inline tables.
@Suite struct ValueTests {
  @Test(arguments: [
    ("0", 0), ("+0", 0), ("-0", 0), ("42", 42), ("-17", -17), ("+99", 99), ("1_000_000", 1_000_000),
    ("0xDEAD_beef", 0xDEAD_BEEF), ("0o755", 0o755), ("0b1101", 13), ("0x00", 0),
    ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min), ("0x7fffffffffffffff", Int64.max),
  ])
  func integers(_ text: String, _ number: Int64) {
    #expect(canonical("a = \(text)") == "{\"a\":i\(number),}")
  }

  @Test(arguments: [
    ("1.0", 1.0), ("-0.01", -0.01), ("+3.5", 3.5), ("5e+22", 5e22), ("1e06", 1e6), ("-2E-2", -0.02),
    ("6.626e-34", 6.626e-34),
    ("224_617.445_991", 224_617.445991), ("0e0", 0), ("0.1", 0.1), ("1e999", .infinity), ("-1e999", -.infinity),
    ("1e-999", 0), ("inf", .infinity), ("+inf", .infinity), ("-inf", -.infinity),
  ])
  func floats(_ text: String, _ number: Double) throws {
    guard case .float(let float) = try TOML.parse("a = \(text)")["a"]?.value else {
      Issue.record("not a float")
      return
    }
    #expect(float == number)
  }

  @Test func negativeZeroKeepsItsSign() throws {
    guard case .float(let float) = try TOML.parse("a = -0.0")["a"]?.value else {
      Issue.record("not a float")
      return
    }
    #expect(float.sign == .minus)
  }

  @Test(arguments: ["nan", "+nan", "-nan"])
  func notANumber(_ text: String) {
    #expect(canonical("a = \(text)") == "{\"a\":nan,}")
  }

  @Test func booleans() {
    #expect(canonical("a = true\nb = false") == "{\"a\":true,\"b\":false,}")
  }

  @Test(arguments: [
    "1979-05-27T07:32:00Z", "1979-05-27t07:32:00z", "1979-05-27 07:32:00", "1979-05-27T00:32:00.999999-07:00",
    "1979-05-27 00:32:00.1234567890+23:59", "1979-05-27", "07:32:00", "00:00:00.0", "23:59:59", "2000-02-29",
    "2024-02-29", "0001-01-01", "9999-12-31",
  ])
  func datesAndTimesKeepTheirSpelling(_ text: String) throws {
    for document in ["a = \(text)", "a = \(text) # comment", "a = \(text)\t\r\n"] {
      guard case .dateTime(let dateTime) = try TOML.parse(document)["a"]?.value else {
        Issue.record("not a date or time")
        return
      }
      #expect(dateTime == text)
    }
    guard case .array(let nodes) = try TOML.parse("a = [\(text), \(text) ]")["a"]?.value else {
      Issue.record("not an array")
      return
    }
    #expect(nodes.count == 2)
  }

  @Test(arguments: [
    "1900-02-29", "2023-02-29", "2023-04-31", "2023-13-01", "2023-00-01", "2023-01-00", "0000-01-01", "24:00:00",
    "23:60:00",
    "23:59:60", "07:32", "7:32:00", "07:32:00.", "07:32:00Z", "1979-05-27T", "1979-05-27T07:32",
    "1979-05-27T07:32:00+24:00",
    "1979-05-27T07:32:00+07:60", "1979-05-27T07:32:00+0700", "1979-05-27T07:32:00ZZ", "1979-05-27Z", "79-05-27",
    "1979-05-27 7:32:00", "1979-05-27_07:32:00", "1979-5-27", "10:00-12:00",
  ])
  func wrongDatesAndTimes(_ text: String) {
    let error = syntaxError("\na = \(text)")
    #expect(error?.position == Position(line: 2, column: 5))
    #expect(
      error?.message == "\(text) is not a date or time: write 2026-03-02, 09:30:00, 2026-03-02T09:30:00 or "
        + "2026-03-02T09:30:00+01:00, or put text in quotes")
  }

  @Test(arguments: [
    ("[]", "[]"), ("[ ]", "[]"), ("[1,2]", "[i1,i2,]"), ("[ 1 , 2 , ]", "[i1,i2,]"), ("[[1],[]]", "[[i1,],[],]"),
    ("[\n # one\n 1 # two\n\n,\r\n 2 # three ]\n, # four\n]", "[i1,i2,]"), ("[1, \"a\", {}]", "[i1,\"a\",{},]"),
  ])
  func arrays(_ text: String, _ expected: String) {
    #expect(canonical("a = \(text)") == "{\"a\":\(expected),}")
  }

  @Test(arguments: [
    ("{}", "{}"), ("{ \t }", "{}"), ("{b=1,c=2}", "{\"b\":i1,\"c\":i2,}"),
    ("{ b.c = 1, b.d = 2 }", "{\"b\":{\"c\":i1,\"d\":i2,},}"),
    ("{b = [\n1\n]}", "{\"b\":[i1,],}"), ("{b = {c = {}}}", "{\"b\":{\"c\":{},},}"),
    ("{b = \"\"\"\n}\"\"\"}", "{\"b\":\"}\",}"),
  ])
  func inlineTables(_ text: String, _ expected: String) {
    #expect(canonical("a = \(text)") == "{\"a\":\(expected),}")
  }

  @Test func kindsHaveNames() throws {
    let table = try TOML.parse("a = ''\nb = 1\nc = 1.0\nd = true\ne = 07:00:00\nf = []\ng = {}\n[h]\n[[i]]")
    #expect(
      table.entries.map(\.node.kindName) == [
        "a string", "an integer", "a float", "a boolean", "a date or time", "an array", "a table", "a table",
        "an array",
      ])
  }
}
