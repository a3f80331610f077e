import TOML
import Testing

/// Where keys and values are said to stand.
@Suite struct PositionTests {
  @Test(arguments: [
    ("a = 1", ["a 1:1", "a= 1:5"]),
    ("\n  a\t=  'x'\n\"b\"=2", ["a 2:3", "a= 2:8", "b 3:1", "b= 3:5"]),
    ("a = 1\r\nb = 2\r\n", ["a 1:1", "a= 1:5", "b 2:1", "b= 2:5"]),
    ("'é😀' = 'é' # é\nb = 1", ["é😀 1:1", "é😀= 1:8", "b 2:1", "b= 2:5"]),
    ("a = '''\n\né'''\nb = 1", ["a 1:1", "a= 1:5", "b 4:1", "b= 4:5"]),
    ("a = [1,\n 2, 'é', [ ]]", ["a 1:1", "a= 1:5", "a[0]= 1:6", "a[1]= 2:2", "a[2]= 2:5", "a[3]= 2:10"]),
    (
      "a = { b = 1, c.d = 2 }",
      ["a 1:1", "a= 1:5", "a.b 1:7", "a.b= 1:11", "a.c 1:14", "a.c= 1:14", "a.c.d 1:16", "a.c.d= 1:20"]
    ),
    ("a . b = 1", ["a 1:1", "a= 1:1", "a.b 1:5", "a.b= 1:9"]),
    (" [ a . b ]\nc = 1", ["a 1:4", "a= 1:4", "a.b 1:8", "a.b= 1:2", "a.b.c 2:1", "a.b.c= 2:5"]),
    ("[a.b]\n[a]", ["a 1:2", "a= 2:1", "a.b 1:4", "a.b= 1:1"]),
    ("\n[[a]]\nb=1\n [[a]]", ["a 2:3", "a= 2:1", "a[0]= 2:1", "a[0].b 3:1", "a[0].b= 3:3", "a[1]= 4:2"]),
  ])
  func positions(_ document: String, _ expected: [String]) throws {
    #expect(list(try TOML.parse(document), under: "") == expected)
  }

  private func list(_ table: Table, under path: String) -> [String] {
    table.entries.flatMap { entry in
      let name = path.isEmpty ? entry.key : "\(path).\(entry.key)"
      return ["\(name) \(entry.position.line):\(entry.position.column)"] + list(entry.node, at: name)
    }
  }

  private func list(_ node: Node, at path: String) -> [String] {
    let own = "\(path)= \(node.position.line):\(node.position.column)"
    return switch node.value {
    case .table(let table): [own] + list(table, under: path)
    case .array(let nodes): [own] + nodes.enumerated().flatMap { list($1, at: "\(path)[\($0)]") }
    default: [own]
    }
  }
}
