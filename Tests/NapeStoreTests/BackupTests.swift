import Foundation
import NapeCore
import Testing

@testable import NapeStore

/// Copies of the record, and who may read its files.
@Suite struct BackupTests: KeepingSuite {
  let folder = Self.newFolder

  @Test func aCopyHoldsAllAndLeavesNothingBesides() throws {
    let store = try open()
    try store.record(spans.map { .span($0) }, checkpoint())
    _ = try add(episode("2026-03-02T11:00:00", note: marker), to: store)
    let place = folder + "/../copies"
    try files.createDirectory(atPath: place, withIntermediateDirectories: true)
    let counts = try Backup.make(of: store, in: place + "/copy.db", replacing: false)
    #expect(counts.filter { $0.count > 0 }.map(\.what) == ["spans", "headaches"])
    #expect(counts.filter { $0.count > 0 }.map(\.count) == [5, 1])
    #expect(try files.contentsOfDirectory(atPath: place) == ["copy.db"])
    #expect(try mode(place + "/copy.db") == 0o600)
    #expect(try Store(path: place + "/copy.db", patience: .command).episodes() == store.episodes())
    let error = #expect(throws: StoreError.self) {
      try Backup.make(of: store, in: place + "/copy.db", replacing: false)
    }
    if case .file(_, _, EEXIST) = error {} else { Issue.record("\(String(describing: error))") }
    try store.erase(Erasure(days: nil, isDiaryOnly: false), offsetSeconds: 0, rules: rules)
    #expect(try Backup.make(of: store, in: place + "/copy.db", replacing: true).allSatisfy { $0.count == 0 })
  }

  @Test func aLinkIsNotFollowedAndTheRecordNotReplaced() throws {
    let store = try open()
    let place = folder + "/../copies"
    try files.createDirectory(atPath: place, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: URL(filePath: place + "/target"))
    try files.createSymbolicLink(atPath: place + "/link", withDestinationPath: place + "/target")
    #expect(throws: StoreError.self) { try Backup.make(of: store, in: place + "/link", replacing: false) }
    _ = try Backup.make(of: store, in: place + "/link", replacing: true)
    #expect(try String(contentsOfFile: place + "/target", encoding: .utf8) == "mine")
    #expect(try files.attributesOfItem(atPath: place + "/link")[.type] as? FileAttributeType == .typeRegular)
    for file in [path, path + "-wal", place, place + "/", place + "/no/copy.db", ""] {
      #expect(throws: StoreError.self, "\(file)") { try Backup.make(of: store, in: file, replacing: true) }
    }
    #expect(try store.quickCheck().isEmpty)
    #expect(try files.contentsOfDirectory(atPath: place).sorted() == ["link", "target"])
  }

  @Test func allFilesAreForTheirPersonAloneWhateverTheFolderWas() throws {
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try files.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder)
    let store = try open()
    _ = try add(episode("2026-03-02T11:00:00"), to: store)
    #expect(try mode(folder) == 0o700)
    let names = try files.contentsOfDirectory(atPath: folder).sorted()
    #expect(names == ["nape.db", "nape.db-shm", "nape.db-wal"])
    for name in names { #expect(try mode(folder + "/" + name) == 0o600, "\(name)") }
  }
}
