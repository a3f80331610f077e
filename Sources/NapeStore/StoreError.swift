import Glibc
import SQLite

/// Why the store cannot be used, or could not take a record.
public enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A folder or file that is missing, not ours, or not what it should be.
  case file(path: String, what: String, errno: Int32 = 0)
  /// The store was written by a newer version of nape.
  case newer(path: String, what: String)
  case database(SQLiteError)

  /// Whether the same call may go through later: another program holds the store, the disk is full or takes no writes.
  public var isPassing: Bool {
    switch self {
    case .database(let error): error.isBusy || error.isFull || error.isReadOnly || error.isUnreachable
    case .file(_, _, let errno): [EROFS, ENOSPC, EDQUOT, EACCES, EIO].contains(errno)
    case .newer: false
    }
  }

  /// Whether what is in the file cannot be read any more.
  public var isDamage: Bool { if case .database(let error) = self { error.isCorrupt } else { false } }

  public var description: String {
    switch self {
    case .file(let path, let what, _), .newer(let path, let what): "\(path): \(what)"
    case .database(let error): error.description
    }
  }
}
