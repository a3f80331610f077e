import Foundation
import SQLite

@testable import NapeStore

/// A store as an older version of nape left it.
enum OldStore {
  /// - Parameter fill: puts rows into it.
  static func make(_ path: String, version: Int32, fill: (Database) throws -> Void) throws {
    let url = URL(filePath: path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data().write(to: url)
    let database = try Database(path: path, mode: .readWrite, busyTimeoutMilliseconds: 1000)
    try database.setPragma("journal_mode", to: "wal")
    try database.migrate(Schema.migrations.filter { $0.version <= version })
    try fill(database)
  }
}
