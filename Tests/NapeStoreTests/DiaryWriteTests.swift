import Foundation
import NapeCore
import NapeSettings
import Testing

@testable import NapeStore

/// What notifications tell, and what of the diary bears on the present.
@Suite struct DiaryWriteTests {
  private let path = FileManager.default.temporaryDirectory.appending(path: "nape-\(UUID())/nape.db").path()
  private let rules = DiaryRules(Settings())
  private let now = Stamp(iso8601: "2026-03-02T16:00:00+01:00")!
  private let id = RecordID(high: 1, low: 2)

  private func ago(_ length: Microseconds) -> Stamp { Stamp(wall: now.wall - length, offsetSeconds: 3600) }

  private var checkpoint: Checkpoint {
    let moment = Moment(boot: 0, monotonic: 0, wall: now.wall, offsetSeconds: 3600)
    return Engine(settings: Settings(), wordings: .builtIn(), zone: .utc, bootID: "boot", at: moment)
      .checkpoint(at: moment)
  }

  /// As after a check-in's *Yes*.
  private var yes: DiaryWrite {
    let midnight = Stamp(wall: now.wall - 16 * .hour, offsetSeconds: 3600)
    return .add(
      EpisodeRecord(
        id: id, episode: Episode(onset: Onset(at: midnight, precision: .day)), entered: now, way: .notification),
      rules)
  }

  private func answer(_ field: EpisodeField, _ value: FieldValue) -> DiaryWrite {
    .change(id, EpisodeChange(fields: [field: value]), at: now, rules)
  }

  @Test func whatWasAnsweredIsStoredAndNothingElse() throws {
    let store = try Store(path: path, patience: .command)
    try store.setDay(now.date, to: .none, at: now, way: .commandLine)
    try store.record([], diary: [yes, answer(.intensity, .range(4...6))], checkpoint)
    try store.record([], diary: [answer(.side, .word("left"))], checkpoint)
    let record = try store.episode(named: id.description)
    #expect(record.episode.fields == [.intensity: .range(4...6), .side: .word("left")])
    #expect(record.episode.onset.precision == .day && record.episode.end == nil && record.context == nil)
    #expect(record.way == .notification)
    // What was declared of the day before does not hold any more.
    #expect(try store.days(from: now.date) == [now.date: .headache])
    #expect(try store.dayRecords(from: now.date).isEmpty)
  }

  @Test func anAnswerToWhatHasBeenDeletedIsPassedOver() throws {
    let store = try Store(path: path, patience: .command)
    try store.record([], diary: [yes], checkpoint)
    try store.delete(id, at: now, way: .commandLine)
    try store.record([], diary: [answer(.neck, .flag(true)), .cardShown(id)], checkpoint)
    #expect(try store.episodes().isEmpty)
    #expect(try store.days(from: now.date).isEmpty)
  }

  @Test func aHeadacheRestrictsExercisesWhileItGoesOn() throws {
    let store = try Store(path: path, patience: .command)
    #expect(try store.exerciseRestriction(at: now) == .none)
    let yesterday = Episode(onset: Onset(at: ago(20 * .hour)))
    let old = try store.add(yesterday, at: now, way: .commandLine, rules: rules).id
    #expect(try store.exerciseRestriction(at: now) == .none, "whether that of yesterday goes on is not known")
    _ = try store.change(old, by: .init(end: .stillThere(ago(.hour))), at: now, way: .dbus, rules: rules)
    #expect(try store.exerciseRestriction(at: now) == .headache)
    _ = try store.change(old, by: .init(end: .ended(ago(.minute))), at: now, way: .dbus, rules: rules)
    #expect(try store.exerciseRestriction(at: now) == .none)
    let today = try store.add(Episode(onset: Onset(at: ago(.hour))), at: now, way: .dbus, rules: rules).id
    #expect(try store.exerciseRestriction(at: now) == .headache)
    try store.openWarning(WarningReport(level: .sameDay, signs: [], opened: now), way: .commandLine)
    #expect(try store.exerciseRestriction(at: now) == .warningSign)
    try store.closeWarnings(at: now)
    try store.delete(today, at: now, way: .dbus)
    #expect(try store.exerciseRestriction(at: now) == .none)
  }

  @Test func aCardIsForWhatLacksDetailAndShownOnce() throws {
    let store = try Store(path: path, patience: .command)
    try store.record([], diary: [yes], checkpoint)
    let told = Episode(
      onset: Onset(at: ago(3 * .hour)), end: .ended(ago(.hour)), fields: [.quality: .word("dull")])
    _ = try store.add(told, at: now, way: .dbus, rules: rules)
    _ = try store.add(Episode(onset: Onset(at: ago(48 * .hour))), at: now, way: .dbus, rules: rules)
    let cards = try store.detailCards(at: now, rules: rules)
    #expect(cards.map(\.episode) == [id] && !cards[0].isShown)
    try store.record([], diary: [.cardShown(id)], checkpoint)
    #expect(try store.detailCards(at: now, rules: rules).map(\.isShown) == [true])
    _ = try store.change(
      id, by: .init(end: .ended(now), fields: [.worst: .range(5...5)]), at: now, way: .dbus, rules: rules)
    #expect(try store.detailCards(at: now, rules: rules).isEmpty)
  }

  @Test func onsetsAreTellableByTheirEntry() throws {
    let store = try Store(path: path, patience: .command)
    _ = try store.add(Episode(onset: Onset(at: ago(3 * .hour))), at: ago(2 * .hour), way: .dbus, rules: rules)
    _ = try store.add(Episode(onset: Onset(at: ago(9 * .hour))), at: ago(.hour), way: .commandLine, rules: rules)
    _ = try store.add(Episode(onset: Onset(at: ago(5 * .hour))), at: now, way: .imported, rules: rules)
    #expect(try store.onsets(enteredAfter: ago(2 * .hour).wall).map(\.onset) == [ago(9 * .hour)])
  }
}
