import NapeCore
import SQLite

/// A whole run at once, as a simulation gives it.
extension Store {
  /// Stores what engines wanted recorded, each at its own time, in one transaction; then the headaches, whose desk context
  /// is read off that.
  public func record(
    _ effects: [(effect: Effect, at: Stamp)], exercises: [ExerciseEntry], episodes: [EpisodeRecord],
    settings: [SettingRecord], _ checkpoint: Checkpoint, rules: DiaryRules
  ) throws(StoreError) {
    do throws(SQLiteError) {
      try database.transaction { () throws(SQLiteError) in
        for (effect, at) in effects { try record(effect, at: at) }
        for entry in exercises { try insert([entry], entered: entry.done) }
        for episode in episodes { try record(.add(episode, rules)) }
        for setting in settings { try note(setting) }
        try write(checkpoint)
      }
    } catch { throw .database(error) }
  }
}
