import Foundation
import NapeCore
import Testing

@testable import NapeStore

/// A store in a folder of its own, and what is put into it on a Monday afternoon.
protocol KeepingSuite {
  /// That of the store.
  var folder: String { get }
}

extension KeepingSuite {
  static var newFolder: String {
    FileManager.default.temporaryDirectory.appending(path: "nape-\(UUID())/data/nape").path()
  }

  var path: String { folder + "/nape.db" }
  var files: FileManager { .default }
  var rules: DiaryRules { DiaryRules(Settings()) }
  /// A Monday.
  var now: Stamp { Stamp(iso8601: "2026-03-02T16:00:00+01:00")! }
  var marker: String { "marker-4711" }

  func open() throws -> Store { try Store(path: path, patience: .command) }

  func moment(_ stamp: Stamp) -> Moment {
    Moment(boot: stamp.wall, monotonic: stamp.wall, wall: stamp.wall, offsetSeconds: stamp.offsetSeconds)
  }

  func at(_ text: String) -> Stamp { Stamp(iso8601: text + "+01:00")! }

  func span(_ kind: Span.Kind, _ from: String, _ to: String, _ evidence: Evidence = .input) -> Span {
    Span(
      kind: kind, evidence: evidence, begin: moment(at(from)), length: at(to).wall - at(from).wall, bootID: "boot")
  }

  func checkpoint(open: [Span] = [], days: [DayCount] = []) -> Checkpoint {
    Checkpoint(
      made: moment(now), bootID: "boot", open: open, bout: .init(from: now.wall - 100, to: now.wall, sitting: 50),
      openPrompt: nil, marks: [.lastID: 7], days: days)
  }

  /// Sunday from 22:00 over midnight, and Monday.
  var spans: [Span] {
    [
      span(.sitting, "2026-03-01T20:00:00", "2026-03-01T22:00:00"),
      span(.away, "2026-03-01T22:00:00", "2026-03-02T09:00:00", .idle),
      span(.sitting, "2026-03-02T09:00:00", "2026-03-02T12:00:00"),
      span(.sitting, "2026-03-02T12:00:00", "2026-03-03T01:00:00"),
      span(.away, "2026-03-03T01:00:00", "2026-03-03T02:00:00", .locked),
    ]
  }

  func day(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

  func episode(_ text: String, note: String? = nil, precision: Onset.Precision = .exact) -> Episode {
    Episode(
      onset: Onset(at: at(text), precision: precision), fields: note.map { [.note: .text($0)] } ?? [:],
      medicines: note.map { [Medicine(taken: at(text), name: $0, medicineClass: .other)] } ?? [])
  }

  func add(_ episode: Episode, to store: Store) throws -> RecordID {
    try store.add(episode, at: now, way: .commandLine, rules: rules).id
  }

  func holds(_ text: String) throws -> [String] {
    try files.contentsOfDirectory(atPath: folder).filter {
      try Data(contentsOf: URL(filePath: folder + "/" + $0)).range(of: Data(text.utf8)) != nil
    }
  }

  func mode(_ path: String) throws -> Int? {
    try files.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }
}
