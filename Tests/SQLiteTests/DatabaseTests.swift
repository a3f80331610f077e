import CSQLite
import Glibc
import Testing

@testable import SQLite

@Suite struct DatabaseTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func open(
    _ name: String = "test.db", mode: Database.Mode = .readWrite, timeout: Int = 0
  ) throws(SQLiteError) -> Database {
    try Database(path: "\(folder.path)/\(name)", mode: mode, busyTimeoutMilliseconds: timeout)
  }

  /// A new database with a table `t (id, text)`.
  private func create(wal: Bool = true) throws -> Database {
    try folder.file("test.db")
    let database = try open()
    if wal { #expect(try database.setPragma("journal_mode", to: "wal") == .text("wal")) }
    try database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT")
    return database
  }

  private func count(_ database: Database) throws -> Int64? {
    try database.prepare("SELECT count(*) FROM t").first { row throws(SQLiteError) in try row.int64(0) }
  }

  private func error(_ body: () throws(SQLiteError) -> Void) -> SQLiteError? {
    do throws(SQLiteError) { try body() } catch { return error }
    return nil
  }

  // MARK: Opening

  @Test func missingFileIsNotMade() throws {
    let found = error { () throws(SQLiteError) in _ = try open("missing.db") }
    #expect(found?.code == SQLITE_CANTOPEN)
    #expect(access("\(folder.path)/missing.db", F_OK) != 0)
    #expect(error { () throws(SQLiteError) in _ = try open("no/folder.db") }?.code == SQLITE_CANTOPEN)
    #expect(error { () throws(SQLiteError) in _ = try open("") }?.code == SQLITE_CANTOPEN)
  }

  @Test func linkToAFileIsRefusedAndLinkToAFolderIsNot() throws {
    _ = try create()
    #expect(symlink("test.db", "\(folder.path)/link.db") == 0)
    #expect(symlink(folder.path, "\(folder.path)/linked") == 0)
    #expect(error { () throws(SQLiteError) in _ = try open("link.db") }?.code == SQLITE_CANTOPEN)
    #expect(try count(open("linked/test.db")) == 0)
  }

  @Test func memory() throws {
    let database = try Database(path: ":memory:", mode: .readWrite, busyTimeoutMilliseconds: 0)
    try database.execute("CREATE TABLE t (id) ; INSERT INTO t VALUES (1), (2);")
    #expect(try count(database) == 2)
  }

  @Test func sqlCannotDamageTheFile() throws {
    let database = try create()
    try database.execute("PRAGMA writable_schema = ON")
    let found = error { () throws(SQLiteError) in try database.execute("UPDATE sqlite_schema SET sql = ''") }
    #expect(found?.message == "table sqlite_master may not be modified")
    #expect(try database.pragma("trusted_schema") == .integer(0))
  }

  @Test func closesWithItsLastReference() throws {
    var database: Database? = try create()
    var statement: Statement? = try database?.prepare("SELECT 1")
    weak let watched = database
    database = nil
    #expect(watched != nil)
    #expect(try statement?.first { row throws(SQLiteError) in try row.int64(0) } == 1)
    statement = nil
    #expect(watched == nil)
    // The last connection removes the log.
    #expect(access("\(folder.path)/test.db-wal", F_OK) != 0)
  }

  // MARK: Errors

  @Test func constraintsHaveExtendedCodes() throws {
    let database = try create()
    try database.execute("INSERT INTO t VALUES (1, 'a')")
    let found = error { () throws(SQLiteError) in try database.execute("INSERT INTO t VALUES (2, 'a')") }
    #expect(found?.isConstraint == true)
    #expect(found?.code == SQLITE_CONSTRAINT)
    #expect(found?.extendedCode == SQLITE_CONSTRAINT | (8 << 8))  // SQLITE_CONSTRAINT_UNIQUE
    #expect(found?.message == "UNIQUE constraint failed: t.text")
    #expect(found?.description == "SQLite error 2067: UNIQUE constraint failed: t.text")
  }

  @Test func garbageIsCorrupt() throws {
    try folder.file("test.db", bytes: (0..<8_192).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 1) })
    let database = try open()
    let found = error { () throws(SQLiteError) in _ = try database.userVersion }
    #expect(found?.isCorrupt == true)
    #expect(found?.code == SQLITE_NOTADB)
    #expect(error { () throws(SQLiteError) in _ = try database.quickCheck() }?.isCorrupt == true)
  }

  @Test func damagedPagesAreCorrupt() throws {
    do {
      let database = try create(wal: false)
      let insert = try database.prepare("INSERT INTO t (text) VALUES (?)")
      try database.transaction { () throws(SQLiteError) in
        for index in 0..<500 { try insert.run("some text, number \(index)") }
      }
      #expect(try database.quickCheck() == [])
    }
    var bytes = try folder.bytes("test.db")
    for index in 4_096..<bytes.count { bytes[index] = 0xA5 }
    try folder.file("test.db", bytes: bytes)
    let database = try open()
    var isDamageSeen = false
    do throws(SQLiteError) {
      isDamageSeen = try !database.quickCheck().isEmpty
    } catch {
      isDamageSeen = error.isCorrupt
    }
    #expect(isDamageSeen)
    let found = error { () throws(SQLiteError) in try database.execute("SELECT * FROM t ORDER BY text") }
    #expect(found?.code == SQLITE_CORRUPT)
    #expect(found?.isCorrupt == true)
  }

  @Test func fullDatabase() throws {
    let database = try create()
    try database.setPragma("max_page_count", to: 5)
    let insert = try database.prepare("INSERT INTO t (text) VALUES (?)")
    let found = error { () throws(SQLiteError) in
      try database.transaction { () throws(SQLiteError) in
        for index in 0..<100 { try insert.run(String(repeating: "x", count: 3_000) + String(index)) }
      }
    }
    #expect(found?.isFull == true)
    #expect(!database.isInTransaction)
    #expect(try count(database) == 0)
  }

  @Test func readOnlyConnection() throws {
    try create().execute("INSERT INTO t VALUES (1, 'a')")
    let database = try open(mode: .readOnly)
    #expect(try count(database) == 1)
    let found = error { () throws(SQLiteError) in try database.execute("DELETE FROM t") }
    #expect(found?.isReadOnly == true)
  }

  @Test func readOnlyFolder() throws {
    try create(wal: false).execute("INSERT INTO t VALUES (1, 'a')")
    chmod("\(folder.path)/test.db", 0o666)
    chmod(folder.path, 0o555)
    defer { chmod(folder.path, 0o700) }
    // root may write everywhere: on this thread, for as long as the test has it, files are accessed as nobody.
    typealias SetUser = @convention(c) (uid_t) -> Int32
    let setUser = unsafeBitCast(try #require(dlsym(nil, "setfsuid")), to: SetUser.self)
    let user = UInt32(setUser(geteuid() == 0 ? 65_534 : geteuid()))
    defer { _ = setUser(user) }
    let database = try open()
    #expect(try count(database) == 1)
    let found = error { () throws(SQLiteError) in try database.execute("DELETE FROM t") }
    #expect(found?.isReadOnly == true, "\(String(describing: found))")
  }

  // MARK: Transactions

  @Test func secondWriterIsBusy() throws {
    let (first, second) = (try create(), try open())
    try first.transaction { () throws(SQLiteError) in
      let found = error { () throws(SQLiteError) in try second.transaction { () throws(SQLiteError) in } }
      #expect(found?.isBusy == true)
      #expect(!second.isInTransaction)
    }
    try second.transaction { () throws(SQLiteError) in }
  }

  @Test func busyTimeoutIsWaitedFor() throws {
    let (first, second) = (try create(), try open(timeout: 100))
    try first.transaction { () throws(SQLiteError) in
      let start = ContinuousClock.now
      #expect(error { () throws(SQLiteError) in try second.execute("DELETE FROM t") }?.isBusy == true)
      #expect(ContinuousClock.now - start > .milliseconds(50))
    }
  }

  @Test func transactionCommits() throws {
    let database = try create()
    let id = try database.transaction { () throws(SQLiteError) in
      try database.prepare("INSERT INTO t (text) VALUES (?), (?)").run("a", "b")
      #expect(database.isInTransaction)
      return database.lastInsertRowID
    }
    #expect(id == 2)
    #expect(database.changes == 2)
    #expect(!database.isInTransaction)
    #expect(try count(open()) == 2)
  }

  @Test func transactionRollsBackAndThrowsOn() throws {
    struct OwnError: Error, Equatable {
      let cause: SQLiteError?
    }
    let database = try create()
    let found = error { () throws(SQLiteError) in
      try database.transaction { () throws(SQLiteError) in
        try database.execute("INSERT INTO t VALUES (1, 'a')")
        try database.execute("INSERT INTO t VALUES (1, 'b')")
      }
    }
    #expect(found?.isConstraint == true)
    #expect(!database.isInTransaction)
    #expect(throws: OwnError(cause: nil)) {
      try database.transaction(mapping: OwnError.init) { () throws(OwnError) in
        do { try database.execute("INSERT INTO t VALUES (1, 'a')") } catch { Issue.record(error) }
        throw OwnError(cause: nil)
      }
    }
    #expect(try count(database) == 0)
  }

  @Test func transactionsDoNotNestAndTheOuterOneGoesOn() throws {
    let database = try create()
    try database.transaction { () throws(SQLiteError) in
      try database.execute("INSERT INTO t VALUES (1, 'a')")
      let found = error { () throws(SQLiteError) in try database.transaction { () throws(SQLiteError) in } }
      #expect(found?.message == "cannot start a transaction within a transaction")
      #expect(database.isInTransaction)
    }
    #expect(try count(database) == 1)
  }

  @Test func commitThatFailsIsRolledBack() throws {
    let database = try create()
    try database.setPragma("foreign_keys", to: true)
    try database.execute(
      "CREATE TABLE c (t INTEGER NOT NULL REFERENCES t DEFERRABLE INITIALLY DEFERRED) STRICT")
    let found = error { () throws(SQLiteError) in
      try database.transaction { () throws(SQLiteError) in try database.execute("INSERT INTO c VALUES (7)") }
    }
    #expect(found?.isConstraint == true)
    #expect(!database.isInTransaction)
  }

  // MARK: Pragmas and maintenance

  @Test func userVersion() throws {
    let database = try create()
    #expect(try database.userVersion == 0)
    try database.setUserVersion(.max)
    #expect(try open().userVersion == .max)
    try database.setUserVersion(-3)
    #expect(try database.userVersion == -3)
  }

  @Test func pragmas() throws {
    let database = try create()
    #expect(try database.setPragma("secure_delete", to: 1) == .integer(1))
    #expect(try database.pragma("secure_delete") == .integer(1))
    #expect(try database.setPragma("synchronous", to: "FULL") == nil)
    #expect(try database.pragma("synchronous") == .integer(2))
    #expect(try database.pragma("no_such_pragma") == nil)
    for name in ["", "a;b", "a = 1", "a(1)", "A"] {
      #expect(error { () throws(SQLiteError) in _ = try database.pragma(name) }?.code == SQLITE_MISUSE)
    }
    #expect(error { () throws(SQLiteError) in try database.setPragma("synchronous", to: 1.5) }?.code == SQLITE_MISUSE)
    try database.setPragma("synchronous", to: "'; DROP TABLE t; --")
    #expect(try count(database) == 0)
  }

  @Test func deletedTextIsGoneAfterACheckpoint() throws {
    let marker = Array("a sentence that nobody else may read".utf8)
    let database = try create()
    try database.setPragma("secure_delete", to: 1)
    let insert = try database.prepare("INSERT INTO t (text) VALUES (?)")
    try database.transaction { () throws(SQLiteError) in
      for index in 0..<200 { try insert.run("\(String(decoding: marker, as: UTF8.self)) \(index)") }
    }
    #expect(try database.checkpointTruncate() == (busy: false, log: 0, checkpointed: 0))
    #expect(try folder.bytes("test.db").contains(marker))
    try database.execute("UPDATE t SET text = text || '!'; DELETE FROM t")
    #expect(try folder.bytes("test.db-wal").contains(marker))
    #expect(try database.checkpointTruncate() == (busy: false, log: 0, checkpointed: 0))
    #expect(try folder.bytes("test.db-wal").isEmpty)
    #expect(try !folder.bytes("test.db").contains(marker))
  }

  @Test func checkpointUnderAReaderIsBusy() throws {
    let (database, reader) = (try create(), try open())
    try database.execute("INSERT INTO t VALUES (1, 'a'), (2, 'b')")
    let select = try reader.prepare("SELECT id FROM t")
    let results = try select.query { _ throws(SQLiteError) in
      try database.execute("UPDATE t SET text = text || 'x'")
      return try database.checkpointTruncate()
    }
    #expect(results.map(\.busy) == [true, true])
    #expect(results.allSatisfy { $0.log > 0 && $0.checkpointed < $0.log })
    #expect(try database.checkpointTruncate().busy == false)
  }

  @Test func checkpointWithoutALog() throws {
    #expect(try create(wal: false).checkpointTruncate() == (busy: false, log: -1, checkpointed: -1))
  }
}
