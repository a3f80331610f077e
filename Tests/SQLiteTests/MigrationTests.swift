import Testing

@testable import SQLite

@Suite struct MigrationTests {
  private static let first = Migration(
    version: 1, sql: "CREATE TABLE a (x INTEGER NOT NULL) STRICT; INSERT INTO a VALUES (1)")
  private static let second = Migration(version: 3) { database throws(SQLiteError) in
    let insert = try database.prepare("INSERT INTO a VALUES (?)")
    for number in 2...4 { try insert.run(number) }
  }

  private let folder: TemporaryFolder
  private let database: Database

  init() throws {
    folder = try TemporaryFolder()
    database = try Database(path: folder.file("test.db"), mode: .readWrite, busyTimeoutMilliseconds: 0)
  }

  private func sum(_ database: Database) throws -> Int64? {
    try database.prepare("SELECT sum(x) FROM a").first { row throws(SQLiteError) in try row.int64(0) }
  }

  private func error(_ migrations: [Migration]) -> MigrationError? {
    do throws(MigrationError) { try database.migrate(migrations) } catch { return error }
    return nil
  }

  @Test func newDatabase() throws {
    try database.migrate([Self.first, Self.second])
    #expect(try database.userVersion == 3)
    #expect(try sum(database) == 10)
  }

  @Test func twiceIsOnce() throws {
    try database.migrate([Self.first])
    try database.migrate([Self.first, Self.second])
    try database.migrate([Self.first, Self.second])
    #expect(try sum(database) == 10)
  }

  @Test func newerDatabaseIsLeftAlone() throws {
    try database.migrate([Self.first, Self.second])
    #expect(error([Self.first]) == .newerVersion(found: 3, known: 1))
    #expect(error([]) == .newerVersion(found: 3, known: 0))
    #expect(try sum(database) == 10)
  }

  @Test func stepThatFailsIsUndoneAndThoseBeforeHold() throws {
    let broken = Migration(version: 2, sql: "CREATE TABLE b (y); INSERT INTO a VALUES ('text')")
    guard case .failed(version: 2, let cause) = error([Self.first, broken, Self.second]) else {
      Issue.record("no error")
      return
    }
    #expect(cause.isConstraint)
    #expect(try database.userVersion == 1)
    #expect(try sum(database) == 1)
    try database.execute("CREATE TABLE b (y)")
  }

  @Test func anotherConnectionMayMigrateMeanwhile() throws {
    let path = "\(folder.path)/test.db"
    let slow = Migration(version: 1) { database throws(SQLiteError) in
      try database.execute("CREATE TABLE a (x INTEGER NOT NULL) STRICT; INSERT INTO a VALUES (1)")
      // The other one cannot begin its step.
      do throws(SQLiteError) {
        try Database(path: path, mode: .readWrite, busyTimeoutMilliseconds: 0).execute("BEGIN IMMEDIATE")
        Issue.record("two writers at once")
      } catch {
        #expect(error.isBusy)
      }
    }
    try database.migrate([slow, Self.second])
    let other = try Database(path: path, mode: .readOnly, busyTimeoutMilliseconds: 0)
    // It has nothing to write, and so may be read-only.
    try other.migrate([slow, Self.second])
    #expect(try sum(other) == 10)
  }

  @Test func busyIsReported() throws {
    let other = try Database(path: "\(folder.path)/test.db", mode: .readWrite, busyTimeoutMilliseconds: 0)
    try other.execute("BEGIN IMMEDIATE")
    guard case .failed(version: 1, let cause) = error([Self.first]) else {
      Issue.record("no error")
      return
    }
    #expect(cause.isBusy)
  }

  @Test func garbageIsReported() throws {
    try folder.file("test.db", bytes: Array(repeating: 0x58, count: 4_096))
    guard case .failed(version: 0, let cause) = error([Self.first]) else {
      Issue.record("no error")
      return
    }
    #expect(cause.isCorrupt)
  }
}
