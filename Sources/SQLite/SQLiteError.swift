import CSQLite

/// What SQLite, or this module in SQLite's terms, refused to do.
///
/// Messages name tables, columns and pieces of SQL, never the values that were bound.
public struct SQLiteError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The extended result code, such as `SQLITE_CONSTRAINT_UNIQUE` (2067); equal to ``code`` when there is none.
  public let extendedCode: Int32
  /// English text without a final full stop.
  public let message: String

  /// - Parameters:
  ///   - extendedCode: a primary or extended result code other than `SQLITE_OK`, `SQLITE_ROW` and `SQLITE_DONE`.
  ///   - message: text about it.
  public init(extendedCode: Int32, message: String) {
    (self.extendedCode, self.message) = (extendedCode, message)
  }

  /// The primary result code, such as `SQLITE_CONSTRAINT` (19): the low 8 bits of ``extendedCode``.
  public var code: Int32 { extendedCode & 0xFF }

  /// Another connection is in the way, or, as `SQLITE_LOCKED`, another statement of this one. Later it may work.
  public var isBusy: Bool { code == SQLITE_BUSY || code == SQLITE_LOCKED }

  /// The disk or the database's own limit is full.
  public var isFull: Bool { code == SQLITE_FULL }

  /// The connection, the file or its folder does not allow writing.
  public var isReadOnly: Bool { code == SQLITE_READONLY }

  /// The file cannot be opened, or the disk fails (`SQLITE_CANTOPEN`, `SQLITE_IOERR`).
  public var isUnreachable: Bool { code == SQLITE_CANTOPEN || code == SQLITE_IOERR }

  /// The file is damaged, or not a database.
  public var isCorrupt: Bool { code == SQLITE_CORRUPT || code == SQLITE_NOTADB }

  /// A value violates a constraint of the schema, among them the types of STRICT tables.
  public var isConstraint: Bool { code == SQLITE_CONSTRAINT }

  /// A value has another type than the one that was asked for (`SQLITE_MISMATCH`).
  public var isMismatch: Bool { code == SQLITE_MISMATCH }

  public var description: String { "SQLite error \(extendedCode): \(message)" }

  /// An error without a connection to ask, in SQLite's own words for the code.
  static func generic(_ code: Int32) -> SQLiteError {
    SQLiteError(extendedCode: code, message: String(cString: sqlite3_errstr(code)))
  }

  /// This module was used in a way that it does not allow: an error of the program.
  static func misuse(_ message: String) -> SQLiteError {
    SQLiteError(extendedCode: SQLITE_MISUSE, message: message)
  }
}
