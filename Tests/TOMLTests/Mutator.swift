/// Makes documents that are almost TOML, or TOML in unusual ways: the same ones for the same seed.
struct Mutator {
  private var random: SplitMix64

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
  }

  /// The next document.
  ///
  /// Three of four are seed documents with a few mutations. The fourth is a random order of headers and keys with few
  /// names, which tries the rules on what may be defined twice.
  mutating func document() -> [UInt8] {
    guard pick(4) > 0 else { return statements() }
    var document = seed()
    for _ in 0...pick(3) { mutate(&document) }
    return document
  }

  private mutating func mutate(_ document: inout [UInt8]) {
    let place = pick(document.count + 1)
    switch pick(10) {
    case 0 where place < document.count: document[place] ^= 1 << UInt8(pick(8))
    case 1 where place < document.count: document[place] = UInt8(pick(256))
    case 2: document.removeSubrange(place..<min(document.count, place + 1 + pick(6)))
    case 3:
      let other = seed()
      let start = pick(other.count + 1)
      document.insert(contentsOf: other[start..<min(other.count, start + pick(30))], at: place)
    case 4:
      let other = seed()
      document.replaceSubrange(place..., with: other[pick(other.count + 1)...])
    case 5, 6: mutateLines(of: &document)
    default: document.insert(contentsOf: snippet().utf8, at: place)
    }
  }

  private mutating func mutateLines(of document: inout [UInt8]) {
    var lines = document.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let line = pick(lines.count)
    switch pick(4) {
    case 0: lines.remove(at: line)
    case 1: lines.swapAt(line, pick(lines.count))
    default: lines.insert(lines[line], at: pick(lines.count + 1))
    }
    document = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }

  private mutating func statements() -> [UInt8] {
    var text = ""
    for _ in 0...pick(6) {
      switch pick(6) {
      case 0, 1: text += "[\(name())]\n"
      case 2: text += "[[\(name())]]\n"
      case 3, 4: text += "\(name()) = \(pick(3))\n"
      default: text += "\(name()) = \(value(depth: 0))\n"
      }
    }
    return Array(text.utf8)
  }

  private mutating func name() -> String {
    (0...pick(3)).map { _ in ["a", "b", "c"][pick(3)] }.joined(separator: ".")
  }

  private mutating func value(depth: Int) -> String {
    switch depth < 3 ? pick(4) : 3 {
    case 0: return "[" + (0..<pick(3)).map { _ in value(depth: depth + 1) }.joined(separator: ", ") + "]"
    case 1, 2:
      return "{" + (0..<pick(4)).map { _ in "\(name()) = \(value(depth: depth + 1))" }.joined(separator: ", ") + "}"
    default: return "\(pick(10))"
    }
  }

  private mutating func pick(_ count: Int) -> Int {
    Int.random(in: 0..<count, using: &random)
  }

  private mutating func seed() -> [UInt8] {
    SeedDocuments.all[pick(SeedDocuments.all.count)]
  }

  private mutating func snippet() -> String {
    Mutator.snippets[pick(Mutator.snippets.count)]
  }

  private static let snippets = [
    "[", "]", "[[", "]]", "{", "}", "=", ".", ",", "#", "\"", "'", "\"\"\"", "'''", "\\", "\n", "\r\n", "\r", " ", "\t",
    "_",
    "+", "-", "0", "1", "e", "E", "x", "0x", "0o", "0b", "inf", "nan", "true", "false", ":", "T", "Z", "z", "t", "\0",
    "\u{7F}",
    "\u{1}", "\u{B}", "\u{FEFF}", "\u{2028}", "é", "e\u{301}", "😀", "\\u", "\\u00", "\\ud800", "\\U00110000", "\\x41",
    "\\e",
    "\\\n", "\\ \n", "\\\r\n", "\"\"", "''", "\"\"\"\"", "''''", "a", "a = 1\n", "[a]\n", "[[a]]\n", "a.b", " = ", "{}",
    "[]",
    "{a = 1}", "[1, 2]", "1979-05-27", "07:32:00", "1979-05-27T07:32:00", "1979-05-27 07:32:00Z", "24:00:00",
    "23:59:60",
    "2023-02-29", "1900-02-29", "2000-02-29", "2000-02-30", "0000-01-01", "0001-01-01", "9999-12-31", "+07:00",
    "-24:00", "-00:00", ".5", "5.",
    "1_0",
    "1__0", "_1", "00", "01", "+0", "-0", "1e5", "1e999", "-1e-999", "1.5e+3", "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809", "0xFFFFFFFFFFFFFFFF", "[[[[", "]]]]", "\n[x.y]\n", "\nx.y = 1\n", "\"\\\"\"", "# c\n",
    "# c", ",\n",
    "4.9406564584124654e-324", "1.7976931348623159e308", "2.2250738585072011e-308",
    "0.1000000000000000055511151231257827",
    "9007199254740993.0", "123456789012345678901234567890.5", "1e-400", "8.5e0_1", "-.1", "+1.0_0",
  ]
}
