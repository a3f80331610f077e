extension Database {
  /// Brings the database to the newest version: makes each step that is later than its ``userVersion``.
  ///
  /// Each step is one immediate transaction, in which the version is read again, so that two processes may do this at
  /// once. A database that is up to date is only read.
  ///
  /// - Parameter migrations: in ascending order of their versions, all greater than 0; anything else is an error of the
  ///   program and traps.
  /// - Throws: ``MigrationError/newerVersion(found:known:)`` for a database of a newer program, before any step;
  ///   ``MigrationError/failed(version:_:)`` when SQLite refuses.
  public func migrate(_ migrations: [Migration]) throws(MigrationError) {
    let versions = [0] + migrations.map(\.version)
    precondition(zip(versions, versions.dropFirst()).allSatisfy(<), "versions of migrations ascend from 1")
    let newest = versions[versions.count - 1]
    let present = try readVersion(newest: newest, forStepTo: 0)
    for migration in migrations where migration.version > present {
      let wrap = { MigrationError.failed(version: migration.version, $0) }
      try transaction(mapping: wrap) { () throws(MigrationError) in
        guard try readVersion(newest: newest, forStepTo: migration.version) < migration.version else { return }
        do throws(SQLiteError) { try migration.run(on: self) } catch { throw wrap(error) }
      }
    }
  }

  private func readVersion(newest: Int32, forStepTo version: Int32) throws(MigrationError) -> Int32 {
    let found: Int32
    do { found = try userVersion } catch { throw .failed(version: version, error) }
    guard found <= newest else { throw .newerVersion(found: found, known: newest) }
    return found
  }
}
