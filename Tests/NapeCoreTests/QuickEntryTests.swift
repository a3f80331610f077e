import NapeCore
import Testing

@Suite struct QuickEntryTests {
  /// 2026-11-25 14:32 in UTC.
  private let now = Stamp(wall: .seconds(1_795_617_120), offsetSeconds: 0)

  private func entry(offersWarningSigns: Bool = true) -> QuickEntry {
    QuickEntry(now: now, zone: .utc, offersWarningSigns: offersWarningSigns)
  }

  /// Types keys; ⏎ is Enter, ← the left arrow, ⌫ Backspace, ⇥ Tab, ⎋ Escape, ␃ Ctrl-C.
  @discardableResult
  private func type(_ keys: String, into entry: inout QuickEntry) -> QuickEntry.Outcome? {
    let named: [Character: EntryKey] = [
      "⏎": .enter, "←": .back, "⌫": .erase, "⇥": .tab, "⎋": .escape, "␃": .interrupt,
    ]
    var outcome: QuickEntry.Outcome?
    for key in keys { outcome = entry.handle(named[key] ?? .character(key)) }
    return outcome
  }

  private func typed(_ keys: String) -> QuickEntry {
    var entry = entry()
    type(keys, into: &entry)
    return entry
  }

  private func text(_ entry: QuickEntry, width: Int = 80, height: Int = 24) -> String {
    entry.screen(width: width, height: height).lines.map(\.text).joined(separator: "\n")
  }

  @Test func fourKeysStoreAHeadache() {
    var entry = entry()
    #expect(type("6ly", into: &entry) == nil)
    #expect(entry.step == .began)
    #expect(type("⏎", into: &entry) == .store)
    #expect(
      entry.episode
        == Episode(
          onset: Onset(at: now),
          fields: [.intensity: .range(6...6), .side: .word("left"), .neck: .flag(true)]))
  }

  @Test func eachIntensityHasItsKey() {
    for number in 0...9 { #expect(typed("\(number)").fields == [.intensity: .range(number...number)]) }
    for key in ["x", "X", "10"] { #expect(typed(key).fields == [.intensity: .range(10...10)]) }
    #expect(typed("10").step == .sudden)
  }

  @Test func aNoughtIsPartOfATenRightAfterTheOneOnly() {
    #expect(typed("1l⌫0").fields[.intensity] == .range(1...1))
    #expect(typed("20").notice != nil)
    #expect(typed("20").fields == [.intensity: .range(2...2)])
  }

  @Test(arguments: [("l", "left"), ("r", "right"), ("b", "both"), ("m", "middle"), ("L", "left")])
  func eachSideHasItsKey(key: String, side: String) {
    #expect(typed("5\(key)").fields[.side] == .word(side))
  }

  @Test func theNeckIsYesOrNo() {
    #expect(typed("5ly").fields[.neck] == .flag(true))
    #expect(typed("5ln").fields[.neck] == .flag(false))
  }

  @Test(arguments: [
    ("", QuickEntry.Shift.now, 0, Onset.Precision.exact), ("1", .quarterHour, 15, .quarterHour),
    ("2", .halfHour, 30, .quarterHour), ("3", .hour, 60, .hour), ("30", .now, 0, .exact),
    ("31", .quarterHour, 15, .quarterHour),
  ])
  func theOnsetIsShifted(keys: String, shift: QuickEntry.Shift, minutes: Int64, precision: Onset.Precision) {
    let entry = typed("5ly" + keys)
    #expect(entry.shift == shift)
    #expect(entry.step == .began)
    #expect(entry.episode.onset.at.wall == now.wall - .minutes(minutes))
    #expect(entry.episode.onset.precision == precision)
  }

  @Test func anOnsetBeforeAChangeOfTheClocksHasItsOwnOffset() throws {
    let berlin = try #require(Zone(posix: "CET-1CEST,M3.5.0,M10.5.0/3"))
    // 2026-03-29 03:10 in Berlin, ten minutes after the gap.
    var entry = QuickEntry(
      now: Stamp(wall: .seconds(1_774_746_600), in: berlin), zone: berlin, offersWarningSigns: false)
    type("5ly2", into: &entry)
    #expect(entry.episode.onset.at.iso8601 == "2026-03-29T01:40:00+01:00")
  }

  @Test func whatIsPassedOverIsUnknown() {
    #expect(typed("   ").fields.isEmpty)
    #expect(typed("   ").step == .began)
    #expect(typed("⇥l⇥").fields == [.side: .word("left")])
    #expect(typed("6⏎").step == .began)
    #expect(typed("6⏎").fields == [.intensity: .range(6...6)])
    #expect(typed("6l⌫ ").fields == [.intensity: .range(6...6)])
  }

  @Test func theWorstPainIsAskedWhetherItWasSudden() {
    #expect(typed("8").step == .side)
    #expect(typed("9").step == .sudden)
    #expect(typed("9y").fields[.sudden] == .flag(true))
    #expect(typed("x lyn").fields[.sudden] == nil)
    // Corrected to less, nobody was asked.
    #expect(typed("9y⌫⌫5").fields == [.intensity: .range(5...5)])
    #expect(typed("9y⌫⌫ ").fields.isEmpty)
  }

  @Test func oneCanGoBack() {
    #expect(typed("6l⌫").step == .side)
    #expect(typed("6l←←").step == .intensity)
    #expect(typed("6l←←7r").fields == [.intensity: .range(7...7), .side: .word("right")])
    #expect(typed("6l←").fields[.side] == .word("left"))
    #expect(typed("9yl⌫⌫").step == .sudden)
    #expect(typed("⌫").notice == "This is the first question.")
  }

  @Test func wrongKeysSayWhatIsAllowed() {
    #expect(typed("k").notice == "k is no answer here: 0 to 9, or x for 10.")
    #expect(typed("6q").notice == "q is no answer here: l, r, b or m.")
    #expect(typed("6lb").notice == "b is no answer here: y or n.")
    #expect(typed("6ly7").notice == "7 is no answer here: Enter stores it, 1, 2 or 3 for earlier.")
    var entry = typed("6")
    _ = entry.handle(.other)
    #expect(entry.notice == "That key is no answer here: l, r, b or m.")
    #expect(text(entry).contains("That key is no answer here"))
    type("l", into: &entry)
    #expect(entry.notice == nil)
    #expect(entry.fields == [.intensity: .range(6...6), .side: .word("left")])
  }

  @Test func itCanBeLeftAtEachQuestion() {
    for keys in ["", "6", "9", "6l", "6ly", "?"] {
      var entry = typed(keys)
      #expect(type("⎋", into: &entry) == .leave)
      #expect(type("␃", into: &entry) == .interrupted)
    }
  }

  @Test func warningSignsHaveAKeyWhereTheyCanBeShown() {
    var entry = typed("6")
    #expect(type("!", into: &entry) == .warningSigns)
    #expect(entry == typed("6"))
    #expect(text(entry).contains("!: this one is different or worrying"))
    var without = self.entry(offersWarningSigns: false)
    #expect(type("!", into: &without) == nil)
    #expect(without.notice != nil)
    #expect(!text(without).contains("worrying"))
  }

  @Test func helpIsShownUntilTheNextKey() {
    #expect(text(typed("?")).contains("never counts as \"no\""))
    #expect(!text(typed("??")).contains("never counts"))
    #expect(!text(typed("?6")).contains("never counts"))
    #expect(typed("?6").fields == [.intensity: .range(6...6)])
  }

  @Test func theScreenShowsKeysAndAnswers() {
    #expect(
      text(typed("6l"))
        == """
        A headache

          How strong, 0 to 10?  6
          Which side?  left
        > Neck stiff or sore too?
            y: yes   n: no
          When did it begin?  now (14:32)

        Space: not known   Backspace: back   Esc: stop, nothing is kept   ?: help
        !: this one is different or worrying
        """)
  }

  @Test func everyScreenFitsAndShowsItsQuestion() {
    for keys in ["", "k", "9", "6", "6l", "6ly", "6ly2", "?"] {
      let entry = typed(keys)
      for (width, height) in [(80, 24), (80, 8), (40, 12), (24, 10), (20, 24), (3, 24), (80, 1), (10, 3)] {
        let lines = entry.screen(width: width, height: height).lines
        #expect(lines.count <= height)
        #expect(lines.allSatisfy { $0.text.count <= max(10, width) && $0.text.allSatisfy(\.isASCII) })
        #expect(lines.contains { $0.text.hasPrefix("> ") })
      }
    }
  }

  @Test func linesDoTheSameWhereThereAreNoKeys() {
    var entry = entry()
    for line in ["10", "y", "left", "", "2"] { #expect(entry.handle(line: line) == nil) }
    #expect(entry.fields == [.intensity: .range(10...10), .sudden: .flag(true), .side: .word("left")])
    #expect(entry.shift == .halfHour)
    #expect(entry.handle(line: "<") == nil)
    #expect(entry.step == .neck)
    #expect(entry.handle(line: " no ") == nil)
    #expect(entry.fields[.neck] == .flag(false))
    #expect(entry.handle(line: "maybe") == nil)
    #expect(entry.notice == "maybe is no answer here: Enter stores it, 1, 2 or 3 for earlier.")
    #expect(entry.handle(line: "q") == .leave)
    #expect(entry.handle(line: "") == .store)
  }

  @Test func aLineWithoutAnAnswerKeepsWhatWasSaid() {
    var entry = entry()
    for line in ["6", "<", "", "\u{1b}[D"] { #expect(entry.handle(line: line) == nil) }
    #expect(entry.fields == [.intensity: .range(6...6)])
    #expect(entry.step == .side)
    #expect(entry.notice == "D is no answer here: l, r, b or m.")
  }
}
