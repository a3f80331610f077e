import TOML

/// The lines of a document, to check that positions point at what they claim to point at.
struct Landmarks {
  private let lines: [[Unicode.Scalar]]

  init(_ document: [UInt8]) {
    lines = document.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { Array(String(decoding: $0, as: UTF8.self).unicodeScalars) }
  }

  /// What is wrong with the position of `error`, if anything.
  func misplaced(_ error: SyntaxError) -> String? {
    let (line, column) = (error.position.line, error.position.column)
    let isInside = (1...lines.count).contains(line) && (1...lines[line - 1].count + 1).contains(column)
    return isInside ? nil : "outside of the document: \(error)"
  }

  /// What is wrong with a position in `table`, if anything.
  func misplaced(in table: Table) -> String? {
    for entry in table.entries {
      let here = text(at: entry.position)
      guard here.starts(with: entry.key.unicodeScalars) || here.first == "\"" || here.first == "'" else {
        return "no key \(entry.key) at \(entry.position)"
      }
      if let misplaced = misplaced(entry.node) { return misplaced }
    }
    return nil
  }

  private func misplaced(_ node: Node) -> String? {
    let here = text(at: node.position)
    let isFound: Bool
    switch node.value {
    case .string: isFound = here.first == "\"" || here.first == "'"
    case .integer: isFound = here.first.map("+-0123456789".unicodeScalars.contains) ?? false
    case .float: isFound = here.first.map("+-0123456789in".unicodeScalars.contains) ?? false
    case .boolean(let boolean): isFound = here.starts(with: "\(boolean)".unicodeScalars)
    case .dateTime(let dateTime): isFound = here.starts(with: dateTime.unicodeScalars)
    case .array(let nodes):
      isFound = here.first == "["
      for node in nodes {
        if let misplaced = misplaced(node) { return misplaced }
      }
    case .table(let table):
      // An inline table, a header, or a part of a longer name.
      isFound =
        here.first.map { "{[\"'-_".unicodeScalars.contains($0) || $0.properties.isAlphabetic || $0.isDigit } ?? false
      if let misplaced = misplaced(in: table) { return misplaced }
    }
    return isFound ? nil : "not \(node.kindName) at \(node.position)"
  }

  private func text(at position: Position) -> ArraySlice<Unicode.Scalar> {
    guard (1...lines.count).contains(position.line) else { return [] }
    return lines[position.line - 1].dropFirst(position.column - 1)
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool {
    "0" <= self && self <= "9"
  }
}
