/// Reads a document from its first byte to its last.
///
/// This file holds the lines of a document; keys, values, strings and the filling of tables are in the extensions.
struct Parser {
  var cursor: Cursor

  /// Starts reading `bytes` if they are UTF-8.
  init(_ bytes: [UInt8]) throws(SyntaxError) {
    cursor = Cursor(bytes)
    guard !bytes.starts(with: [0xEF, 0xBB, 0xBF]) else {
      throw problem("the file begins with a byte order mark: save it as UTF-8 without one")
    }
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      cursor.advance(by: error.byteOffsets.lowerBound)
      let byte = String(cursor.current ?? 0, radix: 16, uppercase: true)
      throw problem("the byte 0x\(byte) is not UTF-8: save the file as UTF-8")
    }
  }

  /// The whole document.
  mutating func document() throws(SyntaxError) -> Table {
    let root = TableBuilder(.header, at: cursor.position, depth: 0)
    var table = root
    while true {
      try skipBlankLines()
      switch cursor.current {
      case nil: return root.finished()
      case .openBracket: table = try header(in: root)
      default: try keyAndValue(into: table)
      }
      try endLine()
    }
  }

  /// A header, from its first bracket to its last: the table that the lines below it fill.
  private mutating func header(in root: TableBuilder) throws(SyntaxError) -> TableBuilder {
    let position = cursor.position
    _ = cursor.skip(.openBracket)
    let isElement = cursor.skip(.openBracket)
    let name = try dottedName()
    guard cursor.skip(.closeBracket), !isElement || cursor.skip(.closeBracket) else {
      let brackets = isElement ? "]]" : "]"
      throw problem("the header is not closed: end it with \(brackets), and put the parts of its name between dots")
    }
    return isElement
      ? try appendTable(name, in: root, at: position)
      : try defineTable(name, in: root, at: position)
  }

  /// A key, the equals sign and a value.
  mutating func keyAndValue(into table: TableBuilder) throws(SyntaxError) {
    let name = try dottedName()
    guard cursor.skip(.equals) else {
      throw problem("expected = after the key \"\(Excerpt(name.last.name))\": write key = value")
    }
    cursor.skipSpaces()
    let owner = try makeRoom(for: name, in: table)
    let node = try value(depth: owner.depth + 1)
    owner.add(name.last, .finished(node))
  }

  /// The rest of a line on which all has been said.
  private mutating func endLine() throws(SyntaxError) {
    cursor.skipSpaces()
    try skipComment()
    guard cursor.isAtEnd || cursor.skipNewline() else {
      throw problem("expected the end of the line: only a comment, which starts with #, may follow here")
    }
  }

  /// Moves to the next thing that is neither space, comment nor the end of a line.
  mutating func skipBlankLines() throws(SyntaxError) {
    repeat {
      cursor.skipSpaces()
      try skipComment()
    } while cursor.skipNewline()
  }

  /// Moves from a `#` to the end of its line.
  private mutating func skipComment() throws(SyntaxError) {
    guard cursor.current == .hash else { return }
    while let byte = cursor.current, !cursor.isAtNewline {
      guard !byte.isForbiddenControl else {
        throw problem("\(controlCharacter(byte)) in a comment: remove it; only tabs are allowed")
      }
      cursor.advance()
    }
  }

  /// How a message names a control character.
  func controlCharacter(_ byte: UInt8) -> String {
    "the control character \(Excerpt.codePoint(Unicode.Scalar(byte)))"
  }

  /// An error at the place now reached.
  func problem(_ message: String) -> SyntaxError {
    SyntaxError(position: cursor.position, message: message)
  }
}
