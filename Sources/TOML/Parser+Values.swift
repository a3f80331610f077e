extension Parser {
  /// The value that begins here, around which there are `depth - 1` tables and arrays and the document.
  mutating func value(depth: Int) throws(SyntaxError) -> Node {
    let position = cursor.position
    let value: Node.Value
    switch cursor.current {
    case UInt8.quote?:
      value = .string(try cursor.isAtTriple(.quote) ? multilineString(.quote) : string(.quote))
    case UInt8.apostrophe?:
      value = .string(try cursor.isAtTriple(.apostrophe) ? multilineString(.apostrophe) : string(.apostrophe))
    case UInt8.openBracket?:
      value = .array(try array(depth: depth))
    case UInt8.openBrace?:
      value = .table(try inlineTable(depth: depth))
    default:
      value = try word()
    }
    return Node(value: value, position: position)
  }

  /// An array in brackets, which may stand on many lines.
  private mutating func array(depth: Int) throws(SyntaxError) -> [Node] {
    guard depth <= TOML.nestingLimit else { throw tooDeep(at: cursor.position) }
    let opening = cursor.position
    _ = cursor.skip(.openBracket)
    var nodes: [Node] = []
    try skipBlankLines()
    while !cursor.skip(.closeBracket) {
      guard !cursor.isAtEnd else { throw unclosed(opening) }
      nodes.append(try value(depth: depth + 1))
      try skipBlankLines()
      guard cursor.current != .closeBracket else { continue }
      guard !cursor.isAtEnd else { throw unclosed(opening) }
      guard cursor.skip(.comma) else {
        throw problem("expected a comma or ]: the values of an array stand between commas, and ] ends it")
      }
      try skipBlankLines()
    }
    return nodes
  }

  private func unclosed(_ opening: Position) -> SyntaxError {
    SyntaxError(position: opening, message: "the array has no end: close it with ]")
  }

  /// A table in braces, which stands on one line.
  private mutating func inlineTable(depth: Int) throws(SyntaxError) -> Table {
    guard depth <= TOML.nestingLimit else { throw tooDeep(at: cursor.position) }
    let table = TableBuilder(.header, at: cursor.position, depth: depth)
    _ = cursor.skip(.openBrace)
    cursor.skipSpaces()
    guard !cursor.skip(.closeBrace) else { return table.finished() }
    while true {
      cursor.skipSpaces()
      guard !cursor.isAtEnd, !cursor.isAtNewline else { throw notOnOneLine() }
      guard cursor.current != .closeBrace else {
        throw problem("expected a key: the last value of a table in braces has no comma behind it")
      }
      try keyAndValue(into: table)
      cursor.skipSpaces()
      guard !cursor.skip(.closeBrace) else { return table.finished() }
      guard !cursor.isAtEnd, !cursor.isAtNewline else { throw notOnOneLine() }
      guard cursor.skip(.comma) else {
        throw problem("expected a comma or }: the keys of a table in braces stand between commas, and } ends it")
      }
    }
  }

  private func notOnOneLine() -> SyntaxError {
    problem("the table in braces has no end on this line: close it with }, or use a header in [ ] for several lines")
  }

  /// A value without quotes, brackets or braces: a number, `true`, `false`, a date or a time.
  private mutating func word() throws(SyntaxError) -> Node.Value {
    let position = cursor.position
    let start = cursor.offset
    skipWord()
    // A space may stand for the T between a date and a time.
    if DateTimeText.mayBeDate(cursor.bytes(since: start)), cursor.current == .space,
      let next = cursor.peek(1), next.isDecimalDigit
    {
      cursor.advance()
      skipWord()
    }
    do throws(Complaint) {
      return try WordValue.value(of: cursor.bytes(since: start))
    } catch {
      throw SyntaxError(position: position, message: error.message)
    }
  }

  private mutating func skipWord() {
    while let byte = cursor.current, !byte.endsWord { cursor.advance() }
  }
}
