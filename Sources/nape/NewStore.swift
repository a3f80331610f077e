import Glibc
import NapeCore
import NapeSimulation
import NapeStore

/// The record of a simulated run, in a file that was not there before.
enum NewStore {
  /// - Throws: where something is there, or where making a record would take a folder's readers away.
  static func check(_ path: String) throws {
    var status = stat()
    guard lstat(path, &status) != 0 else {
      throw Failure("\(path): something is there already: name a new file", status: 1)
    }
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    guard stat(folder, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR, status.st_mode & 0o077 == 0 else {
      throw Failure(
        "\(folder): a record lies in a folder that nobody else can read: name one that is not there, and it is made so",
        status: 1)
    }
  }

  static func write(_ records: TraceRecords, to path: String, rules: DiaryRules) throws {
    guard let checkpoint = records.checkpoint else { return }
    do throws(StoreError) {
      let store = try Store(path: path, patience: .command)
      try store.record(
        records.effects, exercises: records.exercises, episodes: records.episodes, settings: records.settings,
        checkpoint, rules: rules)
      _ = try store.emptyLog()
    } catch {
      for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
      throw Failure("\(error)", status: 1)
    }
  }
}
