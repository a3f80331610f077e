extension Parser {
  /// The table of the header `[name]`.
  func defineTable(_ name: DottedName, in root: TableBuilder, at position: Position) throws(SyntaxError) -> TableBuilder
  {
    let parent = try follow(name.path, from: root)
    guard let known = parent[name.last.name] else {
      let table = try newTable(.header, in: parent, for: name.last, at: position)
      parent.add(name.last, .table(table))
      return table
    }
    guard case .table(let table) = known.content, table.origin == .implied else {
      throw taken(name.last, by: known)
    }
    table.define(at: position)
    return table
  }

  /// The next table of the header `[[name]]`.
  func appendTable(_ name: DottedName, in root: TableBuilder, at position: Position) throws(SyntaxError) -> TableBuilder
  {
    let parent = try follow(name.path, from: root)
    // The array stands between the parent and its tables.
    let depth = parent.depth + 2
    guard depth <= TOML.nestingLimit else { throw tooDeep(at: name.last.position) }
    let table = TableBuilder(.header, at: position, depth: depth)
    guard let known = parent[name.last.name] else {
      parent.add(name.last, .tables(TableArrayBuilder(table)))
      return table
    }
    guard case .tables(let tables) = known.content else { throw taken(name.last, by: known) }
    tables.append(table)
    return table
  }

  /// The table in which the last part of a key's `name` will be, after the tables of the other parts have been made and
  /// the last part has been found free.
  func makeRoom(for name: DottedName, in table: TableBuilder) throws(SyntaxError) -> TableBuilder {
    var owner = table
    for part in name.path {
      guard let known = owner[part.name] else {
        let next = try newTable(.dotted, in: owner, for: part, at: part.position)
        owner.add(part, .table(next))
        owner = next
        continue
      }
      guard case .table(let next) = known.content, next.origin != .header else { throw closed(part, by: known) }
      next.addByDottedName()
      owner = next
    }
    if let known = owner[name.last.name] { throw taken(name.last, by: known) }
    return owner
  }

  /// The table at the end of a header's `path`; the tables that do not exist yet are made.
  private func follow(_ path: [KeyPart], from root: TableBuilder) throws(SyntaxError) -> TableBuilder {
    var table = root
    for part in path {
      guard let known = table[part.name] else {
        let next = try newTable(.implied, in: table, for: part, at: part.position)
        table.add(part, .table(next))
        table = next
        continue
      }
      switch known.content {
      case .table(let next): table = next
      case .tables(let tables): table = tables.last
      case .finished: throw closed(part, by: known)
      }
    }
    return table
  }

  private func newTable(
    _ origin: TableBuilder.Origin, in parent: TableBuilder, for key: KeyPart, at position: Position
  ) throws(SyntaxError) -> TableBuilder {
    guard parent.depth < TOML.nestingLimit else { throw tooDeep(at: key.position) }
    return TableBuilder(origin, at: position, depth: parent.depth + 1)
  }

  func tooDeep(at position: Position) -> SyntaxError {
    let message =
      "nested too deeply: at most \(TOML.nestingLimit) tables and arrays may stand inside each other"
    return SyntaxError(position: position, message: message)
  }

  /// The error of a key or header whose place is `known` already.
  private func taken(_ key: KeyPart, by known: TableBuilder.Entry) -> SyntaxError {
    let message =
      "\"\(Excerpt(key.name))\" is already \(kindName(known)), on line \(line(known)): "
      + "give each key once, and each header once"
    return SyntaxError(position: key.position, message: message)
  }

  /// The error of a key or header that would add to what is `known` and cannot grow.
  private func closed(_ key: KeyPart, by known: TableBuilder.Entry) -> SyntaxError {
    let advice =
      switch known.content {
      case .finished(let node):
        if case .table = node.value { "add the key between its braces" } else { "only a table can hold further keys" }
      case .table: "add the key below the header of that table"
      case .tables: "add the key below one of the headers in [[ ]]"
      }
    let message = "\"\(Excerpt(key.name))\" is already \(kindName(known)), on line \(line(known)): \(advice)"
    return SyntaxError(position: key.position, message: message)
  }

  private func kindName(_ entry: TableBuilder.Entry) -> String {
    switch entry.content {
    case .finished(let node): node.kindName
    case .table: "a table"
    case .tables: "an array of tables"
    }
  }

  private func line(_ entry: TableBuilder.Entry) -> Int {
    if case .table(let table) = entry.content { table.position.line } else { entry.position.line }
  }
}
