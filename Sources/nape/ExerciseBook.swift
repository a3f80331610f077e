import Glibc
import NapeBus
import NapeCore
import NapeSettings
import NapeStore

/// What the exercise commands work on: the programme in force, and the person's record where there is one.
struct ExerciseBook {
  let catalogue: ExerciseCatalogue
  let programme: Programme
  let history: ExerciseHistory
  let plan: ExercisePlan
  /// `nil` where nothing has been recorded yet and the command only reads.
  let store: Store?
  /// What is wrong with the programme that the settings name; what is marked safe is in its place.
  let mistakes: [Diagnostic]
  let now: Now

  /// - Parameter writes: makes the store where there is none, and notes the programme in force.
  init(writes: Bool = false) throws {
    now = Now()
    catalogue = .builtIn()
    let settings = LoadedSettings.load(environment: Environment.value).settings
    (programme, mistakes) = Self.programme(of: settings, catalogue)
    let path = try Ledger.storePath()
    let restriction: ExerciseRestriction
    do throws(StoreError) {
      store = writes || access(path, F_OK) == 0 ? try Store(path: path, patience: .command) : nil
      if writes, mistakes.isEmpty {
        try store?.noteProgramme(programme, at: now.utc, offsetSeconds: now.offsetSeconds)
      }
      history = try store?.exerciseHistory(for: programme) ?? ExerciseHistory()
      restriction = try store?.exerciseRestriction(at: now.stamp) ?? .none
    } catch {
      throw Failure("\(error)", status: 1)
    }
    plan = ExercisePlan(
      catalogue: catalogue, programme: programme, history: history,
      restriction: restriction, today: now.today)
  }

  /// The programme that settings name; where it cannot be taken, what stands in for it, and why.
  static func programme(
    of settings: Settings, _ catalogue: ExerciseCatalogue
  ) -> (programme: Programme, mistakes: [Diagnostic]) {
    do throws(ProgrammeFile.Mistakes) {
      let name = settings.exercises.programme
      return (try ProgrammeLocation.load(name, catalogue: catalogue, environment: Environment.value), [])
    } catch {
      return (ProgrammeLocation.standIn(catalogue), error.diagnostics)
    }
  }

  /// Says on standard error that the programme of the settings was not taken.
  func warnOfMistakes() {
    guard let first = mistakes.first else { return }
    let more = mistakes.count > 1 ? " (and \(mistakes.count - 1) more: nape exercise check \(first.file))" : ""
    StandardError.write("nape: the programme was not taken; movements marked safe stand in for it: \(first)\(more)\n")
  }

  /// Writes to the store and tells the daemon.
  func write(_ body: (Store) throws(StoreError) -> Void) throws {
    guard let store else { return }
    do throws(StoreError) { try body(store) } catch { throw Failure("\(error)", status: 1) }
    DaemonClient.refresh()
  }

  /// - Throws: 64 for an id that is not known.
  func exercise(_ id: String) throws -> Exercise {
    if let exercise = plan.catalogue[id] ?? plan.catalogue[id.uppercased()] { return exercise }
    throw Failure("there is no exercise \(Failure.quoted(id)): one of nape exercise list", status: 64)
  }
}
