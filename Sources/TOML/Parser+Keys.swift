extension Parser {
  /// A name with the spaces around it and around its dots.
  mutating func dottedName() throws(SyntaxError) -> DottedName {
    cursor.skipSpaces()
    var name = DottedName(try keyPart())
    cursor.skipSpaces()
    while cursor.skip(.dot) {
      cursor.skipSpaces()
      let part = try keyPart()
      guard name.path.count < TOML.nestingLimit else { throw tooDeep(at: part.position) }
      name.append(part)
      cursor.skipSpaces()
    }
    return name
  }

  /// A name between dots, with or without quotes.
  private mutating func keyPart() throws(SyntaxError) -> KeyPart {
    let position = cursor.position
    if let quote = cursor.current, quote == .quote || quote == .apostrophe {
      guard !cursor.isAtTriple(quote) else {
        throw problem("a key cannot be a text of several lines: write it in single or double quotes, once each")
      }
      return KeyPart(name: try string(quote), position: position)
    }
    let start = cursor.offset
    while let byte = cursor.current, byte.isBareKeyCharacter { cursor.advance() }
    let name = cursor.bytes(since: start)
    guard !name.isEmpty else {
      throw problem(
        "expected a key: letters a to z, digits, - and _ may stand without quotes, all else in quotes as in \"my key\"")
    }
    return KeyPart(name: String(decoding: name, as: UTF8.self), position: position)
  }
}
