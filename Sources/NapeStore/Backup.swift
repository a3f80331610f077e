import Glibc
import NapeCore
import SQLite

/// A copy of a store in a file of its own.
public enum Backup {
  /// How many records of a kind a store holds.
  public struct Count: Hashable, Sendable {
    /// In the plural.
    public let what: String
    public let count: Int
  }

  /// Makes a copy of what a store holds at one moment, whoever writes to it meanwhile.
  ///
  /// The copy is made under another name (0600) in the same folder, checked, written to the disk and only then given its
  /// name; what fails leaves nothing behind.
  ///
  /// - Parameters:
  ///   - file: its folder exists; a link of that name is not followed.
  ///   - replacing: whether a file of that name gives way; else that is an error (`EEXIST`).
  /// - Returns: what the copy holds.
  public static func make(of store: Store, in file: String, replacing: Bool) throws(StoreError) -> [Count] {
    let name = file.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    guard !name.isEmpty, name != ".", name != ".." else { throw .file(path: file, what: "this is no name of a file") }
    let folder = file.count == name.count ? "." : String(file.dropLast(name.count))
    guard let resolved = realpath(folder, nil) else { throw StoreLocation.failure(folder) }
    defer { free(resolved) }
    let path = String(cString: resolved) + "/" + name
    try check(path, is: file, apartFrom: store, replacing)

    var template = Array((String(cString: resolved) + "/.\(name).XXXXXX").utf8CString)
    let copy = mkstemp(&template)
    guard copy >= 0 else { throw StoreLocation.failure(folder) }
    let copyPath = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer {
      close(copy)
      // Where all went well it has another name by now.
      for suffix in ["", "-journal", "-wal", "-shm"] { unlink(copyPath + suffix) }
    }
    let counts: [Count]
    do throws(SQLiteError) {
      try store.database.prepare("VACUUM INTO ?").run(copyPath)
      counts = try judge(copyPath)
    } catch { throw .database(error) }
    guard fsync(copy) == 0 else { throw StoreLocation.failure(file) }
    if !replacing {
      // Taken by a call that cannot replace anything, and on every file system.
      let place = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      guard place >= 0 else { throw StoreLocation.failure(file) }
      close(place)
    }
    guard rename(copyPath, path) == 0 else {
      let error = StoreLocation.failure(file)
      if !replacing { unlink(path) }
      throw error
    }
    let folderFD = open(resolved, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if folderFD >= 0 {
      fsync(folderFD)
      close(folderFD)
    }
    return counts
  }

  /// Before any work is done for nothing.
  private static func check(
    _ path: String, is file: String, apartFrom store: Store, _ replacing: Bool
  ) throws(StoreError) {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT { return }
      throw StoreLocation.failure(file)
    }
    for suffix in ["", "-wal", "-shm"] {
      var own = stat()
      if stat(store.path + suffix, &own) == 0, own.st_ino == status.st_ino, own.st_dev == status.st_dev {
        throw .file(path: file, what: "this is the record itself")
      }
    }
    guard replacing else { throw .file(path: file, what: "there is a file already", errno: EEXIST) }
    guard status.st_mode & S_IFMT == S_IFREG || status.st_mode & S_IFMT == S_IFLNK else {
      throw .file(path: file, what: "this is no regular file")
    }
  }

  /// - Returns: what it holds.
  private static func judge(_ path: String) throws(SQLiteError) -> [Count] {
    let database = try Database(path: path, mode: .readOnly, busyTimeoutMilliseconds: 0)
    if let damage = try database.quickCheck().first {
      throw SQLiteError(extendedCode: 11, message: "the copy is damaged: \(damage)")
    }
    var counts: [Count] = []
    for (table, what) in kinds {
      let count = try database.prepare("SELECT count(*) FROM \(table)").first { row throws(SQLiteError) in
        Int(clamping: try row.int64(0))
      }
      counts.append(Count(what: what, count: count ?? 0))
    }
    return counts
  }

  private static let kinds = [
    ("span", "spans"), ("day_total", "daily totals"), ("prompt", "prompts"), ("episode", "headaches"),
    ("day", "days said to be without"), ("note", "notes"), ("score", "scores"),
    ("(SELECT DISTINCT id FROM desk_check)", "desk checks"), ("exercise_done", "exercises"),
    ("exercise_rating", "ratings of exercises"), ("first_use_answer", "answers to first questions"),
    ("trial", "trials"),
  ]
}
