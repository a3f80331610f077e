/// A step that brings a database from one version of its schema to a later one.
public struct Migration: Sendable {
  /// The ``Database/userVersion`` after this step; greater than 0.
  public let version: Int32
  private let apply: @Sendable (Database) throws(SQLiteError) -> Void

  /// - Parameters:
  ///   - version: the version after this step; greater than 0.
  ///   - sql: one or more statements. They run in a transaction, and so contain none.
  public init(version: Int32, sql: String) {
    self.init(version: version) { database throws(SQLiteError) in try database.execute(sql) }
  }

  /// - Parameters:
  ///   - version: the version after this step; greater than 0.
  ///   - apply: makes the step. It runs in a transaction, and so begins none.
  public init(version: Int32, apply: @escaping @Sendable (Database) throws(SQLiteError) -> Void) {
    (self.version, self.apply) = (version, apply)
  }

  /// Makes the step and sets the version; the caller has opened a transaction.
  func run(on database: Database) throws(SQLiteError) {
    try apply(database)
    try database.setUserVersion(version)
  }
}
