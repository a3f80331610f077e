import CSQLite

/// A prepared statement, to be kept and used again and again.
///
/// Every use binds all parameters and ends with the statement reset and its bindings cleared, also when it throws: a
/// statement that is left in the middle of its result would hold a read transaction open.
public final class Statement {
  /// The connection outlives its statements.
  private let database: Database
  let raw: OpaquePointer
  private var isInUse = false

  init(_ database: Database, sql: String) throws(SQLiteError) {
    guard !sql.utf8.contains(0) else { throw .misuse("there is a NUL in the text") }
    var statement: OpaquePointer?
    let (code, rest) = sql.withCString { text -> (Int32, String) in
      var tail: UnsafePointer<CChar>?
      let code = sqlite3_prepare_v3(database.raw, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, &tail)
      return (code, tail.map { String(cString: $0) } ?? "")
    }
    guard code == SQLITE_OK else { throw database.error(code) }
    guard let statement else { throw .misuse("there is no statement in the text") }
    guard rest.allSatisfy(\.isWhitespace) else {
      sqlite3_finalize(statement)
      throw .misuse("there is more than one statement in the text")
    }
    (self.database, raw) = (database, statement)
  }

  deinit {
    sqlite3_finalize(raw)
  }

  /// Runs it to its end; rows, if there are any, are passed over.
  ///
  /// - Parameter values: one for each parameter, in order; nil is NULL.
  /// - Throws: ``SQLiteError``: SQLite's own, `SQLITE_RANGE` for another number of values than of parameters,
  ///   `SQLITE_MISMATCH` for NaN, and `SQLITE_MISUSE` when the statement is in use already.
  public func run(_ values: (any ValueConvertible)?...) throws(SQLiteError) {
    try withBound(values) { () throws(SQLiteError) in
      while try step() {}
    }
  }

  /// Runs it to its end and makes a value of each row.
  ///
  /// - Parameters:
  ///   - values: one for each parameter, in order; nil is NULL.
  ///   - body: reads a row, which is valid only inside; what it throws ends the query. It must not use this statement.
  /// - Throws: as ``run(_:)``, and what `body` throws.
  public func query<Result>(
    _ values: (any ValueConvertible)?..., row body: (Row) throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> [Result] {
    try withBound(values) { () throws(SQLiteError) in
      var results: [Result] = []
      while try step() { results.append(try body(Row(self))) }
      return results
    }
  }

  /// Makes a value of the first row and leaves the others; nil when there is none.
  ///
  /// - Parameters:
  ///   - values: one for each parameter, in order; nil is NULL.
  ///   - body: reads the row, which is valid only inside. It must not use this statement.
  /// - Throws: as ``run(_:)``, and what `body` throws.
  public func first<Result>(
    _ values: (any ValueConvertible)?..., row body: (Row) throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result? {
    try withBound(values) { () throws(SQLiteError) in
      try step() ? try body(Row(self)) : nil
    }
  }

  private func withBound<Result>(
    _ values: [(any ValueConvertible)?], _ body: () throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result {
    guard !isInUse else { throw .misuse("the statement is in use already") }
    isInUse = true
    defer {
      // It returns the error of the last step again, which has been thrown.
      sqlite3_reset(raw)
      sqlite3_clear_bindings(raw)
      isInUse = false
    }
    let parameterCount = Int(sqlite3_bind_parameter_count(raw))
    guard values.count == parameterCount else {
      throw SQLiteError(extendedCode: SQLITE_RANGE, message: "\(values.count) values for \(parameterCount) parameters")
    }
    for (index, value) in values.enumerated() { try bind(value?.sqliteValue ?? .null, at: Int32(index + 1)) }
    return try body()
  }

  /// - Parameter index: from 1, as SQLite counts parameters.
  private func bind(_ value: Value, at index: Int32) throws(SQLiteError) {
    let code: Int32
    switch value {
    case .null:
      code = sqlite3_bind_null(raw, index)
    case .integer(let integer):
      code = sqlite3_bind_int64(raw, index, integer)
    case .real(let real):
      // SQLite would store NULL.
      guard !real.isNaN else {
        throw SQLiteError(extendedCode: SQLITE_MISMATCH, message: "parameter \(index) is not a number")
      }
      code = sqlite3_bind_double(raw, index, real)
    case .text(var text):
      let raw = raw
      code = text.withUTF8 { utf8 in
        // A null pointer would be bound as NULL.
        guard let start = utf8.baseAddress else { return csqlite_bind_text(raw, index, "", 0) }
        return start.withMemoryRebound(to: CChar.self, capacity: utf8.count) {
          csqlite_bind_text(raw, index, $0, UInt64(utf8.count))
        }
      }
    case .blob(let bytes):
      // An empty array may have no pointer, which would be bound as NULL.
      code =
        bytes.isEmpty
        ? sqlite3_bind_zeroblob(raw, index, 0) : csqlite_bind_blob(raw, index, bytes, UInt64(bytes.count))
    }
    guard code == SQLITE_OK else { throw database.error(code) }
  }

  /// True when there is a row.
  private func step() throws(SQLiteError) -> Bool {
    switch sqlite3_step(raw) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw database.error(code)
    }
  }
}
