import NapeCore
import NapeSettings
import NapeSimulation
import Testing

/// What holds for every trace, shown on generated ones. A failure names its seed.
@Suite struct LawTests {
  /// A made-up timeline; the same seed gives the same.
  struct Timeline {
    private var random: SplitMix
    private(set) var lines: [String] = [
      #"{"trace": 1, "start": "2026-03-28T15:00:00", "zone": "Europe/Berlin"}"#
    ]
    private(set) var end = 0

    init(seed: UInt64, events: Int) {
      random = SplitMix(state: seed)
      var asleep = false
      for _ in 0..<events {
        end += Int(random.next() % 4) == 0 ? Int(random.next() % 4000) : Int(random.next() % 200)
        if asleep {
          lines.append(#"{"t": \#(end), "sleep": false}"#)
          asleep = false
          continue
        }
        let choices = [
          #""input": "active""#, #""input": "active""#, #""input": "idle""#, #""input": "idle""#, #""input": "once""#,
          #""input": "once""#, #""session": "locked""#, #""session": "unlocked""#, #""session": "switched""#,
          #""session": "active""#, #""sleep": true"#, #""source": "lost""#, #""source": "ok""#,
          #""posture": "standing""#, #""posture": "sitting""#, #""respond": "going""#, #""respond": "snoozed""#,
          #""respond": "skipped""#, #""respond": "dismissed""#, #""respond": "done""#, #""command": "break""#,
          #""command": "pause", "for": "20min""#, #""command": "resume""#, #""clock": -90"#, #""clock": 7200"#,
          #""zone": "Asia/Tokyo""#, #""zone": "Europe/Berlin""#, #""restart": 20"#,
        ]
        let choice = choices[Int(random.next() % UInt64(choices.count))]
        asleep = choice.contains("sleep")
        lines.append("{\"t\": \(end), \(choice)}")
      }
      end += 1000
      if asleep { lines.append(#"{"t": \#(end), "sleep": false}"#) }
      lines.append(#"{"t": \#(end), "end": true}"#)
    }
  }

  struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
  }

  private func records(of lines: [String]) throws -> [Record] {
    var records: [Record] = []
    var simulation = Simulation(file: "generated", settings: .builtIn(), zoneFile: Run.zone(named:)) {
      records.append($0)
    }
    for line in lines { try simulation.take(line.utf8) }
    try simulation.finish()
    return records
  }

  private func time(_ record: Record, _ key: String) -> Microseconds? {
    if case .time(let time)? = record[key] { time } else { nil }
  }

  private func text(_ record: Record, _ key: String) -> String? {
    if case .text(let text)? = record[key] { text } else { nil }
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func theLedgerHasNeitherGapsNorOverlaps(seed: UInt64) throws {
    let timeline = Timeline(seed: seed, events: 300)
    let records = try records(of: timeline.lines)
    var at: Microseconds = 0
    var sitting: [(from: Microseconds, to: Microseconds)] = []
    for record in records where record["span"] != nil {
      let from = try #require(time(record, "from"))
      let to = try #require(time(record, "to"))
      #expect(from == at, "seed \(seed)")
      #expect(to > from, "seed \(seed)")
      at = to
      if text(record, "span") == "sitting" { sitting.append((from, to)) }
    }
    #expect(at == .seconds(Int64(timeline.end)), "seed \(seed)")
    for record in records where record["bout"] != nil {
      let from = try #require(time(record, "from"))
      let to = try #require(time(record, "to"))
      let inside = sitting.filter { $0.from >= from && $0.to <= to }.reduce(0) { $0 + $1.to - $1.from }
      #expect(inside == time(record, "bout"), "seed \(seed)")
    }
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func everyPromptHasOneOutcomeAndOneIsOpenAtATime(seed: UInt64) throws {
    var open: Microseconds?
    var last: Int?
    for record in try records(of: Timeline(seed: seed, events: 300).lines) {
      if record["prompt"] != nil, record["outcome"] == nil {
        #expect(open == nil, "seed \(seed)")
        open = time(record, "t")
        guard case .count(let id)? = record["id"] else { continue }
        #expect(id == (last ?? 0) + 1, "seed \(seed)")
        last = id
      } else if record["outcome"] != nil {
        #expect(record["id"] == last.map { .count($0) }, "seed \(seed)")
        #expect(open != nil, "seed \(seed)")
        open = nil
      }
    }
    #expect(open == nil, "seed \(seed)")
  }

  @Test(arguments: 1...30 as ClosedRange<UInt64>)
  func whatAPrefixHasClosedStands(seed: UInt64) throws {
    let lines = Timeline(seed: seed, events: 200).lines
    let whole = try records(of: lines).filter { $0["span"] != nil }
    let cut = lines.count / 2
    var early: [Record] = []
    var simulation = Simulation(file: "generated", settings: .builtIn(), zoneFile: Run.zone(named:)) {
      early.append($0)
    }
    for line in lines[..<cut] { try simulation.take(line.utf8) }
    let closed = early.filter { $0["span"] != nil }
    #expect(closed == Array(whole.prefix(closed.count)), "seed \(seed)")
  }

  @Test(arguments: 1...30 as ClosedRange<UInt64>)
  func noClockChangesATotal(seed: UInt64) throws {
    let lines = Timeline(seed: seed, events: 200).lines
    let without = lines.filter { !$0.contains("\"clock\"") && !($0.contains("\"zone\"") && $0.contains("\"t\"")) }
    func totals(_ lines: [String]) throws -> [Microseconds] {
      var totals: [String: Microseconds] = [:]
      for record in try records(of: lines) where record["span"] != nil {
        let length = try #require(time(record, "to")) - (try #require(time(record, "from")))
        totals[text(record, "span") ?? "", default: 0] += length
      }
      return ["sitting", "standing", "away", "unknown"].map { totals[$0] ?? 0 }
    }
    // Prompts may change, since midnight comes at another time, and with them what is a second sign of leaving.
    let quiet = lines.first.map { [$0, #"{"t": 0, "config": {"prompts.move.enabled": false}}"#] } ?? []
    #expect(try totals(quiet + lines.dropFirst()) == totals(quiet + without.dropFirst()), "seed \(seed)")
  }
}
