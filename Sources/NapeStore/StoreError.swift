import SQLite

/// Why the store cannot be used, or could not take a record.
public enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A folder or file that is missing, not ours, or not what it should be.
  case file(path: String, what: String)
  /// The store was written by a newer version of nape.
  case newer(path: String, what: String)
  case database(SQLiteError)

  /// Whether the same call may go through later: another program holds the store, or the disk is full.
  public var isPassing: Bool {
    if case .database(let error) = self { return error.isBusy || error.isFull || error.isReadOnly }
    return false
  }

  public var description: String {
    switch self {
    case .file(let path, let what), .newer(let path, let what): "\(path): \(what)"
    case .database(let error): error.description
    }
  }
}
