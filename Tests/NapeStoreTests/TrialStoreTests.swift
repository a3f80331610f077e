import Foundation
import NapeCore
import NapeStore
import Testing

/// Trials of a break interval, as they are kept.
@Suite struct TrialStoreTests {
  private let path = FileManager.default.temporaryDirectory.appending(path: "nape-\(UUID())/nape.db").path()
  /// 2026-03-02 09:00 in Berlin, a Monday.
  private let nine = Stamp(wall: .seconds(1_772_438_400), offsetSeconds: 3600)

  private func open() throws -> Store { try Store(path: path, patience: .command) }

  private func later(_ days: Int64) -> Stamp { Stamp(wall: nine.wall + days * 24 * .hour, offsetSeconds: 3600) }

  private func trial(seed: UInt64 = .max) -> Trial {
    Trial(start: nine.date.adding(days: 7), seed: seed, present: 50 * .minute, shorter: 30 * .minute)
  }

  @Test func aPlanIsKeptAsItWasDrawn() throws {
    #expect(try open().plan(trial(), at: nine) == nil)
    let record = try #require(try open().trials().first)
    #expect(record.trial == trial() && record.trial.weeks == trial().weeks)
    #expect(record.planned == nine && record.stopped == nil)
    #expect(record.isOpen(on: nine.date) && record.week(on: nine.date) == nil)
    #expect(record.week(on: nine.date.adding(days: 14))?.number == 2)
    #expect(record.lastDay(on: nine.date) < record.trial.start)
    #expect(record.lastDay(on: later(10).date) == later(9).date)
    #expect(record.lastDay(on: later(900).date) == record.trial.lastDay)
    #expect(!record.isOpen(on: record.trial.lastDay.adding(days: 1)))
  }

  @Test func anOpenOneIsNotReplaced() throws {
    let store = try open()
    #expect(try store.plan(trial(seed: 1), at: nine) == nil)
    #expect(try store.plan(trial(seed: 2), at: later(1))?.trial.seed == 1)
    #expect(try store.trials().count == 1)
    // One that is over makes room.
    #expect(try store.plan(trial(seed: 3), at: later(7 * 13)) == nil)
    #expect(try store.trials().map(\.trial.seed) == [1, 3])
  }

  @Test func stoppingKeepsIt() throws {
    let store = try open()
    #expect(try store.stopTrial(at: nine) == nil)
    #expect(try store.plan(trial(), at: nine) == nil)
    #expect(try store.stopTrial(at: later(20))?.stopped == later(20))
    #expect(try store.stopTrial(at: later(21)) == nil)
    let record = try #require(try store.trials().first)
    #expect(record.stopped == later(20) && !record.isOpen(on: later(20).date))
    // The day on which it was stopped is not over.
    #expect(record.lastDay(on: later(50).date) == later(19).date)
    #expect(try store.plan(trial(seed: 5), at: later(20)) == nil)
  }

  @Test func erasingTheDayOfThePlanErasesIt() throws {
    let store = try open()
    #expect(try store.plan(trial(), at: nine) == nil)
    let rules = DiaryRules(Settings())
    let next = later(1).date
    try store.erase(Erasure(days: next...next, isDiaryOnly: true), offsetSeconds: 3600, rules: rules)
    #expect(try store.trials().count == 1)
    try store.erase(Erasure(days: nine.date...nine.date, isDiaryOnly: true), offsetSeconds: 3600, rules: rules)
    #expect(try store.trials().isEmpty)
  }
}
