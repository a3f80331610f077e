import Glibc

/// Damaged stores: they are set aside under another name, never overwritten and never deleted.
public enum DamagedStore {
  /// Part of the names: `nape.db.damaged-20260302T093000Z`.
  private static let mark = ".damaged-"

  /// Gives a store's files another name: the log of SQLite's first, so that no new database takes it for its own.
  ///
  /// - Parameter utcSeconds: now, for the name.
  /// - Returns: the new path of the database.
  /// - Throws: ``StoreError/file(path:what:errno:)`` where the folder does not allow it.
  public static func setAside(_ path: String, utcSeconds: Int64) throws(StoreError) -> String {
    var time = time_t(utcSeconds)
    var parts = tm()
    gmtime_r(&time, &parts)
    var stamp = [CChar](repeating: 0, count: 32)
    strftime(&stamp, stamp.count, "%Y%m%dT%H%M%SZ", &parts)
    let name = path + mark + String(decoding: stamp.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    for count in 0..<100 {
      let aside = count == 0 ? name : "\(name)-\(count)"
      guard access(aside, F_OK) != 0 else { continue }
      var moved: [String] = []
      do throws(StoreError) {
        for suffix in ["-wal", "-shm", ""] {
          try move(path + suffix, to: aside + suffix)
          moved.append(suffix)
        }
      } catch {
        // A database and its log belong together.
        for suffix in moved { try? move(aside + suffix, to: path + suffix) }
        throw error
      }
      return aside
    }
    throw .file(path: path, what: "it is damaged, and cannot be set aside: too many were already", errno: EEXIST)
  }

  /// `link(2)` does not replace a file, as `rename(2)` would.
  private static func move(_ path: String, to name: String) throws(StoreError) {
    if link(path, name) == 0 {
      if unlink(path) != 0 { throw StoreLocation.failure(path) }
    } else if errno == EPERM || errno == EOPNOTSUPP {
      // A file system without links.
      if access(name, F_OK) == 0 || rename(path, name) != 0 { throw StoreLocation.failure(path) }
    } else if errno != ENOENT {
      // Not every store has all three files.
      throw StoreLocation.failure(path)
    }
  }

  /// The paths of stores that were set aside beside a store, oldest first.
  public static func paths(beside path: String) -> [String] {
    guard let slash = path.lastIndex(of: "/"), let directory = opendir(String(path[..<slash])) else { return [] }
    defer { closedir(directory) }
    let prefix = path[path.index(after: slash)...] + mark
    var paths: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      let isLog = name.hasSuffix("-wal") || name.hasSuffix("-shm")
      if name.hasPrefix(prefix), !isLog { paths.append(path[...slash] + name) }
    }
    return paths.sorted()
  }
}
