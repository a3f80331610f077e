import NapeCore
import Testing

@Suite struct EntryRulesTests {
  private static let openFor = 48 * Microseconds.hour
  private static let id = RecordID(high: 1, low: 0xabcdef)

  private func stamp(_ seconds: Int64) -> Stamp { Stamp(wall: .seconds(1_772_438_400 + seconds), offsetSeconds: 3600) }

  private func episode(_ onset: Int64, _ end: EpisodeEnd? = nil, _ precision: Onset.Precision = .exact) -> Episode {
    Episode(onset: Onset(at: stamp(onset), precision: precision), end: end)
  }

  private func refusal(_ episode: Episode, now: Int64 = 100_000, others: [Episode] = []) -> EntryRules.Refusal? {
    do throws(EntryRules.Refusal) {
      _ = try EntryRules.check(
        episode, at: stamp(now), others: others.map { (id: Self.id, episode: $0) }, openFor: Self.openFor)
      return nil
    } catch { return error }
  }

  private func overlaps(_ episode: Episode, _ other: Episode, now: Int64 = 1_000_000) throws -> Bool {
    let flags = try EntryRules.check(
      episode, at: stamp(now), others: [(id: Self.id, episode: other)], openFor: Self.openFor)
    if !flags.isEmpty { #expect(flags == [.overlaps(other.onset, id: Self.id)]) }
    return !flags.isEmpty
  }

  @Test func nothingIsEnteredBeforeItHappened() {
    #expect(refusal(episode(100_000)) == nil)
    #expect(refusal(episode(100_001)) == .onsetInFuture)
    #expect(refusal(episode(0, .ended(stamp(100_000)))) == nil)
    #expect(refusal(episode(0, .ended(stamp(100_001)))) == .endInFuture)
    #expect(refusal(episode(0, .asleep(woke: stamp(100_001)))) == .endInFuture)
    #expect(refusal(episode(0, .stillThere(stamp(100_001)))) == .endInFuture)
  }

  @Test func anEndComesAfterTheOnset() {
    #expect(refusal(episode(10, .ended(stamp(10)))) == nil)
    #expect(refusal(episode(10, .ended(stamp(9)))) == .endBeforeOnset)
    #expect(refusal(episode(10, .asleep(woke: nil))) == nil)
    let longest: Int64 = 31 * 86_400
    #expect(refusal(episode(0, .ended(stamp(longest))), now: longest) == nil)
    #expect(refusal(episode(0, .ended(stamp(longest + 1))), now: longest + 1) == .tooLong)
  }

  @Test(arguments: [(-301, false), (-300, true), (0, true), (300, true), (301, false)])
  func fiveMinutesApartIsTheSame(by seconds: Int64, isDuplicate: Bool) {
    let other = episode(5000)
    let refusal = refusal(episode(5000 + seconds), others: [other])
    #expect((refusal == .duplicate(of: other.onset, id: Self.id)) == isDuplicate)
    if isDuplicate { #expect(refusal?.description.contains(" is noted already (abcdef): ") == true) }
  }

  @Test func oneThatLastedBeyondALaterOnsetOverlapsIt() throws {
    #expect(try overlaps(episode(1000, .ended(stamp(9000))), episode(8000, .ended(stamp(8500)))))
    #expect(try !overlaps(episode(1000, .ended(stamp(8000))), episode(8000)))
    #expect(try !overlaps(episode(1000), episode(8000)))
  }

  @Test func noMedicineIsTakenInTheFuture() {
    var episode = episode(0)
    episode.medicines = [Medicine(taken: stamp(100), name: "x", medicineClass: .simple)]
    #expect(refusal(episode, now: 100) == nil)
    #expect(refusal(episode, now: 99) == .medicineInFuture)
  }

  @Test func whatWasTakenAtTheOnsetGoesAlongWithIt() {
    var before = episode(1000)
    before.medicines = [1000, 2000].map { Medicine(taken: stamp($0), name: "x", medicineClass: .simple) }
    let after = EpisodeChange(onset: Onset(at: stamp(500))).applied(to: before)
    #expect(after.medicines.map(\.taken) == [stamp(500), stamp(2000)])
  }

  @Test func aDayHasRoomForSeveral() {
    #expect(refusal(episode(0, nil, .day), others: [episode(0, nil, .day), episode(0)]) == nil)
    #expect(refusal(episode(0), others: [episode(0, nil, .partOfDay)]) == nil)
  }

  @Test func overlapsWhatWasGoingOn() throws {
    let day: Int64 = 86_400
    #expect(try overlaps(episode(4000), episode(0)))
    #expect(try !overlaps(episode(2 * day), episode(0)))
    #expect(try overlaps(episode(2 * day - 1), episode(0)))
    #expect(try !overlaps(episode(0), episode(4000)))
    // An end is the first moment without.
    #expect(try !overlaps(episode(4000), episode(0, .ended(stamp(4000)))))
    #expect(try overlaps(episode(3999), episode(0, .ended(stamp(4000)))))
    // Where it is not known when it began or ended, nothing is known to overlap.
    #expect(try !overlaps(episode(4000), episode(0, nil, .day)))
    #expect(try !overlaps(episode(4000), episode(0, .asleep(woke: nil))))
  }

  @Test(
    arguments: [
      EntryRules.Refusal.onsetInFuture, .endInFuture, .endBeforeOnset, .tooLong, .noSuchEpisode("x"), .ambiguous("x"),
      .alreadyEnded,
    ])
  func everyRefusalIsASentenceWithoutItsFullStop(refusal: EntryRules.Refusal) {
    #expect(refusal.description.contains(" ") && refusal.description.last != ".")
  }
}
