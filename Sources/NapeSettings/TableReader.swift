import NapeCore
import TOML

/// Reads a table key by key, and keeps all that is wrong with it: whoever wrote the file learns everything at once.
struct TableReader {
  /// What is wrong in one file.
  final class Findings {
    let file: String
    private(set) var diagnostics: [Diagnostic] = []

    init(file: String) { self.file = file }

    func add(_ line: Int, _ key: String, _ what: String, _ allowed: String) {
      diagnostics.append(Diagnostic(file: file, line: line, key: key, what: what, allowed: allowed))
    }

    /// By line, and as they were found within one.
    var inOrder: [Diagnostic] {
      diagnostics.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }.map(\.element)
    }
  }

  private let table: Table
  /// Of the table, for what is missing in it.
  let line: Int
  let findings: Findings

  /// - Parameters:
  ///   - keys: all that the table may hold; others are told at once.
  ///   - place: what the table is, for a key that does not belong there: "a week".
  init(_ table: Table, line: Int, keys: [String], place: String, _ findings: Findings) {
    (self.table, self.line, self.findings) = (table, line, findings)
    for entry in table.entries where !keys.contains(entry.key) {
      let hint = NearestName.find(entry.key, among: keys).map { "did you mean \($0)?" }
      findings.add(
        entry.position.line, ShownText.shown(entry.key), "there is no such key in \(place)",
        hint ?? "one of: \(keys.joined(separator: ", "))")
    }
  }

  func has(_ key: String) -> Bool { table[key] != nil }

  func node(_ key: String) -> Node? { table[key] }

  func line(of key: String) -> Int { table[key]?.position.line ?? line }

  /// Tells that a key is needed and not there.
  func missing(_ key: String, _ allowed: String) { findings.add(line, key, "is missing", allowed) }

  private func wrong(_ node: Node, _ key: String, _ what: String, _ allowed: String) {
    findings.add(node.position.line, key, what, allowed)
  }

  // MARK: Values; `nil` for one that is not there, or is told

  /// Text on one line, without what cannot be seen.
  func text(_ key: String, longest: Int, isNeeded: Bool = false) -> String? {
    guard let node = table[key] else {
      if isNeeded { missing(key, Self.allowedText(longest)) }
      return nil
    }
    return text(node, key, longest)
  }

  private func text(_ node: Node, _ key: String, _ longest: Int) -> String? {
    guard case .string(let text) = node.value else {
      wrong(node, key, "is \(node.kindName)", Self.allowedText(longest))
      return nil
    }
    if let scalar = text.unicodeScalars.first(where: { !ShownText.isVisible($0) }) {
      let code = String(scalar.value, radix: 16, uppercase: true)
      let shown = "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
      wrong(node, key, "holds the control character \(shown)", Self.allowedText(longest))
      return nil
    }
    guard !text.allSatisfy({ $0 == " " }) else {
      wrong(node, key, "is empty", Self.allowedText(longest))
      return nil
    }
    // Characters are cheap to fill with marks; a limit on bytes keeps the promise.
    guard text.count <= longest, text.utf8.count <= 4 * longest else {
      wrong(node, key, "has \(text.count) characters", Self.allowedText(longest))
      return nil
    }
    return text
  }

  func texts(_ key: String, most: Int, longest: Int, isNeeded: Bool = false) -> [String] {
    let allowed = "a list of 1 to \(most) texts, each on one line and of at most \(longest) characters"
    guard let node = table[key] else {
      if isNeeded { missing(key, allowed) }
      return []
    }
    guard case .array(let items) = node.value, !items.isEmpty else {
      wrong(node, key, "is \(node.kindName)\(node.kindName == "an array" ? " without a text" : "")", allowed)
      return []
    }
    if items.count > most { wrong(node, key, "has \(items.count) texts", allowed) }
    return items.prefix(most).compactMap { text($0, key, longest) }
  }

  func integer(_ key: String, in range: ClosedRange<Int>, isNeeded: Bool = false) -> Int? {
    let allowed = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    guard let node = table[key] else {
      if isNeeded { missing(key, allowed) }
      return nil
    }
    guard case .integer(let value) = node.value else {
      wrong(node, key, "is \(node.kindName)", allowed)
      return nil
    }
    guard let number = Int(exactly: value), range.contains(number) else {
      wrong(node, key, "is \(value)", allowed)
      return nil
    }
    return number
  }

  /// `3`, or `"3-5"`.
  func range(_ key: String, within limits: ClosedRange<Int>, _ what: String, _ allowed: String) -> ClosedRange<Int>? {
    guard let node = table[key] else { return nil }
    switch node.value {
    case .integer(let value):
      if let number = Int(exactly: value), limits.contains(number) { return number...number }
    case .string(let text):
      let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
      if ends.count == 2, ends.allSatisfy(limits.contains), ends[0] < ends[1] { return ends[0]...ends[1] }
    default: break
    }
    wrong(node, key, what, allowed)
    return nil
  }

  func flag(_ key: String) -> Bool? {
    guard let node = table[key] else { return nil }
    guard case .boolean(let flag) = node.value else {
      wrong(node, key, "is \(node.kindName)", "true or false")
      return nil
    }
    return flag
  }

  func word<Word: RawRepresentable & CaseIterable>(_ key: String, _: Word.Type) -> Word? where Word.RawValue == String {
    guard let node = table[key] else { return nil }
    return word(node, key)
  }

  private func word<Word: RawRepresentable & CaseIterable>(
    _ node: Node, _ key: String
  ) -> Word? where Word.RawValue == String {
    let allowed = "one of: " + Word.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    guard case .string(let text) = node.value else {
      wrong(node, key, "is \(node.kindName)", allowed)
      return nil
    }
    guard let word = Word(rawValue: text) else {
      wrong(node, key, "is \(ShownText.quoted(text))", allowed)
      return nil
    }
    return word
  }

  func words<Word: RawRepresentable & CaseIterable>(
    _ key: String, _: Word.Type
  ) -> [Word] where Word.RawValue == String {
    guard let node = table[key] else { return [] }
    guard case .array(let items) = node.value else {
      let allowed = "a list of: " + Word.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
      wrong(node, key, "is \(node.kindName)", allowed)
      return []
    }
    return items.compactMap { word($0, key) }
  }

  func dose(_ key: String, isNeeded: Bool = false) -> Dose? {
    guard let node = table[key] else {
      if isNeeded { missing(key, Dose.allowed) }
      return nil
    }
    guard case .string(let text) = node.value else {
      wrong(node, key, "is \(node.kindName)", Dose.allowed)
      return nil
    }
    guard let dose = Dose(text) else {
      wrong(node, key, "\(ShownText.quoted(text)) is no dose", Dose.allowed)
      return nil
    }
    return dose
  }

  /// A date as TOML writes it, or as text.
  func date(_ key: String) -> LocalDate? {
    let allowed = "a date of the calendar such as 2026-11-25"
    guard let node = table[key] else { return nil }
    switch node.value {
    case .dateTime(let text), .string(let text):
      if let date = LocalDate(text) { return date }
      wrong(node, key, "\(ShownText.quoted(text)) is no date", allowed)
    default: wrong(node, key, "is \(node.kindName)", allowed)
    }
    return nil
  }

  /// The tables of a list; what is no table is told.
  func tables(_ key: String, most: Int) -> [(table: Table, line: Int)] {
    guard let node = table[key] else { return [] }
    let allowed = "tables with the header [[\(key)]], \(most) at most"
    guard case .array(let items) = node.value else {
      wrong(node, key, "is \(node.kindName)", allowed)
      return []
    }
    if items.count > most { wrong(node, key, "stands \(items.count) times", allowed) }
    return items.prefix(most).compactMap { item in
      guard case .table(let table) = item.value else {
        wrong(item, key, "is \(item.kindName)", allowed)
        return nil
      }
      return (table, item.position.line)
    }
  }

  // MARK: Words

  private static func allowedText(_ longest: Int) -> String {
    "text in quotes, on one line, 1 to \(longest) characters"
  }
}
