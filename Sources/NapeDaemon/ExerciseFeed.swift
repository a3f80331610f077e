import NapeCore
import NapeSettings
import NapeStore

/// Knows the programme and how far the person is in it, and hands the engine what exercise prompts may ask for.
///
/// What is recorded of exercises is health data: it goes to the store and nowhere else.
final class ExerciseFeed {
  private let recorder: Recorder
  private let environment: (String) -> String?
  private let catalogue = ExerciseCatalogue.builtIn()

  private var programme: Programme
  /// Whether none has been read yet: what is marked safe is all that is prompted.
  private var isStandIn = true
  /// What is wrong with the programme that the settings name.
  private(set) var problem: String?
  /// What the diary says against exercises; until it has been read, that none is advised.
  var restriction = ExerciseRestriction.warningSign { didSet { if restriction != oldValue { isStale = true } } }

  private var history = ExerciseHistory()
  private var plan: ExercisePlan?
  /// The local day of what the engine was told.
  private var day: LocalDate?
  private var told: [ExerciseSet]?
  /// When an exercise was done last, as far as the engine knows: UTC in µs; `nil` before the store was read.
  private var lastDone: Microseconds?
  /// The exercise prompt that is open.
  private var open: Prompt?
  private var isStale = true
  private var retry = Retry()
  /// When the store is read again that could not be read, in boot time.
  var retryAt: Microseconds? { retry.at }

  /// - Parameters:
  ///   - environment: a variable's value, as `getenv` gives it.
  ///   - programme: `exercises.programme`.
  init(recorder: Recorder, environment: @escaping (String) -> String?, programme: String) {
    self.recorder = recorder
    self.environment = environment
    self.programme = ProgrammeLocation.standIn(catalogue)
    load(programme)
  }

  /// Reads the programme that the settings name. With mistakes in it, the one before stays in force; at the start there is
  /// none, and only movements marked safe are prompted.
  func load(_ name: String) {
    do throws(ProgrammeFile.Mistakes) {
      programme = try ProgrammeLocation.load(name, catalogue: catalogue, environment: environment)
      isStandIn = false
      problem = nil
      isStale = true
    } catch {
      let count = error.diagnostics.count
      let path = ProgrammeLocation.path(name, environment: environment) ?? name
      // What the mistakes are is in the file of one person's treatment: the journal is no place for it.
      let meanwhile =
        isStandIn ? "only movements marked safe are prompted meanwhile" : "the programme before stays in force"
      problem =
        if WithheldFile.isWithheld(path) {
          // The file itself may be sound.
          "exercises.programme: \(path) is in no folder that naped may read since its start; \(meanwhile). "
            + "To take it in: systemctl --user restart nape"
        } else {
          "exercises.programme: \(path) was not taken (\(count) mistake\(count == 1 ? "" : "s")); \(meanwhile). "
            + "See: nape exercise check \(path)"
        }
    }
  }

  /// Another program may have written to the store.
  func refresh() {
    isStale = true
    retry.reset()
  }

  /// Takes notice of what the engine wants done.
  ///
  /// - Parameter event: what made it so.
  /// - Returns: what was done by that, to be stored with it.
  func note(_ effect: Effect, of event: Event) -> [ExerciseEntry] {
    switch effect {
    case .post(let prompt):
      if prompt.kind == .exercise { open = prompt }
      return []
    case .outcome(let id, .exercise, let outcome, let at):
      guard let prompt = open, prompt.id == id else { return [] }
      open = nil
      // What ends because it was done without being asked has been recorded.
      if case .exerciseDone = event { return [] }
      guard outcome == .done else { return [] }
      // The engine knows of this one.
      lastDone = lastDone.map { max($0, at.wall) }
      isStale = true
      return prompt.exercises.map { exercise in
        ExerciseEntry(
          exercise: exercise, level: plan?.deskLevel(of: exercise) ?? 1, done: at.wall, offsetSeconds: at.offsetSeconds,
          promptID: id, way: .notification)
      }
    default: return []
    }
  }

  /// What was done, as another program tells; `nil` for a movement or a level that there is not.
  ///
  /// - Parameter level: without it, the person's own.
  func entry(of id: String, level: Int?, done: Stamp) -> ExerciseEntry? {
    guard let exercise = catalogue[id], level.map({ (1...exercise.levels.count).contains($0) }) ?? true else {
      return nil
    }
    return ExerciseEntry(
      exercise: id, level: level ?? plan?.level(of: id) ?? 1, done: done.wall, offsetSeconds: done.offsetSeconds,
      way: .dbus)
  }

  /// What the engine does not know yet.
  func news(at now: Moment) -> [Event] {
    let today = WallTime.date(utcMicroseconds: now.wall, offsetSeconds: now.offsetSeconds)
    guard today != day || isStale, retry.isDue(at: now) else { return [] }
    day = today
    isStale = false
    var events: [Event] = []
    if let store = recorder.store, case let isWritten = write(to: store, programme, now: now),
      read(from: store, programme, now: now, &events), isWritten
    {
      retry.reset()
    } else {
      isStale = true
      retry.putOff(at: now)
    }
    let plan = ExercisePlan(
      catalogue: catalogue, programme: programme, history: history, restriction: restriction, today: today)
    self.plan = plan
    if told != plan.sets {
      told = plan.sets
      events.append(.exercises(plan.sets))
    }
    return events
  }

  /// - Returns: `false` where the store takes no records now.
  private func write(to store: Store, _ programme: Programme, now: Moment) -> Bool {
    do throws(StoreError) {
      // One that was not chosen is not noted.
      if problem == nil { try store.noteProgramme(programme, at: now.wall, offsetSeconds: now.offsetSeconds) }
      return true
    } catch {
      return false
    }
  }

  /// - Returns: `false` where the store cannot be read now; what was known before goes on to hold.
  private func read(from store: Store, _ programme: Programme, now: Moment, _ events: inout [Event]) -> Bool {
    do throws(StoreError) {
      history = try store.exerciseHistory(for: programme)
      let last = try store.lastExercise() ?? .min
      // What was done on another day does not serve this one.
      let isOfToday =
        last > .min && WallTime.date(utcMicroseconds: last, offsetSeconds: now.offsetSeconds) == day
      if let known = lastDone, last > known, isOfToday {
        // Elapsed time comes from the boot clock; this instant is known by the wall's alone.
        events.append(.exerciseDone(at: now.boot - max(0, now.wall - last)))
      }
      lastDone = max(last, lastDone ?? .min)
      return true
    } catch {
      return false
    }
  }
}
