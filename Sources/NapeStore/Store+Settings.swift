import NapeCore
import SQLite

/// Since when which settings are in force.
extension Store {
  /// Notes what is in force, where that is something else than what was noted last.
  public func note(_ settings: [SettingRecord]) throws(StoreError) {
    do throws(SQLiteError) {
      try database.transaction { () throws(SQLiteError) in for setting in settings { try note(setting) } }
    } catch { throw .database(error) }
  }

  /// Within a transaction.
  func note(_ setting: SettingRecord) throws(SQLiteError) {
    let last = try database.prepare("SELECT value FROM setting WHERE key = ? ORDER BY number DESC LIMIT 1").first(
      setting.key
    ) { row throws(SQLiteError) in try row.string(0) }
    guard last != setting.value else { return }
    try database.prepare("INSERT INTO setting VALUES (NULL, ?, ?, ?, ?)").run(
      setting.key, setting.value, setting.since.wall, setting.since.offsetSeconds)
  }

  /// As they came into force.
  func settingRecords() throws(SQLiteError) -> [SettingRecord] {
    try database.prepare("SELECT key, value, since_utc_usec, offset_s FROM setting ORDER BY number").query {
      row throws(SQLiteError) in
      SettingRecord(
        key: try row.string(0), value: try row.string(1),
        since: Stamp(wall: try row.microseconds(2), offsetSeconds: try row.offset(3)))
    }
  }
}
