import Foundation
import NapeCore
import NapeSettings
import NapeSimulation
import Testing

/// A record that was made of a trace, replayed.
@Suite struct LedgerReplayTests {
  /// The spans that a trace gives, with their wall times.
  private func spans(of name: String) throws -> [Span] {
    let trace = try String(contentsOf: TraceTests.folder.appending(path: name), encoding: .utf8)
    let zone = try Zone(tzif: #require(Run.zone(named: "Europe/Berlin")))
    var spans: [Span] = []
    var wall = Microseconds.seconds(zone.utc(local: 1_772_442_000))
    var simulation = Simulation(
      file: name, settings: LoadedSettings(), exercises: .builtIn(), zoneFile: Run.zone(named:)
    ) {
      record in
      guard case .text(let kind)? = record["span"], case .text(let evidence)? = record["evidence"],
        case .time(let from)? = record["from"], case .time(let to)? = record["to"]
      else { return }
      spans.append(
        Span(
          kind: Span.Kind(rawValue: kind) ?? .unknown, evidence: Evidence(rawValue: evidence) ?? .notRunning,
          begin: Moment(
            boot: from, monotonic: from, wall: wall, offsetSeconds: zone.offset(atUTC: wall / .second)),
          length: to - from, bootID: "boot"))
      wall += to - from
    }
    for line in trace.utf8.split(separator: 0x0a) { try simulation.take(line) }
    try simulation.finish()
    return spans
  }

  private func replay(_ spans: [Span], _ change: (inout Settings) -> Void = { _ in }) throws -> [Record] {
    var settings = Settings()
    change(&settings)
    var records: [Record] = []
    LedgerReplay(
      spans: spans, zone: try Zone(tzif: #require(Run.zone(named: "Europe/Berlin"))), settings: settings,
      wordings: .builtIn(), exercises: .builtIn()
    ).run { records.append($0) }
    return records
  }

  @Test(arguments: ["working-day.jsonl", "standing-ends-the-bout.jsonl", "T-14-X-07-source-lost-is-unknown.jsonl"])
  func givesTheSpansThatWereRecorded(name: String) throws {
    let recorded = try spans(of: name)
    let replayed = try replay(recorded).filter { $0["span"] != nil }
    #expect(recorded.count > 1)
    #expect(replayed.map { $0["span"] } == recorded.map { .text($0.kind.rawValue) })
    #expect(replayed.map { $0["evidence"] } == recorded.map { .text($0.evidence.rawValue) })
    #expect(replayed.map { $0["to"] } == recorded.map { .time($0.end - recorded[0].begin.boot) })
  }

  @Test func asksMoreOftenUnderLowerThresholds() throws {
    let spans = try spans(of: "working-day.jsonl")
    func prompts(_ records: [Record]) -> Int { records.filter { $0["prompt"] != nil && $0["outcome"] == nil }.count }
    let before = prompts(try replay(spans))
    let after = prompts(
      try replay(spans) {
        $0.prompts.posture.every = .minutes(15)
        $0.prompts.move.after = .minutes(30)
      })
    #expect(before > 0)
    #expect(after > before)
  }

  @Test func followsTheClocksOfTheRecord() throws {
    var spans = try spans(of: "working-day.jsonl")
    // The second half was recorded a day later, in another zone.
    for index in spans.indices.dropFirst(spans.count / 2) {
      var begin = spans[index].begin
      begin.wall += 24 * .hour
      begin.offsetSeconds = 9 * 3600
      spans[index] = Span(
        kind: spans[index].kind, evidence: spans[index].evidence, begin: begin, length: spans[index].length,
        bootID: "another")
    }
    let last = try replay(spans).last { $0["wall"] != nil }
    guard case .text(let wall)? = last?["wall"] else { return #expect(Bool(false), "no prompt") }
    #expect(wall.hasSuffix("+09:00"))
  }

  @Test func anEmptyRecordGivesNothing() throws { #expect(try replay([]).isEmpty) }
}
