import Foundation
import NapeCore
import SQLite
import Testing

@testable import NapeStore

/// What goes wrong while a headache is entered.
@Suite struct EntryFailureTests: KeepingSuite {
  let folder = Self.newFolder

  @Test func aFullDiskTakesNothingAndSaysSo() throws {
    let store = try open()
    _ = try add(episode("2026-03-02T11:00:00", note: "first"), to: store)
    let pages = try #require(try store.database.pragma("page_count"))
    try store.database.setPragma("max_page_count", to: pages)
    let long = String(repeating: "long ", count: 200)
    var stored = 1
    var failure: DiaryError?
    for hour in 0..<24 where failure == nil {
      do throws(DiaryError) {
        let episode = episode("2026-02-0\(1 + hour % 9)T\(10 + hour / 9):00:00", note: long)
        _ = try store.add(episode, at: now, way: .dbus, rules: rules)
        stored += 1
      } catch { failure = error }
    }
    guard case .store(let error)? = failure else { return #expect(Bool(false), "it did not fill up") }
    #expect(error.isPassing)
    #expect(!error.description.contains("long"))
    let records = try store.episodes()
    #expect(records.count == stored)
    #expect(records.allSatisfy { $0.episode.fields.count == 1 && $0.episode.medicines.count == 1 })
    try store.database.setPragma("max_page_count", to: 100_000)
    _ = try add(episode("2026-02-28T11:00:00", note: long), to: store)
    #expect(try store.quickCheck().isEmpty)
  }

  /// A copy of the files as the disk may hold them at any moment of an entry, the log torn at every place.
  @Test func aPowerCutLeavesAHeadacheWholeOrNotAtAll() throws {
    let store = try Store(path: path, patience: .daemon)
    _ = try add(episode("2026-03-01T11:00:00", note: "first"), to: store)
    #expect(try store.emptyLog())
    // A reader keeps the log from being emptied at the deletion.
    let reader = try Database(path: path, mode: .readOnly, busyTimeoutMilliseconds: 0)
    try reader.execute("BEGIN; SELECT * FROM episode")
    let id = try add(episode("2026-03-02T11:00:00", note: "second"), to: store)
    _ = try store.change(id, by: EpisodeChange(fields: [.side: .word("left")]), at: now, way: .dbus, rules: rules)
    try store.delete(id, at: now, way: .dbus)
    let size = try #require(try files.attributesOfItem(atPath: path + "-wal")[.size] as? Int)
    var seen: Set<String> = []
    for length in Array(stride(from: 0, to: size, by: 1536)) + [size] {
      let copy = folder + "/../cut-\(length)"
      try files.createDirectory(atPath: copy, withIntermediateDirectories: true)
      for suffix in ["", "-wal"] { try files.copyItem(atPath: path + suffix, toPath: copy + "/nape.db" + suffix) }
      let log = try FileHandle(forWritingTo: URL(filePath: copy + "/nape.db-wal"))
      try log.truncate(atOffset: UInt64(length))
      let cut = try Store(path: copy + "/nape.db", patience: .command)
      let records = try cut.episodes()
      #expect(records.allSatisfy { $0.episode.medicines.count == 1 && $0.episode.fields[.note] != nil })
      #expect(records.allSatisfy { $0.context != nil })
      let changes = try cut.changes(of: id).map(\.field).joined(separator: ",")
      seen.insert("\(records.count) \(records.last?.episode.fields.count ?? 0) \(changes)")
      #expect(try cut.quickCheck().isEmpty)
    }
    #expect(seen == ["1 1 ", "2 1 ", "2 2 side", "1 1 deleted"])
  }
}
