import NapeCore
import SQLite

/// The ledger and the prompts on SQLite.
///
/// A record is on the disk when a call returns (WAL with `synchronous=FULL`); what is deleted is overwritten. Every
/// write is one immediate transaction: it happens whole or not at all.
public final class Store {
  public let path: String
  private let patience: Patience
  /// The file that was opened; `nil` for one in memory.
  private let identity: FileIdentity?
  let database: Database
  private let addSpan: Statement
  private let changeSpan: Statement
  private let removeSpan: Statement
  private let addPrompt: Statement
  private let endPrompt: Statement
  private let addClockStep: Statement
  private let clearCheckpoint: Statement
  private let addCheckpoint: Statement

  /// How long a write waits for another program's.
  public enum Patience: Int, Sendable {
    /// The daemon tries again at its next deadline.
    case daemon = 250
    case command = 5000
  }

  /// Opens the store and brings it to the newest version; makes it where there is none.
  ///
  /// - Parameter path: a file, or `:memory:` for a store that lives as long as this value.
  public init(path: String, patience: Patience) throws(StoreError) {
    if path != ":memory:" { try StoreLocation.prepare(path) }
    self.path = path
    self.patience = patience
    do throws(SQLiteError) {
      database = try Database(path: path, mode: .readWrite, busyTimeoutMilliseconds: patience.rawValue)
      try database.setPragma("secure_delete", to: 1)
      // What is sorted or kept for a moment is as private as the rest, and belongs into no folder for temporary files.
      try database.setPragma("temp_store", to: "memory")
      try database.setPragma("journal_mode", to: "wal")
      try database.setPragma("synchronous", to: "full")
      try database.setPragma("foreign_keys", to: 1)
    } catch {
      throw .database(error)
    }
    do throws(MigrationError) {
      try database.migrate(Schema.migrations)
    } catch {
      switch error {
      case .failed(_, let error): throw .database(error)
      case .newerVersion: throw .newer(path: path, what: "\(error)")
      }
    }
    do throws(SQLiteError) {
      addSpan = try database.prepare("INSERT INTO span VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
      changeSpan = try database.prepare(
        "UPDATE span SET kind = ?, evidence = ?, begin_utc_usec = ?, boottime_usec = ?, length_usec = ? WHERE number = ?"
      )
      removeSpan = try database.prepare("DELETE FROM span WHERE number = ?")
      addPrompt = try database.prepare("INSERT INTO prompt VALUES (?, ?, ?, ?, ?, NULL, NULL)")
      endPrompt = try database.prepare(
        "UPDATE prompt SET outcome = ?, ended_utc_usec = ? WHERE id = ? AND outcome IS NULL")
      addClockStep = try database.prepare("INSERT INTO clock_step VALUES (?, ?)")
      clearCheckpoint = try database.prepare("DELETE FROM checkpoint")
      addCheckpoint = try database.prepare("INSERT INTO checkpoint VALUES (?, ?)")
    } catch {
      throw .database(error)
    }
    identity = path == ":memory:" ? nil : FileIdentity(of: path)
  }

  /// Whether what was opened is still what others find at the path. SQLite goes on writing to a file that was removed.
  public var isInPlace: Bool { identity.map { FileIdentity(of: path) == $0 } ?? true }

  /// Nothing at the path is touched when this is let go: it is another one's.
  public func leavePlace() { try? database.leaveLogOnClose() }

  // MARK: Writing

  /// Stores what an engine wants recorded, and where it stands after that, in one transaction.
  ///
  /// - Parameters:
  ///   - effects: others than spans, prompts, outcomes, days and clock steps are passed over.
  ///   - exercises: what was done by that.
  ///   - diary: what was told by that.
  ///   - settings: what is in force.
  public func record(
    _ effects: [Effect], exercises: [ExerciseEntry] = [], diary: [DiaryWrite] = [], settings: [SettingRecord] = [],
    _ checkpoint: Checkpoint
  ) throws(StoreError) {
    do throws(SQLiteError) {
      try database.transaction { () throws(SQLiteError) in
        for effect in effects { try record(effect, at: checkpoint.made.stamp) }
        try insert(exercises, entered: checkpoint.made.wall)
        for write in diary { try record(write) }
        for setting in settings { try note(setting) }
        try write(checkpoint)
      }
    } catch {
      throw .database(error)
    }
  }

  func write(_ checkpoint: Checkpoint) throws(SQLiteError) {
    try clearCheckpoint.run()
    for (name, value) in CheckpointRows.rows(of: checkpoint) { try addCheckpoint.run(name, value) }
  }

  /// - Parameter number: `nil` for the one after the last.
  func insert(_ span: Span, number: Int64? = nil, at utc: Microseconds? = nil) throws(SQLiteError) {
    try addSpan.run(
      number, RecordID.make(utcMicroseconds: utc ?? span.begin.wall).bytes, span.kind.rawValue, span.evidence.rawValue,
      span.begin.wall, span.begin.offsetSeconds, span.bootID, span.begin.boot, span.length)
  }

  /// Puts another span in the place of one; none where it is `nil`.
  func replace(_ number: Int64, by span: Span?) throws(SQLiteError) {
    guard let span else { return try removeSpan.run(number) }
    try changeSpan.run(
      span.kind.rawValue, span.evidence.rawValue, span.begin.wall, span.begin.boot, span.length, number)
  }

  /// Within a transaction.
  func record(_ effect: Effect, at: Stamp) throws(SQLiteError) {
    switch effect {
    case .span(let span): try insert(span, at: at.wall)
    case .post(let prompt):
      try addPrompt.run(
        Int64(clamping: prompt.id), prompt.kind.rawValue, prompt.posted.wall, prompt.posted.offsetSeconds, prompt.sat)
    case .outcome(let id, _, let outcome, let ended):
      try endPrompt.run(outcome.rawValue, ended.wall, Int64(clamping: id))
    case .clockStep(let step): try addClockStep.run(at.wall, step)
    case .day(let date, .none) where try !hasHeadache(date): try declare(date, .none, at: at, .notification)
    case .day(let date, .unknown): try declare(date, .unknown, at: at, .notification)
    // Those of a headache follow from the headaches.
    case .day: break
    case .bout, .hide, .deferred, .ask, .answered, .refused: break
    }
  }

  // MARK: Reading

  /// Where the daemon stood last; `nil` in a new store.
  public func checkpoint() throws(StoreError) -> Checkpoint? {
    do throws(SQLiteError) { return try lastCheckpoint() } catch { throw .database(error) }
  }

  func lastCheckpoint() throws(SQLiteError) -> Checkpoint? {
    let rows = try database.prepare("SELECT name, value FROM checkpoint").query { (row) throws(SQLiteError) in
      (try row.string(0), try row.value(1))
    }
    return CheckpointRows.checkpoint(from: Dictionary(rows) { first, _ in first })
  }

  /// The spans that begin in a stretch of wall time, in order.
  public func spans(from: Microseconds = .min, to: Microseconds = .max) throws(StoreError) -> [Span] {
    do throws(SQLiteError) { return try storedSpans(from: from, to: to) } catch { throw .database(error) }
  }

  func storedSpans(from: Microseconds, to: Microseconds) throws(SQLiteError) -> [Span] {
    try database.prepare(
      "SELECT \(Self.spanColumns) FROM span WHERE begin_utc_usec >= ? AND begin_utc_usec < ? ORDER BY number"
    ).query(from, to) { (row) throws(SQLiteError) in try Self.span(row) }
  }

  static let spanColumns = "kind, evidence, begin_utc_usec, offset_s, boot_id, boottime_usec, length_usec"

  static func span(_ row: Row) throws(SQLiteError) -> Span {
    var bootID = ""
    return try span(row, after: &bootID)
  }

  /// - Parameter bootID: of the row before, and then of this one: it is the same in thousands of them.
  static func span(_ row: Row, after bootID: inout String) throws(SQLiteError) -> Span {
    let boot = try row.microseconds(5)
    let begin = Moment(boot: boot, monotonic: boot, wall: try row.microseconds(2), offsetSeconds: try row.offset(3))
    return Span(
      // A word of a newer version is nothing that this one knows.
      kind: Span.Kind(rawValue: try row.string(0)) ?? .unknown,
      evidence: Evidence(rawValue: try row.string(1)) ?? .notRunning,
      begin: begin, length: Row.boundedLength(try row.int64(6)), bootID: try row.string(4, after: &bootID))
  }

  /// A prompt as it is stored.
  public struct StoredPrompt: Hashable, Sendable {
    public let id: UInt64
    public let kind: String
    public let postedWall: Microseconds
    public let sat: Microseconds
    public let outcome: String?
  }

  /// The prompts that were posted in a stretch of wall time, in order.
  public func prompts(from: Microseconds = .min, to: Microseconds = .max) throws(StoreError) -> [StoredPrompt] {
    let sql = """
      SELECT id, kind, posted_utc_usec, sat_usec, outcome FROM prompt
      WHERE posted_utc_usec >= ? AND posted_utc_usec < ? ORDER BY id
      """
    return try query(sql, [from, to]) { (row) throws(SQLiteError) in
      StoredPrompt(
        id: UInt64(clamping: try row.int64(0)), kind: try row.string(1), postedWall: try row.microseconds(2),
        sat: try row.microseconds(3), outcome: try row.stringOrNil(4))
    }
  }

  /// Moves the log into the database and empties it, so that what was deleted is in neither. Waits a second at most, the
  /// daemon as long as for a write: what nape reads and writes is done sooner.
  ///
  /// - Returns: `false` where another program was reading or writing all the time: the log is not empty, and may hold what
  ///   was deleted.
  public func emptyLog() throws(StoreError) -> Bool {
    do throws(SQLiteError) {
      try database.setPragma("busy_timeout", to: min(1000, patience.rawValue))
      defer { _ = try? database.setPragma("busy_timeout", to: patience.rawValue) }
      let result = try database.checkpointTruncate()
      return !result.busy && result.log == 0
    } catch { throw .database(error) }
  }

  /// What is damaged; empty for a sound store. `PRAGMA quick_check`
  public func quickCheck() throws(StoreError) -> [String] {
    do throws(SQLiteError) { return try database.quickCheck() } catch { throw .database(error) }
  }

  private func query<Result>(
    _ sql: String, _ values: [Microseconds], _ row: (Row) throws(SQLiteError) -> Result
  ) throws(StoreError) -> [Result] {
    do throws(SQLiteError) {
      let statement = try database.prepare(sql)
      return try values.count == 2 ? statement.query(values[0], values[1], row: row) : statement.query(row: row)
    } catch {
      throw .database(error)
    }
  }
}
