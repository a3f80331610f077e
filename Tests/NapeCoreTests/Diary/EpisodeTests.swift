import NapeCore
import Testing

@Suite struct EpisodeTests {
  /// Local midnight of 2026-03-02 on clocks an hour ahead, and so many seconds.
  private func stamp(_ seconds: Int64, offset: Int = 3600) -> Stamp {
    Stamp(wall: .seconds(1_772_409_600 - 3600 + seconds), offsetSeconds: offset)
  }

  private func episode(_ onset: Int64, _ end: EpisodeEnd? = nil, _ precision: Onset.Precision = .exact) -> Episode {
    Episode(onset: Onset(at: stamp(onset), precision: precision), end: end)
  }

  @Test func lastDateIsTheLastDayThatItTouched() {
    let day = stamp(0).date
    #expect(day.description == "2026-03-02")
    #expect(episode(3600).lastDate == day)
    #expect(episode(3600, .ended(stamp(86_399))).lastDate == day)
    // It ends at midnight, and a microsecond later.
    #expect(episode(3600, .ended(stamp(86_400))).lastDate == day)
    var later = stamp(86_400)
    later.wall += 1
    #expect(episode(3600, .ended(later)).lastDate == day.adding(days: 1))
    // It begins and ends at midnight.
    #expect(episode(86_400, .ended(stamp(86_400))).lastDate == day.adding(days: 1))
    #expect(episode(3600, .stillThere(stamp(90_000))).lastDate == day.adding(days: 1))
    #expect(episode(3600, .asleep(woke: stamp(100_000))).lastDate == day.adding(days: 1))
    #expect(episode(3600, .asleep(woke: nil)).lastDate == day)
    // Flown west: the day of the end is the one of its own clock, and never before the onset's.
    #expect(episode(3600, .ended(stamp(7200, offset: -36_000))).lastDate == day)
  }

  @Test func durationIsNeverGuessed() {
    #expect(episode(0, .ended(stamp(5400))).duration == .minutes(90))
    #expect(episode(0, .asleep(woke: stamp(5400))).duration == .minutes(90))
    #expect(episode(0, .ended(stamp(0))).duration == 0)
    #expect(episode(0).duration == nil)
    #expect(episode(0, .asleep(woke: nil)).duration == nil)
    #expect(episode(0, .stillThere(stamp(5400))).duration == nil)
    for precision in [Onset.Precision.day, .partOfDay, .wokeWithIt] {
      #expect(episode(0, .ended(stamp(5400)), precision).duration == nil)
    }
  }

  @Test func anEndIsSaidOnce() {
    let (early, late) = (EpisodeEnd.ended(stamp(100)), EpisodeEnd.ended(stamp(200)))
    let (asleep, woke) = (EpisodeEnd.asleep(woke: nil), EpisodeEnd.asleep(woke: stamp(200)))
    for end in [early, asleep, woke, .stillThere(stamp(100))] { #expect(episode(0).takes(end)) }
    #expect(episode(0, .stillThere(stamp(100))).takes(late) && episode(0, asleep).takes(woke))
    for (before, end) in [
      (early, late), (early, early), (early, asleep), (woke, late), (asleep, asleep), (asleep, late),
      (.stillThere(stamp(100)), .stillThere(stamp(100))),
    ] { #expect(!episode(0, before).takes(end)) }
  }

  @Test func isOpenForTwoDaysAtMost() {
    let openFor = 48 * Microseconds.hour
    let limit = Int64(48 * 3600)
    #expect(episode(10).isOpen(at: stamp(10), openFor: openFor))
    #expect(episode(0).isOpen(at: stamp(limit - 1), openFor: openFor))
    #expect(!episode(0).isOpen(at: stamp(limit), openFor: openFor))
    #expect(!episode(10).isOpen(at: stamp(9), openFor: openFor))
    #expect(episode(0, .stillThere(stamp(100))).isOpen(at: stamp(200), openFor: openFor))
    #expect(!episode(0, .asleep(woke: nil)).isOpen(at: stamp(200), openFor: openFor))
    #expect(!episode(0, .ended(stamp(300))).isOpen(at: stamp(200), openFor: openFor))
  }

  @Test func peakIsTheGreatestThatWasNoted() {
    func peak(_ fields: [EpisodeField: FieldValue]) -> ClosedRange<Int>? {
      Episode(onset: Onset(at: stamp(0)), fields: fields).peak
    }
    #expect(peak([:]) == nil)
    #expect(peak([.intensity: .range(6...6)]) == 6...6)
    #expect(peak([.intensity: .range(6...6), .worst: .range(8...8)]) == 8...8)
    #expect(peak([.intensity: .range(6...6), .worst: .range(3...3)]) == 6...6)
    #expect(peak([.intensity: .range(4...6), .worst: .range(5...5)]) == 5...6)
  }

  @Test func aChangeLeavesWhatItDoesNotName() {
    let aspirin = Medicine(taken: stamp(0), name: "aspirin", medicineClass: .simple)
    var old = episode(0, .ended(stamp(60)))
    old.fields = [.side: .word("left"), .neck: .flag(true)]
    old.medicines = [aspirin]
    #expect(EpisodeChange().applied(to: old) == old)
    let new = EpisodeChange(
      end: .some(nil), fields: [.neck: nil, .intensity: .range(3...3)], moreMedicines: [aspirin]
    ).applied(to: old)
    #expect(new.end == nil)
    #expect(new.fields == [.side: .word("left"), .intensity: .range(3...3)])
    #expect(new.medicines == [aspirin, aspirin])
    #expect(EpisodeChange(medicines: []).applied(to: old).medicines.isEmpty)
  }

  @Test func anEndThatNeedsATimeHasOne() {
    for word in EpisodeEnd.Word.allCases {
      #expect(EpisodeEnd(word, at: stamp(5))?.word == word)
      #expect(EpisodeEnd(word, at: stamp(5))?.stamp == stamp(5))
      #expect((EpisodeEnd(word, at: nil) == nil) == (word != .asleep))
    }
  }
}
