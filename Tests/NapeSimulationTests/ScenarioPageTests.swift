import Foundation
import Testing

/// `docs/scenarios.md` names what there is, and all of it.
@Suite struct ScenarioPageTests {
  /// A row of the table: its id, and the files that it links.
  struct Row {
    let id: String
    let verdict: String
    let shownBy: String
    let links: [Link]
  }

  struct Link {
    let text: String
    let file: URL
  }

  static let page = TraceTests.folder.deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "docs/scenarios.md")

  static func rows() throws -> [Row] {
    let text = try String(contentsOf: page, encoding: .utf8)
    return text.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 3, let id = ids(of: cells[0] + "-").first else { return nil }
      let links = cells[2].matches(of: /\[([^\]]+)\]\(([^)]+)\)/).map { match in
        Link(
          text: String(match.output.1),
          file: page.deletingLastPathComponent().appending(path: String(match.output.2)).standardizedFileURL)
      }
      return Row(id: id, verdict: cells[1], shownBy: cells[2], links: links)
    }
  }

  /// The ids with which a name begins.
  static func ids(of name: String) -> [String] {
    var ids: [String] = []
    var rest = name[...]
    while let match = rest.prefixMatch(of: /((?:WS|[WTGLBRSNEX])-\d+[a-z]?)-/) {
      ids.append(String(match.output.1))
      rest = rest[match.range.upperBound...]
    }
    return ids
  }

  @Test func everyRowStandsOnceAndSaysSomething() throws {
    let rows = try Self.rows()
    #expect(rows.count == 167)
    #expect(Set(rows.map(\.id)).count == rows.count)
    for row in rows {
      let verdicts = row.id.hasPrefix("X") ? ["–"] : ["ADOPT", "ADAPT", "REJECT"]
      #expect(verdicts.contains(row.verdict), "\(row.id)")
      #expect(!row.shownBy.isEmpty, "\(row.id)")
    }
  }

  @Test func everyLinkLeadsToAFile() throws {
    for row in try Self.rows() {
      for link in row.links {
        #expect(FileManager.default.fileExists(atPath: link.file.path()), "\(row.id): \(link.file.path())")
        if link.file.pathExtension == "jsonl" {
          #expect(link.file.lastPathComponent == link.text + ".jsonl", "\(row.id)")
          let expected = link.file.path().replacing(".jsonl", with: ".expected.jsonl")
          #expect(FileManager.default.fileExists(atPath: expected), "\(row.id): \(expected)")
        } else {
          let source = try String(contentsOf: link.file, encoding: .utf8)
          #expect(source.contains(" \(link.text)("), "\(row.id): there is no \(link.text)")
        }
      }
    }
  }

  @Test func everyTraceWithAnIdIsNamedInItsRows() throws {
    let rows = try Self.rows()
    for trace in TraceTests.traces {
      for id in Self.ids(of: trace) {
        let row = rows.first { $0.id == id }
        #expect(row?.links.contains { $0.file.lastPathComponent == trace } == true, "\(id): \(trace)")
      }
    }
  }

  @Test func whatIsRejectedHasATrace() throws {
    for row in try Self.rows() where row.verdict == "REJECT" {
      #expect(row.links.contains { $0.file.pathExtension == "jsonl" }, "\(row.id)")
    }
  }
}
