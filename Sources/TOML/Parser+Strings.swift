extension Parser {
  /// A text in single or double quotes, on one line.
  mutating func string(_ quote: UInt8) throws(SyntaxError) -> String {
    let opening = cursor.position
    cursor.advance()
    var text: [UInt8] = []
    while let byte = cursor.current, !cursor.isAtNewline {
      if byte == quote {
        cursor.advance()
        return String(decoding: text, as: UTF8.self)
      }
      if byte == .backslash && quote == .quote {
        try escape(into: &text)
      } else {
        try plainCharacter(byte, quote, into: &text)
      }
    }
    let sign = quote == .quote ? "\"" : "'"
    throw SyntaxError(
      position: opening,
      message: "the text has no end on this line: close it with \(sign), or use \(sign)\(sign)\(sign) for several lines"
    )
  }

  /// A text in three single or double quotes, which may stand on many lines.
  mutating func multilineString(_ quote: UInt8) throws(SyntaxError) -> String {
    let opening = cursor.position
    cursor.advance(by: 3)
    // The end of a line right behind the quotes is not a part of the text.
    _ = cursor.skipNewline()
    var text: [UInt8] = []
    while let byte = cursor.current {
      if cursor.isAtTriple(quote) {
        cursor.advance(by: 3)
        // Up to two quotes may stand before the three that end the text.
        for _ in 0..<2 where cursor.skip(quote) { text.append(quote) }
        return String(decoding: text, as: UTF8.self)
      }
      if cursor.skipNewline() {
        text.append(.lineFeed)
      } else if byte == .backslash && quote == .quote {
        if try !skipLineContinuation() { try escape(into: &text) }
      } else {
        try plainCharacter(byte, quote, into: &text)
      }
    }
    let sign = quote == .quote ? "\"\"\"" : "'''"
    throw SyntaxError(position: opening, message: "the text has no end: close it with \(sign)")
  }

  private mutating func plainCharacter(_ byte: UInt8, _ quote: UInt8, into text: inout [UInt8]) throws(SyntaxError) {
    guard !byte.isForbiddenControl else {
      let hex = String(byte, radix: 16, uppercase: true)
      let advice =
        quote == .quote ? "write \\u\(hex.count < 2 ? "000" : "00")\(hex) instead" : "only tabs are allowed here"
      throw problem("\(controlCharacter(byte)) in a text: \(advice)")
    }
    text.append(byte)
    cursor.advance()
  }

  /// Moves from a backslash at the end of a line to the next character that is neither space nor the end of a line.
  /// False, without moving, if the backslash is not the last on its line.
  private mutating func skipLineContinuation() throws(SyntaxError) -> Bool {
    guard let next = cursor.peek(1), [.space, .tab, .lineFeed, .carriageReturn].contains(next) else { return false }
    let backslash = cursor.position
    cursor.advance()
    cursor.skipSpaces()
    guard cursor.skipNewline() else {
      throw SyntaxError(
        position: backslash, message: "a lone backslash: it may stand at the end of a line, or be written \\\\")
    }
    repeat { cursor.skipSpaces() } while cursor.skipNewline()
    return true
  }

  /// A backslash and what it stands for.
  private mutating func escape(into text: inout [UInt8]) throws(SyntaxError) {
    let backslash = cursor.position
    cursor.advance()
    switch cursor.current {
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "t"): text.append(.tab)
    case UInt8(ascii: "n"): text.append(.lineFeed)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "r"): text.append(.carriageReturn)
    case UInt8.quote: text.append(.quote)
    case UInt8.backslash: text.append(.backslash)
    case UInt8(ascii: "u"):
      text += try codePoint(digits: 4, after: backslash)
      return
    case UInt8(ascii: "U"):
      text += try codePoint(digits: 8, after: backslash)
      return
    default:
      throw SyntaxError(
        position: backslash,
        message:
          "a backslash that begins no escape: allowed are \\b \\t \\n \\f \\r \\\" \\\\ \\uXXXX and \\UXXXXXXXX; "
          + "in single quotes a backslash is a backslash")
    }
    cursor.advance()
  }

  /// The UTF-8 of the character that `digits` hexadecimal digits behind the letter here stand for.
  private mutating func codePoint(digits: Int, after backslash: Position) throws(SyntaxError) -> String.UTF8View {
    cursor.advance()
    var number: UInt32 = 0
    for _ in 0..<digits {
      guard let value = cursor.current?.hexadecimalValue else {
        throw SyntaxError(
          position: backslash,
          message: "an unfinished escape: \\u needs 4 and \\U needs 8 of the digits 0 to 9 and a to f")
      }
      number = number << 4 | UInt32(value)
      cursor.advance()
    }
    guard let scalar = Unicode.Scalar(number) else {
      throw SyntaxError(
        position: backslash,
        message: "an escape for no character: allowed are 0 to D7FF and E000 to 10FFFF")
    }
    return String(scalar).utf8
  }
}
