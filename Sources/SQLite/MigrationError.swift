/// Why a database could not be brought to the newest version.
public enum MigrationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A newer program has written it; it is left alone.
  case newerVersion(found: Int32, known: Int32)
  /// The step to `version` failed and is undone; those before it hold. 0 when the present version could not be read.
  case failed(version: Int32, SQLiteError)

  public var description: String {
    switch self {
    case .newerVersion(let found, let known):
      "the database has version \(found), newer than version \(known), the newest that is known"
    case .failed(let version, let error):
      "the database could not be brought to version \(version): \(error.message) (\(error.extendedCode))"
    }
  }
}
