import CSQLite

/// One row of a result, read by column number from 0.
///
/// It is a view of the statement's present row: valid in the closure that receives it, and no longer.
///
/// A column that does not hold the type that is asked for throws (`SQLITE_MISMATCH`), and one that does not exist too
/// (`SQLITE_RANGE`): nothing is converted, and NULL is never 0.
public struct Row {
  private let statement: Statement

  init(_ statement: Statement) {
    self.statement = statement
  }

  /// How many columns there are.
  public var count: Int { Int(sqlite3_data_count(statement.raw)) }

  public func int64(_ column: Int) throws(SQLiteError) -> Int64 {
    try int64OrNil(column).orThrow(nullError(column))
  }

  public func double(_ column: Int) throws(SQLiteError) -> Double {
    try doubleOrNil(column).orThrow(nullError(column))
  }

  /// Text of which a part is not UTF-8 has U+FFFD there.
  public func string(_ column: Int) throws(SQLiteError) -> String {
    try stringOrNil(column).orThrow(nullError(column))
  }

  public func bytes(_ column: Int) throws(SQLiteError) -> [UInt8] {
    try bytesOrNil(column).orThrow(nullError(column))
  }

  /// The integers 0 and 1; others throw.
  public func bool(_ column: Int) throws(SQLiteError) -> Bool {
    try boolOrNil(column).orThrow(nullError(column))
  }

  /// nil for NULL.
  public func int64OrNil(_ column: Int) throws(SQLiteError) -> Int64? {
    guard try holds(SQLITE_INTEGER, column) else { return nil }
    return sqlite3_column_int64(statement.raw, Int32(column))
  }

  /// nil for NULL.
  public func doubleOrNil(_ column: Int) throws(SQLiteError) -> Double? {
    guard try holds(SQLITE_FLOAT, column) else { return nil }
    return sqlite3_column_double(statement.raw, Int32(column))
  }

  /// nil for NULL. Text of which a part is not UTF-8 has U+FFFD there: one bad byte must not keep a person from all that
  /// lies beside it.
  public func stringOrNil(_ column: Int) throws(SQLiteError) -> String? {
    guard try holds(SQLITE_TEXT, column) else { return nil }
    // The pointer before the size: SQLite's order for both to be of the same form.
    guard let text = sqlite3_column_text(statement.raw, Int32(column)) else { throw .generic(SQLITE_NOMEM) }
    let size = Int(sqlite3_column_bytes(statement.raw, Int32(column)))
    return String(decoding: UnsafeBufferPointer(start: text, count: size), as: UTF8.self)
  }

  /// As ``string(_:)``, for a column that mostly holds what it held in the row before: that text is handed out again, without
  /// a copy.
  ///
  /// - Parameter last: the text of the row before, and then of this one.
  public func string(_ column: Int, after last: inout String) throws(SQLiteError) -> String {
    guard try holds(SQLITE_TEXT, column) else { throw nullError(column) }
    guard let text = sqlite3_column_text(statement.raw, Int32(column)) else { throw .generic(SQLITE_NOMEM) }
    let found = UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(statement.raw, Int32(column))))
    let isSame = last.utf8.withContiguousStorageIfAvailable { $0.elementsEqual(found) } ?? false
    if !isSame { last = String(decoding: found, as: UTF8.self) }
    return last
  }

  /// nil for NULL.
  public func bytesOrNil(_ column: Int) throws(SQLiteError) -> [UInt8]? {
    guard try holds(SQLITE_BLOB, column) else { return nil }
    // An empty blob has no pointer.
    guard let bytes = sqlite3_column_blob(statement.raw, Int32(column)) else { return [] }
    let size = Int(sqlite3_column_bytes(statement.raw, Int32(column)))
    return Array(UnsafeRawBufferPointer(start: bytes, count: size))
  }

  /// nil for NULL. Integers other than 0 and 1 throw.
  public func boolOrNil(_ column: Int) throws(SQLiteError) -> Bool? {
    switch try int64OrNil(column) {
    case nil: return nil
    case 0: return false
    case 1: return true
    default: throw mismatch(column, "an integer other than 0 and 1")
    }
  }

  /// Whatever the column holds.
  public func value(_ column: Int) throws(SQLiteError) -> Value {
    switch try type(column) {
    case SQLITE_INTEGER: .integer(try int64(column))
    case SQLITE_FLOAT: .real(try double(column))
    case SQLITE_TEXT: .text(try string(column))
    case SQLITE_BLOB: .blob(try bytes(column))
    default: .null
    }
  }

  /// True when the column holds this type, false when it is NULL; throws when it holds another.
  private func holds(_ wanted: Int32, _ column: Int) throws(SQLiteError) -> Bool {
    let found = try type(column)
    if found == wanted { return true }
    guard found == SQLITE_NULL else { throw mismatch(column, "\(Row.name(found)) where \(Row.name(wanted)) is wanted") }
    return false
  }

  private func type(_ column: Int) throws(SQLiteError) -> Int32 {
    guard (0..<count).contains(column) else {
      throw SQLiteError(extendedCode: SQLITE_RANGE, message: "column \(column) of a row of \(count)")
    }
    return sqlite3_column_type(statement.raw, Int32(column))
  }

  private func nullError(_ column: Int) -> SQLiteError {
    mismatch(column, "NULL where a value is wanted")
  }

  private func mismatch(_ column: Int, _ problem: String) -> SQLiteError {
    let name = sqlite3_column_name(statement.raw, Int32(clamping: column)).map { String(cString: $0) } ?? "\(column)"
    return SQLiteError(extendedCode: SQLITE_MISMATCH, message: "column \(name) holds \(problem)")
  }

  private static func name(_ type: Int32) -> String {
    switch type {
    case SQLITE_INTEGER: "an integer"
    case SQLITE_FLOAT: "a real"
    case SQLITE_TEXT: "text"
    case SQLITE_BLOB: "a blob"
    default: "NULL"
    }
  }
}

extension Optional {
  fileprivate func orThrow(_ error: @autoclosure () -> SQLiteError) throws(SQLiteError) -> Wrapped {
    guard let self else { throw error() }
    return self
  }
}
