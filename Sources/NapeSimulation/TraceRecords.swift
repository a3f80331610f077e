import NapeCore

/// What the daemon would have stored in a run.
public struct TraceRecords {
  /// In order, each with what the wall clock showed.
  public private(set) var effects: [(effect: Effect, at: Stamp)] = []
  /// Movements of prompts that were answered with done, at their first level.
  public private(set) var exercises: [ExerciseEntry] = []
  public internal(set) var settings: [SettingRecord] = []
  /// As they were at the end; the store reads their desk context off the record.
  public internal(set) var episodes: [EpisodeRecord] = []
  /// Where the engine stood at the end.
  public internal(set) var checkpoint: Checkpoint?

  private var asked: Prompt?

  mutating func note(_ effect: Effect, at now: Stamp) {
    switch effect {
    case .post(let prompt) where prompt.kind == .exercise: asked = prompt
    case .outcome(let id, .exercise, .done, let at) where asked?.id == id:
      exercises += (asked?.exercises ?? []).map {
        ExerciseEntry(
          exercise: $0, level: 1, done: at.wall, offsetSeconds: at.offsetSeconds, promptID: id, way: .notification)
      }
    case .bout, .deferred, .hide, .ask, .answered, .refused: return
    default: break
    }
    effects.append((effect, now))
  }
}
