import Testing

@testable import NapeCore

/// Windows read off the prepared record are those that ``DeskContext`` reads off the spans themselves.
@Suite struct LedgerWindowsTests {
  /// Made-up records: clocks are set back and forward, nape does not run for a while, spans of a kind follow each other.
  private static func record(_ random: inout SplitMix) -> [Span] {
    var (boot, wall) = (Microseconds(0), Microseconds(1_772_438_400) * .second)
    return (0..<60).map { _ in
      let kind = Span.Kind.allCases.randomElement(using: &random) ?? .away
      let length = Microseconds.seconds(Int64.random(in: 1...4000, using: &random))
      if Int.random(in: 0..<6, using: &random) == 0 { wall += .seconds(Int64.random(in: -9000...9000, using: &random)) }
      defer { (boot, wall) = (boot + length, wall + length) }
      return Span(
        kind: kind, evidence: kind == .unknown && Bool.random(using: &random) ? .notRunning : .input,
        begin: Moment(boot: boot, monotonic: boot, wall: wall, offsetSeconds: 3600), length: length, bootID: "boot")
    }
  }

  @Test func windowsAreThoseOfDeskContexts() throws {
    var random = SplitMix(seed: 5)
    for _ in 0..<200 {
      let spans = Self.record(&random)
      let breakAfter = Microseconds.minutes(Int64.random(in: 1...10, using: &random))
      let windows = LedgerWindows(spans, breakAfter: breakAfter)
      let (first, last) = (try #require(spans.first), try #require(spans.last))
      for _ in 0..<20 {
        let wall = Int64.random(in: first.begin.wall - .hour...last.begin.wall + last.length + .hour, using: &random)
        let context = DeskContext(
          of: Stamp(wall: wall, offsetSeconds: 3600), in: spans, ignoredPrompts: 0, breakAfter: breakAfter,
          afternoon: (0, 0))
        let position = windows.position(of: wall)
        let read = DeskContext.windowMinutes.map {
          windows.exposure(endingAt: position, length: .minutes(Int64($0)))
        }
        #expect(read.map(\.sitting) == context.windows.map(\.sitting))
        #expect(read.map(\.known) == context.windows.map(\.known))
        #expect(read[1].longestBout == context.longestBout)
      }
    }
  }

  @Test func anEmptyRecordKnowsNothing() {
    let windows = LedgerWindows([], breakAfter: .minutes(2))
    let read = windows.exposure(endingAt: windows.position(of: 1_772_438_400_000_000), length: .hour)
    #expect(read == WindowExposure(length: .hour, sitting: 0, longestBout: 0, known: 0, lateDesk: 0))
  }
}
