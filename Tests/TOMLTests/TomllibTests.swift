import Foundation
import TOML
import Testing

/// Holds the parser against Python's tomllib on thousands of mutated documents.
///
/// `NAPE_TOML_MUTATIONS` says how many, `NAPE_TOML_SEED` which. Needs `/usr/bin/python3`, 3.11 or later.
@Suite struct TomllibTests {
  /// What tomllib says of a document: see tomllib_oracle.py.
  private enum Verdict {
    case invalid
    case exhausted
    case valid(depth: Int, isWide: Bool, canonical: String)

    init?(_ line: Substring) {
      let parts = line.split(separator: " ", maxSplits: 2)
      switch parts.count {
      case 1 where line == "invalid": self = .invalid
      case 1 where line == "exhausted": self = .exhausted
      case 3:
        guard let depth = Int(parts[0]), parts[1] == "wide" || parts[1] == "narrow" else { return nil }
        self = .valid(depth: depth, isWide: parts[1] == "wide", canonical: String(parts[2]))
      default: return nil
      }
    }
  }

  @Test func agreesWithTomllib() throws {
    let environment = ProcessInfo.processInfo.environment
    let count = try number(environment["NAPE_TOML_MUTATIONS"], or: 20_000)
    let seed = try number(environment["NAPE_TOML_SEED"], or: 1)
    var mutator = Mutator(seed: UInt64(seed))
    let documents = SeedDocuments.all + (0..<count).map { _ in mutator.document() }
    let verdicts = try verdicts(on: documents)
    try #require(verdicts.count == documents.count)

    for (index, verdict) in verdicts.prefix(SeedDocuments.all.count).enumerated() {
      guard case .valid = verdict else {
        Issue.record("seed document \(index) is not valid")
        continue
      }
    }

    var valid = 0
    var differences = 0
    for (index, (document, verdict)) in zip(documents, verdicts).enumerated() {
      if case .valid = verdict { valid += 1 }
      guard let difference = difference(document, verdict) else { continue }
      differences += 1
      guard differences <= 10 else { continue }
      let text = String(decoding: document, as: UTF8.self)
      Issue.record("document \(index) of seed \(seed): \(difference)\n\(text.debugDescription)\n\(text)")
    }
    #expect(differences == 0, "of \(documents.count) documents")
    // If nearly all documents were invalid, or valid, the comparison would say little.
    #expect(
      count < 1000 || (count / 5...count * 4 / 5).contains(valid), "\(valid) valid documents of \(documents.count)")
  }

  /// In what our parser differs from tomllib on `document`, if in anything.
  private func difference(_ document: [UInt8], _ verdict: Verdict) -> String? {
    let table: Table
    do {
      table = try TOML.parse(document)
    } catch {
      if let misplaced = Landmarks(document).misplaced(error) { return misplaced }
      switch verdict {
      case .invalid, .exhausted: return nil
      // The two differences that are meant: a limit of nesting, and integers of 64 bits.
      case .valid(let depth, _, _) where depth > TOML.nestingLimit && error.message.hasPrefix("nested too deeply"):
        return nil
      case .valid(_, isWide: true, _) where error.message.contains("is out of range: integers go from"): return nil
      case .valid(_, _, let canonical): return "ours: \(error)\ntomllib: \(canonical)"
      }
    }
    let ours = CanonicalText(table).text
    switch verdict {
    case .invalid: return "ours: \(ours)\ntomllib: invalid"
    case .exhausted: return "ours: \(ours)\ntomllib: out of stack"
    case .valid(let depth, let isWide, let canonical):
      guard depth <= TOML.nestingLimit, !isWide, ours == canonical else {
        return "ours: \(ours)\ntomllib: \(canonical)"
      }
      return Landmarks(document).misplaced(in: table)
    }
  }

  private func verdicts(on documents: [[UInt8]]) throws -> [Verdict] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("nape-toml-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appendingPathComponent("documents")
    let output = folder.appendingPathComponent("verdicts")

    var bytes: [UInt8] = []
    for document in documents {
      withUnsafeBytes(of: UInt32(document.count).bigEndian) { bytes += $0 }
      bytes += document
    }
    try Data(bytes).write(to: input)

    let python = Process()
    python.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("tomllib_oracle.py")
    python.arguments = ["-B", script.path, input.path, output.path]
    try python.run()
    python.waitUntilExit()
    try #require(python.terminationStatus == 0, "tomllib_oracle.py failed; it needs Python 3.11 or later")

    return try String(decoding: Data(contentsOf: output), as: UTF8.self)
      .split(separator: "\n").map { try #require(Verdict($0)) }
  }

  private func number(_ text: String?, or standard: Int) throws -> Int {
    guard let text else { return standard }
    return try #require(Int(text).flatMap { $0 >= 0 ? $0 : nil }, "not a number: \(text)")
  }
}
