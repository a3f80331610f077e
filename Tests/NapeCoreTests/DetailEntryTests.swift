import NapeCore
import Testing

@Suite struct DetailEntryTests {
  /// 2026-11-25 14:32 in UTC, two hours after the onset.
  private let now = Stamp(wall: .seconds(1_795_617_120), offsetSeconds: 0)
  private var onset: Stamp { Stamp(wall: now.wall - 2 * .hour, offsetSeconds: 0) }

  private func entry(
    _ fields: [EpisodeField: FieldValue] = [:], end: EpisodeEnd? = nil, usualMedicine: String = "ibuprofen 400 mg"
  ) -> DetailEntry {
    DetailEntry(
      episode: Episode(onset: Onset(at: onset), end: end, fields: fields),
      time: EntryTime(now: now, zone: .utc, afternoon: (43_200, 64_800)), usualMedicine: usualMedicine)
  }

  /// Types keys; ⏎ is Enter, ⌫ Backspace, ← the left arrow, ⇥ Tab.
  @discardableResult
  private func type(_ keys: String, into entry: inout DetailEntry) -> DetailEntry.Outcome? {
    let named: [Character: EntryKey] = ["⏎": .enter, "⌫": .erase, "←": .back, "⇥": .tab]
    var outcome: DetailEntry.Outcome?
    for key in keys where outcome == nil { outcome = entry.handle(named[key] ?? .character(key)) }
    return outcome
  }

  /// Passes questions over until one is open.
  private func go(to item: DetailEntry.Item, in entry: inout DetailEntry) {
    for _ in 0..<40 where entry.item != item { _ = entry.handle(.tab) }
    #expect(entry.item == item)
  }

  private func change(_ entry: DetailEntry) -> EpisodeChange { entry.change { _ in .simple } }

  private func text(_ entry: DetailEntry, width: Int = 80, height: Int = 24) -> [String] {
    entry.screen(width: width, height: height, title: "Headache a1b2c3").lines.map(\.text)
  }

  @Test func passedOverAsAWholeNothingChanges() {
    for key in [EntryKey.tab, .enter] {
      var entry = entry([.worst: .range(7...7)], end: .ended(now))
      var count = 0
      while entry.handle(key) == nil, count < 100 { count += 1 }
      #expect(count == 17)
      #expect(change(entry) == EpisodeChange())
    }
  }

  @Test func eachFieldIsAnsweredInItsOwnForm() {
    var entry = entry(end: .ended(now))
    type("8", into: &entry)
    type("b", into: &entry)
    type("nf⏎", into: &entry)
    type("t", into: &entry)
    type("yn", into: &entry)
    go(to: .field(.neckProvoked), in: &entry)
    type("0", into: &entry)
    #expect(
      change(entry).fields == [
        .worst: .range(8...8), .startPlace: .word("base-of-skull"), .places: .words(["neck", "forehead"]),
        .quality: .word("throbbing"), .worseWithActivity: .flag(true), .nausea: .flag(false), .neckProvoked: .words([]),
      ])
  }

  @Test func aNoteIsTakenWithoutItsBlanks() {
    var entry = entry(end: .ended(now))
    go(to: .field(.note), in: &entry)
    #expect(type(" after the trainn⌫ ⏎", into: &entry) == .finished)
    #expect(change(entry).fields == [.note: .text("after the train")])
  }

  @Test func theEndIsAskedWhereItIsNotKnown() {
    #expect(entry().item == .end)
    #expect(entry(end: .stillThere(now)).item == .end)
    #expect(entry(end: .ended(now)).item == .field(.worst))
    #expect(entry(end: .asleep(woke: nil)).item == .field(.worst))
  }

  @Test(arguments: [("n", 0), ("t13:50⏎", 42), ("tnow⏎", 0)])
  func anEndCanBeSaid(keys: String, minutesAgo: Int64) {
    var entry = entry()
    type(keys, into: &entry)
    #expect(entry.item == .field(.worst))
    #expect(
      change(entry).end == .some(.ended(Stamp(wall: now.wall - .minutes(minutesAgo), offsetSeconds: 0))))
  }

  @Test func itMayHaveEndedInSleepOrNot() {
    var asleep = entry()
    type("a⏎", into: &asleep)
    #expect(change(asleep).end == .some(.asleep(woke: nil)))
    var woke = entry()
    type("a14:00⏎", into: &woke)
    #expect(change(woke).end == .some(.asleep(woke: Stamp(wall: now.wall - 32 * .minute, offsetSeconds: 0))))
    var still = entry()
    type("s", into: &still)
    #expect(change(still).end == .some(.stillThere(now)))
    var noTime = entry()
    type("t⏎", into: &noTime)
    #expect(change(noTime).end == .none)
  }

  @Test(arguments: [
    ("15:00", "15:00 is in the future."), ("12:00", "12:00 is before the onset."),
    ("noon", "noon is no time: \(EntryTime.allowedTimed)."),
  ])
  func aWrongTimeSaysWhy(text: String, notice: String) {
    var entry = entry()
    type("t\(text)⏎", into: &entry)
    #expect(entry.notice == notice)
    #expect(entry.item == .endTime)
  }

  @Test func theUsualMedicineTakesOneKey() {
    var entry = entry(end: .ended(now))
    go(to: .medicine, in: &entry)
    type("u⏎p", into: &entry)
    // The headache is over: without a time, it counts for the day on which it began.
    #expect(
      change(entry).moreMedicines == [
        Medicine(taken: onset, name: "ibuprofen", medicineClass: .simple, dose: "400 mg", helped: .partly)
      ])
  }

  @Test func theMedicineGoesWithTheEndThatWasJustSaid() {
    for (keys, taken) in [("n", onset), ("a⏎", onset), ("s", now)] {
      var entry = entry()
      type(keys, into: &entry)
      go(to: .medicine, in: &entry)
      type("u", into: &entry)
      let hint = taken == now ? "Enter alone: now" : "Enter alone: when it began, 12:32"
      #expect(text(entry, width: 120).joined().contains(hint), "\(keys)")
      #expect(change(entry).moreMedicines.map(\.taken) == [taken], "\(keys)")
    }
  }

  @Test func theStrongestPainIsAskedHowFastItCame() {
    var entry = entry(end: .ended(now))
    type("8", into: &entry)
    #expect(entry.item == .field(.startPlace))
    type("←9", into: &entry)
    #expect(entry.item == .field(.sudden))
    type("y", into: &entry)
    #expect(change(entry).fields == [.worst: .range(9...9), .sudden: .flag(true)])
    // Pain that is less after all leaves no trace of the question.
    type("←←5", into: &entry)
    #expect(change(entry).fields == [.worst: .range(5...5)])
    var strong = self.entry([.intensity: .range(9...10)], end: .ended(now))
    type("⇥", into: &strong)
    #expect(strong.item == .field(.sudden))
  }

  @Test func anotherMedicineIsTyped() {
    var entry = entry(usualMedicine: "")
    go(to: .medicine, in: &entry)
    type("osumatriptan 50 mg⏎13:10⏎y", into: &entry)
    #expect(
      change(entry).moreMedicines == [
        Medicine(
          taken: Stamp(wall: now.wall - 82 * .minute, offsetSeconds: 0), name: "sumatriptan", medicineClass: .simple,
          dose: "50 mg", helped: .yes)
      ])
    #expect(!text(entry).joined().contains("usual"))
  }

  @Test func oneCanGoBackAndChange() {
    var entry = entry(end: .ended(now))
    type("8b⌫←6", into: &entry)
    #expect(change(entry).fields == [.worst: .range(6...6), .startPlace: .word("base-of-skull")])
    type("←←⌫", into: &entry)
    #expect(entry.notice == "This is the first question.")
  }

  @Test func escapeKeepsAndAnInterruptDoesNot() {
    var entry = entry()
    #expect(entry.handle(.escape) == .stopped)
    #expect(entry.handle(.interrupt) == .interrupted)
    #expect(text(entry).joined(separator: "\n").contains("Esc: stop, answers are kept"))
  }

  @Test func wrongKeysSayWhatIsAllowed() {
    var entry = entry(end: .ended(now))
    type("q", into: &entry)
    #expect(entry.notice == "q is no answer here: 0 to 9, or x for 10.")
    _ = entry.handle(.other)
    #expect(entry.notice == "That key is no answer here: 0 to 9, or x for 10.")
    #expect(entry.answers.isEmpty)
  }

  @Test func linesDoTheSameWhereThereAreNoKeys() {
    var entry = entry(end: .ended(now))
    for line in ["10", "", "", "nf", "<", "none", "pressing", "maybe", "<", "neck, forehead"] {
      #expect(entry.handle(line: line) == nil)
    }
    #expect(entry.answers[.field(.worst)] == "10")
    #expect(entry.answers[.field(.places)] == "none")
    #expect(entry.answers[.field(.quality)] == "pressing")
    #expect(entry.item == .field(.quality))
    #expect(entry.notice?.hasPrefix("neck") == true)
    #expect(entry.handle(line: "q") == .stopped)
  }

  @Test func everyScreenFitsAndShowsItsQuestion() {
    var entry = entry([.quality: .word("dull")])
    var questions: Set<String> = []
    repeat {
      for (width, height) in [(80, 24), (40, 14), (20, 40), (80, 2), (3, 3)] {
        let lines = entry.screen(width: width, height: height, title: "Headache").lines
        #expect(lines.count <= height)
        #expect(lines.allSatisfy { $0.text.count <= max(10, width) && $0.text.allSatisfy(\.isASCII) })
      }
      let shown = text(entry)
      questions.insert(shown[3])
      if entry.item == .field(.quality) { #expect(shown.contains("  noted: dull")) }
    } while entry.handle(.tab) == nil
    #expect(questions.count == 19)
  }
}
