/// An array of tables that is still being read: every `[[name]]` header adds one.
final class TableArrayBuilder {
  private let position: Position

  private var tables: [TableBuilder] = []

  /// The table that headers and keys now add to. There is always one.
  private(set) var last: TableBuilder

  init(_ first: TableBuilder) {
    position = first.position
    tables = [first]
    last = first
  }

  func append(_ table: TableBuilder) {
    tables.append(table)
    last = table
  }

  func finished() -> Node {
    let nodes = tables.map { Node(value: .table($0.finished()), position: $0.position) }
    return Node(value: .array(nodes), position: position)
  }
}
