import Foundation
import NapeCore
import NapeSettings
import NapeStore
import Testing

/// A store that was torn: by a power cut, which loses nothing that had been stored, or by a disk, after which it is set aside.
@Suite struct DamagedStoreTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "nape-\(UUID())/data/nape").path()
  private var path: String { folder + "/nape.db" }
  private let files = FileManager.default

  private func moment(_ seconds: Int64) -> Moment {
    Moment(
      boot: .seconds(seconds), monotonic: .seconds(seconds), wall: .seconds(1_772_438_400 + seconds), offsetSeconds: 0)
  }

  /// So many spans, a transaction each.
  private func write(_ count: Int64, to store: Store, after: (Int64) throws -> Void = { _ in }) throws {
    var engine = Engine(settings: Settings(), wordings: .builtIn(), zone: .utc, bootID: "boot", at: moment(0))
    for index in 0..<count {
      let now = moment(60 + index * 10)
      let effects = engine.handle(index.isMultiple(of: 2) ? .locked : .unlocked, at: now)
      try store.record(effects, engine.checkpoint(at: now))
      try after(index)
    }
  }

  /// A copy of what the disk holds at this moment.
  private func copy(to name: String, cuttingLogTo length: Int? = nil) throws -> String {
    let copy = folder + "/../" + name
    try files.createDirectory(atPath: copy, withIntermediateDirectories: true)
    for suffix in ["", "-wal"] where files.fileExists(atPath: path + suffix) {
      try files.copyItem(atPath: path + suffix, toPath: copy + "/nape.db" + suffix)
    }
    if let length {
      let log = try FileHandle(forWritingTo: URL(filePath: copy + "/nape.db-wal"))
      try log.truncate(atOffset: UInt64(length))
    }
    return copy + "/nape.db"
  }

  @Test func aPowerCutBetweenTwoWritesLosesNothingThatWasStored() throws {
    let store = try Store(path: path, patience: .command)
    try write(20, to: store) { index in
      let cut = try Store(path: try copy(to: "cut-\(index)"), patience: .command)
      #expect(try cut.spans() == store.spans())
      #expect(try cut.checkpoint() == store.checkpoint())
      #expect(try cut.quickCheck().isEmpty)
    }
  }

  @Test func aPowerCutWithinAWriteLeavesWhatWasStoredBefore() throws {
    let store = try Store(path: path, patience: .command)
    try write(12, to: store)
    let spans = try store.spans()
    let size = try #require(try files.attributesOfItem(atPath: path + "-wal")[.size] as? Int)
    for length in stride(from: 0, through: size, by: 517) {
      let cut = try Store(path: try copy(to: "torn-\(length)", cuttingLogTo: length), patience: .command)
      let kept = try cut.spans()
      #expect(kept == Array(spans.prefix(kept.count)))
      #expect(try cut.quickCheck().isEmpty)
      // Spans and checkpoint are of the same moment.
      if let made = try cut.checkpoint()?.made, let last = kept.last { #expect(last.end <= made.boot) }
    }
  }

  @Test(arguments: ["text", "noise", "zeroes"])
  func whatIsNoStoreIsDamage(kind: String) throws {
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let bytes: [UInt8]
    switch kind {
    case "text": bytes = Array(repeating: 0x61, count: 8192)
    case "noise": bytes = (0..<8192).map { UInt8(truncatingIfNeeded: $0 &* 197 &+ 31) }
    default: bytes = Array("SQLite format 3\0".utf8) + Array(repeating: 0, count: 8000)
    }
    try Data(bytes).write(to: URL(filePath: path))
    let error = #expect(throws: StoreError.self) { try Store(path: path, patience: .command) }
    #expect(error?.isDamage == true)
    #expect(error?.isPassing == false)
  }

  @Test func isSetAsideWithItsLogAndNothingIsOverwritten() throws {
    do {
      let store = try Store(path: path, patience: .command)
      try write(3, to: store)
      let aside = try DamagedStore.setAside(path, utcSeconds: 1_772_443_800)
      #expect(aside == path + ".damaged-20260302T093000Z")
      #expect(!files.fileExists(atPath: path))
      #expect(!files.fileExists(atPath: path + "-wal"))
      #expect(files.fileExists(atPath: aside + "-wal"))
    }
    try write(3, to: try Store(path: path, patience: .command))
    let second = try DamagedStore.setAside(path, utcSeconds: 1_772_443_800)
    #expect(second == path + ".damaged-20260302T093000Z-1")
    #expect(DamagedStore.paths(beside: path).count == 2)
    // Both can still be read.
    for aside in DamagedStore.paths(beside: path) {
      #expect(try Store(path: aside, patience: .command).spans().count == 3)
    }
  }

  @Test func whatDoesNotAllowWritingMayPass() throws {
    #expect(StoreError.file(path: "", what: "", errno: EROFS).isPassing)
    #expect(StoreError.file(path: "", what: "", errno: ENOSPC).isPassing)
    #expect(!StoreError.file(path: "", what: "", errno: ELOOP).isPassing)
  }
}
