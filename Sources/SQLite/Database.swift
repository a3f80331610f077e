import CSQLite
import Glibc

/// A connection to a database, for one thread at a time.
///
/// It is closed when the last reference to it and to its statements is gone.
public final class Database {
  public enum Mode: Hashable, Sendable {
    case readWrite
    /// A database in WAL mode can be opened so only where its `-shm` file exists or can be made.
    case readOnly
  }

  let raw: OpaquePointer

  /// Opens a database file that exists; an empty file is an empty database.
  ///
  /// The file is not made here, so that whoever makes it decides about its permissions. A path whose last component is
  /// a symbolic link is refused; folders may be links. Extended result codes are on; SQL cannot damage the file
  /// (`SQLITE_DBCONFIG_DEFENSIVE`), and the schema is not trusted (`trusted_schema` off).
  ///
  /// SQLite opens the file for the first time when it is first used: that a file is no database is only seen then.
  ///
  /// - Parameters:
  ///   - path: the file, or `:memory:` for a database that lives as long as its connection.
  ///   - mode: with ``Mode/readWrite``, a file that cannot be written is opened all the same and refuses each write.
  ///   - busyTimeoutMilliseconds: how long an operation waits for another connection, 0 … 2^31 − 1 ms; 0 fails at once.
  /// - Throws: ``SQLiteError``: `SQLITE_CANTOPEN` when there is no such file.
  public init(path: String, mode: Mode, busyTimeoutMilliseconds: Int) throws(SQLiteError) {
    let access = mode == .readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
    let flags = access | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX
    var connection: OpaquePointer?
    let code = sqlite3_open_v2(try Database.withResolvedFolder(path), &connection, flags, nil)
    // Without memory for a connection there is none.
    guard let connection else { throw .generic(SQLITE_NOMEM) }
    raw = connection
    // From here on `deinit` closes it, as it must be also after an error.
    guard code == SQLITE_OK else { throw error(code) }
    sqlite3_busy_timeout(raw, Int32(clamping: max(0, busyTimeoutMilliseconds)))
    try setSwitch(SQLITE_DBCONFIG_DEFENSIVE, true)
    try setSwitch(SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)
  }

  deinit {
    sqlite3_close_v2(raw)
  }

  /// Runs one or more statements without parameters; rows, if there are any, are passed over.
  public func execute(_ sql: String) throws(SQLiteError) {
    guard !sql.utf8.contains(0) else { throw .misuse("there is a NUL in the text") }
    let code = sqlite3_exec(raw, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw error(code) }
  }

  /// Compiles one statement, to be kept by the caller and used many times.
  ///
  /// - Parameter sql: exactly one statement; a comment after it is not allowed.
  /// - Throws: ``SQLiteError``: SQLite's own, and `SQLITE_MISUSE` for no statement or more than one.
  public func prepare(_ sql: String) throws(SQLiteError) -> Statement {
    try Statement(self, sql: sql)
  }

  /// Runs `body` in a write transaction (`BEGIN IMMEDIATE`), which ends with COMMIT, or with ROLLBACK when `body` or
  /// COMMIT throws.
  ///
  /// A transaction that starts reading and becomes a writer later fails at once, whatever the busy timeout: this one
  /// waits at its beginning. Transactions do not nest.
  ///
  /// - Throws: ``SQLiteError``: what `body` throws, or what BEGIN or COMMIT does.
  public func transaction<Result>(_ body: () throws(SQLiteError) -> Result) throws(SQLiteError) -> Result {
    try transaction(mapping: { $0 }, body)
  }

  /// As ``transaction(_:)``, for a `body` with errors of its own.
  ///
  /// - Parameters:
  ///   - wrap: makes an error of the same type of what BEGIN or COMMIT throws.
  ///   - body: the work.
  /// - Throws: what `body` throws, or a wrapped ``SQLiteError``.
  public func transaction<Result, Failure: Error>(
    mapping wrap: (SQLiteError) -> Failure, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    do { try execute("BEGIN IMMEDIATE") } catch { throw wrap(error) }
    let result: Result
    do { result = try body() } catch {
      rollBack()
      throw error
    }
    do { try execute("COMMIT") } catch {
      rollBack()
      throw wrap(error)
    }
    return result
  }

  /// Runs several queries on one state of the database, whatever other connections write meanwhile.
  ///
  /// Within ``transaction(_:)`` it adds nothing.
  public func snapshot<Result>(_ body: () throws(SQLiteError) -> Result) throws(SQLiteError) -> Result {
    if isInTransaction { return try body() }
    try execute("BEGIN")
    defer { rollBack() }
    return try body()
  }

  /// The number that the application keeps in the file's header; 0 in a new file.
  public var userVersion: Int32 {
    get throws(SQLiteError) {
      guard case .integer(let version) = try pragma("user_version") else { return 0 }
      return Int32(truncatingIfNeeded: version)
    }
  }

  /// Sets ``userVersion``; inside a transaction it is a part of it.
  public func setUserVersion(_ version: Int32) throws(SQLiteError) {
    try setPragma("user_version", to: version)
  }

  /// The first column of the first row of `PRAGMA name`; nil when there is no row, as for a name that does not exist.
  public func pragma(_ name: String) throws(SQLiteError) -> Value? {
    try checkPragmaName(name)
    return try prepare("PRAGMA \(name)").first { row throws(SQLiteError) in try row.value(0) }
  }

  /// `PRAGMA name = value`.
  ///
  /// - Returns: what is in force now, for those that tell it: `journal_mode` may stay what it was.
  /// - Throws: ``SQLiteError``: SQLite's own, and `SQLITE_MISUSE` for a value that is neither integer nor text.
  @discardableResult
  public func setPragma(_ name: String, to value: any ValueConvertible) throws(SQLiteError) -> Value? {
    try checkPragmaName(name)
    let literal: String
    switch value.sqliteValue {
    case .integer(let integer): literal = String(integer)
    case .text(let text):
      let quoted = text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
      literal = "'\(quoted)'"
    default: throw .misuse("a pragma's value is an integer or text")
    }
    return try prepare("PRAGMA \(name) = \(literal)").first { row throws(SQLiteError) in try row.value(0) }
  }

  /// The row number of the last row that this connection inserted; 0 when it has inserted none.
  public var lastInsertRowID: Int64 { sqlite3_last_insert_rowid(raw) }

  /// How many rows the last INSERT, UPDATE or DELETE of this connection has changed.
  public var changes: Int { Int(sqlite3_changes64(raw)) }

  /// Whether a transaction is open.
  public var isInTransaction: Bool { sqlite3_get_autocommit(raw) == 0 }

  /// Moves the whole write-ahead log into the database file and empties it (`PRAGMA wal_checkpoint(TRUNCATE)`).
  ///
  /// Only then do deleted texts leave the log, `secure_delete` or not. It waits for other connections as long as the
  /// busy timeout says.
  ///
  /// - Returns: `busy` when another connection was in the way and the log is not empty; the number of frames in the log,
  ///   and of those that are moved: 0 and 0 after success, −1 and −1 when the database has no such log.
  public func checkpointTruncate() throws(SQLiteError) -> (busy: Bool, log: Int, checkpointed: Int) {
    let result = try prepare("PRAGMA wal_checkpoint(TRUNCATE)").first { row throws(SQLiteError) in
      (busy: try row.int64(0) != 0, log: Int(try row.int64(1)), checkpointed: Int(try row.int64(2)))
    }
    guard let result else { throw .misuse("wal_checkpoint gave no result") }
    return result
  }

  /// Closing it leaves the log as it is (`SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE`): for a file that has another name by now, so that
  /// the log of that name is another one's.
  public func leaveLogOnClose() throws(SQLiteError) { try setSwitch(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true) }

  /// Looks for damage (`PRAGMA quick_check`): one line of text for each, at most 100; none when the file is sound.
  ///
  /// It reads the whole file. Damage may also be such that it throws (``SQLiteError/isCorrupt``).
  public func quickCheck() throws(SQLiteError) -> [String] {
    let lines = try prepare("PRAGMA quick_check").query { row throws(SQLiteError) in try row.string(0) }
    return lines == ["ok"] ? [] : lines
  }

  /// The error for a result code that a call on this connection has just returned.
  func error(_ code: Int32) -> SQLiteError {
    // The connection's message belongs to another call when the codes differ.
    guard sqlite3_extended_errcode(raw) == code, let message = sqlite3_errmsg(raw) else { return .generic(code) }
    return SQLiteError(extendedCode: code, message: String(cString: message))
  }

  /// After some errors (disk full, out of memory) SQLite has rolled back by itself.
  private func rollBack() {
    if isInTransaction { sqlite3_exec(raw, "ROLLBACK", nil, nil, nil) }
  }

  private func setSwitch(_ option: Int32, _ isOn: Bool) throws(SQLiteError) {
    var result: Int32 = -1
    let code = csqlite_db_config_switch(raw, option, isOn ? 1 : 0, &result)
    guard code == SQLITE_OK else { throw error(code) }
    guard result == (isOn ? 1 : 0) else { throw .misuse("the switch \(option) cannot be set") }
  }

  private func checkPragmaName(_ name: String) throws(SQLiteError) {
    let isName = name.utf8.allSatisfy { byte in
      byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }
    guard isName, !name.isEmpty else { throw .misuse("a pragma's name has letters and underscores") }
  }

  /// SQLite's NOFOLLOW refuses links anywhere in a path, and a home folder may well be reached through one. So the folder
  /// is resolved here, and SQLite is left to judge the last component.
  private static func withResolvedFolder(_ path: String) throws(SQLiteError) -> String {
    if path == ":memory:" { return path }
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard let name = parts.last, !name.isEmpty, !path.utf8.contains(0) else { throw .generic(SQLITE_CANTOPEN) }
    let folder = path.utf8.dropLast(name.count)
    guard let resolved = realpath(folder.isEmpty ? "." : String(Substring(folder)), nil) else {
      throw SQLiteError(extendedCode: SQLITE_CANTOPEN, message: String(cString: strerror(errno)))
    }
    defer { free(resolved) }
    return String(cString: resolved) + "/" + String(Substring(name))
  }
}
