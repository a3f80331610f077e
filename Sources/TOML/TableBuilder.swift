/// A table that is still being read: a document may add to it in many places.
///
/// What can no longer grow (a number, an inline table, an array in brackets) is a finished `Node` in it: the rule that
/// inline tables and arrays are closed needs no bookkeeping.
final class TableBuilder {
  /// By what a table came to be, which decides what may still add to it.
  enum Origin {
    /// As a part of a longer header: `[a.b]` implies `a`. It may yet get its own header, or keys by dotted names.
    case implied
    /// By its own header (or as the document, or as an inline table). It gets keys under that header only.
    case header
    /// By a dotted name: `a.b = 1` makes `a`. It gets keys by dotted names only.
    case dotted
  }

  /// What stands for a key.
  enum Content {
    case finished(Node)
    case table(TableBuilder)
    case tables(TableArrayBuilder)
  }

  struct Entry {
    let key: String
    let position: Position
    let content: Content
  }

  private(set) var origin: Origin
  private(set) var position: Position

  /// How many tables and arrays are around this one.
  let depth: Int

  private var entries: [Entry] = []
  private var offsets: [ExactKey: Int] = [:]

  init(_ origin: Origin, at position: Position, depth: Int) {
    self.origin = origin
    self.position = position
    self.depth = depth
  }

  subscript(_ key: String) -> Entry? {
    offsets[ExactKey(key)].map { entries[$0] }
  }

  /// Adds `key`, which must not be in the table yet.
  func add(_ key: KeyPart, _ content: Content) {
    offsets[ExactKey(key.name)] = entries.count
    entries.append(Entry(key: key.name, position: key.position, content: content))
  }

  /// Makes an implied table one with its own header at `position`.
  func define(at position: Position) {
    origin = .header
    self.position = position
  }

  /// Makes an implied table one that dotted names have added to.
  func addByDottedName() {
    origin = .dotted
  }

  /// The table as a value. The depth of the recursion is the depth of the tables, which the parser limits.
  func finished() -> Table {
    let entries = entries.map { entry in
      let node =
        switch entry.content {
        case .finished(let node): node
        case .table(let table): Node(value: .table(table.finished()), position: table.position)
        case .tables(let tables): tables.finished()
        }
      return Table.Entry(key: entry.key, position: entry.position, node: node)
    }
    return Table(entries: entries, offsets: offsets)
  }
}
