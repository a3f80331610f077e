import NapeCore
import Testing

/// Records of several machines are one history, in whatever order they are merged.
@Suite struct ReviewMergeTests {
  private static let start: Microseconds = .seconds(1_772_438_400)

  private func span(
    _ kind: Span.Kind, _ evidence: Evidence, _ from: Int64, _ to: Int64, boot: String = "a", offset: Int = 3600
  ) -> Span {
    let begin = Self.start + from * .minute
    return Span(
      kind: kind, evidence: evidence, begin: Moment(boot: begin, monotonic: begin, wall: begin, offsetSeconds: offset),
      length: (to - from) * .minute, bootID: boot)
  }

  private func merged(_ all: ReviewRecords...) -> ReviewRecords {
    var result = ReviewRecords()
    for one in all { result.merge(one) }
    return result
  }

  /// Kind, evidence, and minutes from and to.
  private func told(_ spans: [Span]) -> [String] {
    spans.map { span in
      let from = (span.begin.wall - Self.start) / .minute
      return "\(span.kind.rawValue) \(span.evidence.rawValue) \(from)-\(from + span.length / .minute)"
    }
  }

  @Test func whoeverIsSeenSomewhereIsAtADesk() {
    let desk = ReviewRecords(spans: [
      span(.sitting, .input, 0, 60), span(.away, .idle, 60, 120), span(.unknown, .sourceLost, 120, 180),
    ])
    let laptop = ReviewRecords(spans: [
      span(.away, .locked, 30, 80, boot: "b"), span(.sitting, .passive, 80, 100, boot: "b"),
      span(.standing, .manual, 100, 130, boot: "b"), span(.away, .suspended, 130, 150, boot: "b"),
    ])
    #expect(
      told(merged(desk, laptop).spans) == [
        "sitting input 0-60", "away idle 60-80", "sitting passive 80-100", "standing manual 100-130",
        "away suspended 130-150", "unknown source-lost 150-180",
      ])
  }

  @Test func betweenTheRecordsNothingIsKnown() {
    let one = ReviewRecords(spans: [span(.sitting, .input, 0, 10)])
    let other = ReviewRecords(spans: [span(.sitting, .input, 100, 110, offset: 7200)])
    let between = ReviewRecords(spans: [span(.away, .idle, 50, 60, offset: 0)])
    #expect(told(merged(one, other).spans)[1] == "unknown not-running 10-100")
    #expect(
      told(merged(one, other, between).spans) == [
        "sitting input 0-10", "unknown not-running 10-50", "away idle 50-60", "unknown not-running 60-100",
        "sitting input 100-110",
      ])
  }

  @Test func oneLedgerStaysAsItIs() {
    // Its clock was set back.
    let spans = [span(.sitting, .input, 0, 60), span(.away, .idle, 30, 40), span(.away, .idle, 40, 50)]
    let one = ReviewRecords(spans: spans)
    #expect(merged(one) == one)
    #expect(merged(one, one, ReviewRecords()) == one)
    var other = one
    other.settings = [SettingRecord(key: "a", value: "b", since: Stamp(wall: 0, offsetSeconds: 0))]
    #expect(merged(one, other).spans == spans)
  }

  @Test func totalsGiveWayToSpans() {
    let begin = span(.sitting, .input, 0, 10)
    let (today, before) = (DayTotal(date: begin.date), DayTotal(date: begin.date.adding(days: -1)))
    let totals = ReviewRecords(dayTotals: [before, today])
    #expect(merged(totals, ReviewRecords(spans: [begin])).dayTotals == [before])
    #expect(merged(totals, ReviewRecords(spans: [span(.unknown, .idle, 0, 10)])).dayTotals == [before, today])
  }

  @Test func whatWasEditedLastHolds() throws {
    let at = Stamp(wall: Self.start, offsetSeconds: 3600)
    func record(_ side: String, editedAfter hours: Int64?) -> EpisodeRecord {
      EpisodeRecord(
        id: RecordID(high: 1, low: 2), episode: Episode(onset: Onset(at: at), fields: [.side: .word(side)]),
        entered: at, way: .commandLine,
        edited: hours.map { Stamp(wall: at.wall + $0 * .hour, offsetSeconds: 3600) })
    }
    let all = [("left", Int64?.none), ("both", 3), ("right", 2)].map { side, hours in
      ReviewRecords(diary: DiaryContents(episodes: [record(side, editedAfter: hours)]))
    }
    #expect(merged(all[0], all[1], all[2]).diary.episodes.map(\.episode.fields) == [[.side: .word("both")]])
    #expect(merged(all[2], all[1], all[0]).diary.episodes.map(\.episode.fields) == [[.side: .word("both")]])
  }

  @Test func daysKeepWhatWasSaidFirst() {
    let date = LocalDate(daysSinceEpoch: 20_000)
    func day(_ state: DayState, _ hour: Int64, _ factors: [DayFactor]? = nil) -> ReviewRecords {
      let entered = Stamp(wall: Self.start + hour * .hour, offsetSeconds: 0)
      return ReviewRecords(
        diary: DiaryContents(days: [
          DayRecord(date: date, state: state, factors: factors, entered: entered, way: .dbus)
        ]))
    }
    let day1 = merged(day(.unknown, 1, [.stress]), day(.none, 3), day(.none, 2, [.sleep])).diary.days
    #expect(day1.map(\.state) == [.none])
    #expect(day1.map(\.entered.wall) == [Self.start + 2 * .hour])
    #expect(day1.map(\.factors) == [[.sleep, .stress]])
  }

  @Test func aSignThatWasTakenBackStaysAway() {
    let opened = Stamp(wall: Self.start, offsetSeconds: 0)
    let closed = Stamp(wall: Self.start + .hour, offsetSeconds: 0)
    let with = WarningReport(level: .days, signs: ["a"], opened: opened)
    let without = WarningReport(level: .days, signs: [], opened: opened, closed: closed)
    let both = merged(ReviewRecords(warnings: [with]), ReviewRecords(warnings: [without])).warnings
    #expect(both == [without])
  }

  // MARK: Laws

  @Test(arguments: 0..<150)
  func theOrderDoesNotMatter(seed: Int) {
    var random = Random(seed: UInt64(seed))
    let (a, b, c) = (random.records(), random.records(), random.records())
    #expect(merged(a, b) == merged(b, a))
    #expect(merged(merged(a, b), c) == merged(a, merged(b, c)))
    #expect(merged(a, a) == a)
    #expect(merged(merged(a, b), b) == merged(a, b))
    #expect(merged(merged(a, b, c), merged(c, a)) == merged(a, b, c))
    #expect(merged(a, ReviewRecords()) == a)
  }

  @Test(arguments: 0..<50)
  func whatIsMergedIsALedger(seed: Int) {
    var random = Random(seed: UInt64(1000 + seed))
    let (a, b) = (random.records(), random.records())
    guard a.spans != b.spans, !a.spans.isEmpty, !b.spans.isEmpty else { return }
    let spans = merged(a, b).spans
    for (one, next) in zip(spans, spans.dropFirst()) {
      #expect(one.begin.wall + one.length == next.begin.wall)
      #expect(
        one.kind != next.kind || one.evidence != next.evidence || one.begin.offsetSeconds != next.begin.offsetSeconds
          || one.bootID != next.bootID)
    }
    let all = a.spans + b.spans
    for place in 0..<200 {
      let wall = Self.start + Microseconds(place) * .minute
      let here = all.filter { $0.begin.wall <= wall && wall < $0.begin.wall + $0.length }.map(\.kind)
      let order: [Span.Kind] = [.standing, .sitting, .away, .unknown]
      let expected = order.first { here.contains($0) }
      let found = spans.first { $0.begin.wall <= wall && wall < $0.begin.wall + $0.length }
      if let expected { #expect(found?.kind == expected) }
    }
  }

  /// Records from few values, so that many of them collide.
  private struct Random {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1 }

    private mutating func draw(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }

    private mutating func pick<Item>(_ items: [Item]) -> Item { items[draw(items.count)] }

    private mutating func some<Item>(_ make: (inout Random) -> Item) -> [Item] {
      (0..<draw(5)).map { _ in make(&self) }
    }

    private mutating func stamp() -> Stamp {
      Stamp(wall: ReviewMergeTests.start + Microseconds(draw(4)) * .hour, offsetSeconds: pick([0, 3600]))
    }

    private mutating func date() -> LocalDate { LocalDate(daysSinceEpoch: 20_514 + draw(3)) }

    private mutating func entry<Content>(_ content: Content) -> DiaryEntry<Content> {
      DiaryEntry(id: RecordID(high: 0, low: UInt64(draw(3))), content: content, entered: stamp(), way: .dbus)
    }

    /// Without two of one key, as one machine has them.
    private func unique<Item, Key: Hashable>(_ items: [Item], _ key: (Item) -> Key) -> [Item] {
      var seen: Set<Key> = []
      return items.filter { seen.insert(key($0)).inserted }
    }

    mutating func records() -> ReviewRecords {
      var records = ReviewRecords()
      var wall = ReviewMergeTests.start + Microseconds(draw(60)) * .minute
      let boot = pick(["a", "b"])
      records.spans = some { random in
        let begin = Moment(boot: wall, monotonic: wall, wall: wall, offsetSeconds: random.pick([0, 3600]))
        let length = Microseconds(1 + random.draw(40)) * .minute
        wall += length + (random.draw(4) == 0 ? Microseconds(random.draw(60) - 30) * .minute : 0)
        return Span(
          kind: random.pick(Span.Kind.allCases), evidence: random.pick(Evidence.allCases), begin: begin,
          length: length, bootID: boot)
      }
      records.dayTotals = unique(
        some { random in
          var total = DayTotal(date: random.date())
          total.sitting = Microseconds(random.draw(3))
          total.bouts = random.draw(3)
          return total
        }, \.date
      ).sorted { $0.date < $1.date }
      records.prompts = unique(
        some { random in
          let outcome = random.pick([nil] + Outcome.allCases)
          return RecordedPrompt(
            kind: random.pick([.move, .exercise]), posted: random.stamp(), outcome: outcome,
            ended: outcome == nil ? nil : Microseconds(random.draw(3)))
        }, { "\($0.kind) \($0.posted)" })
      records.warnings = unique(
        some { random in
          WarningReport(
            level: random.pick(WarningReport.Level.allCases), signs: random.pick([[], ["a"], ["b"]]),
            opened: random.stamp(), closed: random.pick([nil, random.stamp()]))
        }, { "\($0.level) \($0.opened)" })
      records.exercises = unique(
        some { random in
          ExerciseEntry(
            exercise: random.pick(["E01", "E02"]), level: 1, done: random.stamp().wall, offsetSeconds: 0, way: .dbus)
        }, { $0 })
      records.ratings = unique(
        some { random in
          ExerciseRating(
            exercise: random.pick(["E01", "E02"]), level: 1, day: random.date(), pain: random.draw(11), worse: false)
        }, { "\($0.exercise) \($0.day)" })
      records.programmes = unique(
        some { ProgrammeRecord(name: $0.pick(["p", "q"]), week: $0.pick([nil, 1]), since: $0.stamp()) }, { $0 })
      records.settings = unique(
        some { SettingRecord(key: $0.pick(["k", "l"]), value: $0.pick(["1", "2"]), since: $0.stamp()) }, { $0 })
      records.diary = diary()
      return records
    }

    private mutating func diary() -> DiaryContents {
      var diary = DiaryContents()
      diary.episodes = unique(
        some { random in
          EpisodeRecord(
            id: RecordID(high: 0, low: UInt64(random.draw(3))),
            episode: Episode(
              onset: Onset(at: random.stamp()),
              fields: [.side: .word(random.pick(["left", "right"])), .neck: .flag(random.draw(2) == 0)]),
            entered: random.stamp(), way: .dbus, edited: random.pick([nil, random.stamp()]))
        }, \.id)
      diary.days = unique(
        some { random in
          DayRecord(
            date: random.date(), state: random.pick([.none, .unknown]),
            factors: random.pick([nil, [], [.sleep], [.stress, .sleep]]), entered: random.stamp(),
            way: random.pick(EntryWay.allCases))
        }, \.date)
      diary.notes = unique(
        some { random in
          let note = DiaryNote(kind: .note, date: random.date(), text: random.pick(["x", "y"]))
          return random.entry(note)
        }, \.id)
      diary.scores = unique(
        some { random in
          let score = Score(instrument: .ndi, total: random.draw(3), date: random.date())
          return random.entry(score)
        }, \.id)
      diary.deskChecks = unique(
        some { random in
          let check = DeskCheck(date: random.date(), answers: ["a": random.pick(["yes", "no"])])
          return random.entry(check)
        }, \.id)
      return diary
    }
  }
}
