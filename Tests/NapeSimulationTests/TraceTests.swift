import Foundation
import NapeSettings
import NapeSimulation
import Testing

/// Every trace of `Tests/Traces` gives the records beside it, byte for byte.
///
/// The expected records were worked out from the rules of the design (§6, §7); the names of the files say which.
@Suite struct TraceTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(
    path: "Traces")

  static var traces: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return files.filter { $0.hasSuffix(".jsonl") && !$0.hasSuffix(".expected.jsonl") }.sorted()
  }

  @Test func thereAreTraces() { #expect(Self.traces.count > 40) }

  @Test(arguments: traces)
  func givesWhatIsExpected(name: String) throws {
    let trace = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
    let expectedName = name.replacing(".jsonl", with: ".expected.jsonl")
    let expected = try String(contentsOf: Self.folder.appending(path: expectedName), encoding: .utf8)
    let records = try Run.records(of: trace)
    #expect(records.joined(separator: "\n") + "\n" == expected)
    #expect(try Run.records(of: trace) == records)
  }
}

/// Runs traces with the built-in settings.
enum Run {
  static func records(of trace: String, file: String = "trace.jsonl") throws(TraceError) -> [String] {
    var records: [Record] = []
    var simulation = Simulation(file: file, settings: LoadedSettings(), exercises: .builtIn(), zoneFile: zone(named:)) {
      records.append($0)
    }
    for line in trace.utf8.split(separator: 0x0a, omittingEmptySubsequences: false) { try simulation.take(line) }
    try simulation.finish()
    return records.map { $0.json() }
  }

  static func zone(named name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)").map { [UInt8]($0) }
  }
}
