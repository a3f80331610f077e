import CSQLite
import Testing

@testable import SQLite

@Suite struct StatementTests {
  private let database: Database

  init() throws {
    database = try Database(path: ":memory:", mode: .readWrite, busyTimeoutMilliseconds: 0)
    try database.execute("CREATE TABLE t (i INTEGER, r REAL, s TEXT, b BLOB) STRICT")
  }

  private func error(_ body: () throws(SQLiteError) -> Void) -> SQLiteError? {
    do throws(SQLiteError) { try body() } catch { return error }
    return nil
  }

  private func only<Result>(_ sql: String, _ body: (Row) throws(SQLiteError) -> Result) throws -> Result {
    try #require(try database.prepare(sql).first(row: body))
  }

  // MARK: Values

  @Test func valuesComeBackAsTheyWere() throws {
    let insert = try database.prepare("INSERT INTO t VALUES (?, ?, ?, ?)")
    let select = try database.prepare("SELECT * FROM t")
    let text = "Kopfschmerz \u{0} 头痛 🙂"
    let some: String? = text
    try insert.run(Int64.min, -0.25, some, [UInt8]([0, 255, 0]))
    try insert.run(Int64.max, Double.infinity, "", [UInt8]())
    try insert.run(nil, nil, nil, nil)
    let rows = try select.query { row throws(SQLiteError) in
      #expect(row.count == 4)
      return [try row.value(0), try row.value(1), try row.value(2), try row.value(3)]
    }
    #expect(
      rows == [
        [.integer(.min), .real(-0.25), .text(text), .blob([0, 255, 0])],
        [.integer(.max), .real(.infinity), .text(""), .blob([])],
        [.null, .null, .null, .null],
      ])
    let typed = try select.first { row throws(SQLiteError) in
      #expect(try row.int64(0) == .min)
      #expect(try row.double(1) == -0.25)
      #expect(try row.string(2) == text)
      #expect(try row.bytes(3) == [0, 255, 0])
      return true
    }
    #expect(typed == true)
  }

  @Test func otherTypesThatConvert() throws {
    let select = try database.prepare("SELECT ?, ?, ?, ?")
    let values = try select.first(7, Int32(8), true, Value.text("x")) { row throws(SQLiteError) in
      (try row.int64(0), try row.int64(1), try row.bool(2), try row.string(3))
    }
    #expect(try #require(values) == (7, 8, true, "x"))
  }

  @Test func nullIsNil() throws {
    let isNil = try only("SELECT NULL") { row throws(SQLiteError) in
      [
        try row.int64OrNil(0) == nil, try row.doubleOrNil(0) == nil, try row.stringOrNil(0) == nil,
        try row.bytesOrNil(0) == nil, try row.boolOrNil(0) == nil,
      ]
    }
    #expect(isNil == [true, true, true, true, true])
  }

  @Test func wrongTypesThrow() throws {
    try only("SELECT 1 AS one, 1.5, 'x', x'00', NULL, 2") { row throws(SQLiteError) in
      let found = [
        error { () throws(SQLiteError) in _ = try row.string(0) },
        error { () throws(SQLiteError) in _ = try row.double(0) },
        error { () throws(SQLiteError) in _ = try row.int64(1) },
        error { () throws(SQLiteError) in _ = try row.int64OrNil(2) },
        error { () throws(SQLiteError) in _ = try row.bytes(2) },
        error { () throws(SQLiteError) in _ = try row.string(3) },
        error { () throws(SQLiteError) in _ = try row.int64(4) },
        error { () throws(SQLiteError) in _ = try row.string(4) },
        error { () throws(SQLiteError) in _ = try row.bool(5) },
      ]
      for (index, error) in found.enumerated() { #expect(error?.isMismatch == true, "case \(index)") }
      #expect(found[0]?.message == "column one holds an integer where text is wanted")
      #expect(found[7]?.message == "column NULL holds NULL where a value is wanted")
    }
  }

  @Test func columnsThatDoNotExistThrow() throws {
    try only("SELECT 1") { row throws(SQLiteError) in
      for column in [-1, 1, .max, .min] {
        #expect(error { () throws(SQLiteError) in _ = try row.value(column) }?.code == SQLITE_RANGE)
      }
    }
  }

  @Test func rowOutsideItsClosureThrows() throws {
    let statement = try database.prepare("SELECT 1")
    let row = try #require(try statement.first { $0 })
    #expect(error { () throws(SQLiteError) in _ = try row.int64(0) }?.code == SQLITE_RANGE)
  }

  @Test func textThatIsNotUTF8IsMarkedWhereItIsNot() throws {
    try only("SELECT CAST(x'61ff62' AS TEXT)") { row throws(SQLiteError) in
      #expect(try row.string(0) == "a\u{fffd}b")
    }
  }

  @Test func notANumberIsRefused() throws {
    let insert = try database.prepare("INSERT INTO t (r) VALUES (?)")
    #expect(error { () throws(SQLiteError) in try insert.run(Double.nan) }?.isMismatch == true)
    try insert.run(1.0)
    #expect(database.changes == 1)
  }

  @Test func strictTablesRefuseOtherTypes() throws {
    let insert = try database.prepare("INSERT INTO t (i) VALUES (?)")
    let found = error { () throws(SQLiteError) in try insert.run("secret") }
    #expect(found?.isConstraint == true)
    #expect(found?.extendedCode == SQLITE_CONSTRAINT | (12 << 8))  // SQLITE_CONSTRAINT_DATATYPE
    #expect(found?.message == "cannot store TEXT value in INTEGER column t.i")
  }

  // MARK: Use

  @Test func exactlyOneStatement() throws {
    for sql in ["", "  ", "-- nothing", "SELECT 1; SELECT 2", "SELECT 1; x", "SELECT 1\u{0}"] {
      #expect(error { () throws(SQLiteError) in _ = try database.prepare(sql) }?.code == SQLITE_MISUSE, "\(sql)")
    }
    let found = error { () throws(SQLiteError) in _ = try database.prepare("SELEC 1") }
    #expect(found?.code == SQLITE_ERROR)
    #expect(found?.message == "near \"SELEC\": syntax error")
    #expect(try only("SELECT 1 ; \n\t") { row throws(SQLiteError) in try row.int64(0) } == 1)
  }

  @Test func asManyValuesAsParameters() throws {
    let insert = try database.prepare("INSERT INTO t (i, r) VALUES (?, ?)")
    let found = error { () throws(SQLiteError) in try insert.run(1) }
    #expect(found?.code == SQLITE_RANGE)
    #expect(found?.message == "1 values for 2 parameters")
    #expect(error { () throws(SQLiteError) in try insert.run(1, 2.0, 3) }?.code == SQLITE_RANGE)
    try insert.run(1, 2.0)
  }

  @Test func bindingsAreClearedBetweenUses() throws {
    let select = try database.prepare("SELECT ?1, ?2")
    _ = try select.first("a", "b") { row throws(SQLiteError) in try row.string(1) }
    let second = try select.first("a", nil) { row throws(SQLiteError) in try row.stringOrNil(1) }
    #expect(second == .some(nil))
    #expect(error { () throws(SQLiteError) in _ = try select.first { _ in } }?.code == SQLITE_RANGE)
  }

  @Test func isResetAfterAnErrorOfTheBody() throws {
    try database.execute("INSERT INTO t (i) VALUES (1), (2)")
    let select = try database.prepare("SELECT i FROM t ORDER BY i")
    let found = error { () throws(SQLiteError) in
      _ = try select.query { row throws(SQLiteError) in try row.string(0) }
    }
    #expect(found?.isMismatch == true)
    #expect(sqlite3_stmt_busy(select.raw) == 0)
    #expect(try select.query { row throws(SQLiteError) in try row.int64(0) } == [1, 2])
    #expect(try select.first { row throws(SQLiteError) in try row.int64(0) } == 1)
    #expect(sqlite3_stmt_busy(select.raw) == 0)
    // A statement that was still reading would keep the table locked.
    try database.execute("DROP TABLE t")
  }

  @Test func isResetAfterAnErrorOfAStep() throws {
    try database.execute("CREATE TABLE u (i INTEGER PRIMARY KEY) STRICT")
    let insert = try database.prepare("INSERT INTO u VALUES (?)")
    try insert.run(1)
    #expect(error { () throws(SQLiteError) in try insert.run(1) }?.isConstraint == true)
    #expect(sqlite3_stmt_busy(insert.raw) == 0)
    try insert.run(2)
    #expect(database.lastInsertRowID == 2)
  }

  @Test func statementInUseIsRefused() throws {
    try database.execute("INSERT INTO t (i) VALUES (1), (2)")
    let select = try database.prepare("SELECT i FROM t")
    let rows = try select.query { row throws(SQLiteError) in
      let found = error { () throws(SQLiteError) in try select.run() }
      #expect(found?.code == SQLITE_MISUSE)
      return try row.int64(0)
    }
    #expect(rows == [1, 2])
  }

  @Test func insertThatReturnsIsDoneAfterItsFirstRow() throws {
    let insert = try database.prepare("INSERT INTO t (i) VALUES (1), (2), (3) RETURNING i")
    #expect(try insert.first { row throws(SQLiteError) in try row.int64(0) } == 1)
    #expect(try only("SELECT count(*) FROM t") { row throws(SQLiteError) in try row.int64(0) } == 3)
    try insert.run()
    #expect(try only("SELECT count(*) FROM t") { row throws(SQLiteError) in try row.int64(0) } == 6)
  }
}
