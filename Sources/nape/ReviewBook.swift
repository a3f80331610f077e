import Glibc
import NapeCore
import NapeReport
import NapeSettings
import NapeStore

/// What is reviewed and exported: the person's record over some days, and what its figures are made by.
struct ReviewBook {
  let records: ReviewRecords
  let review: Review

  /// - Throws: 64 for a period that is none, 1 where there is no record or it cannot be read.
  ///
  /// - Parameter notes: whether what was written freely is in it.
  init(_ options: ReviewOptions, pseudonym: String? = nil, notes: Bool = true) throws {
    let now = Now()
    let settings = SettingsLocation.load(environment: Environment.value).loaded.settings
    let catalogue = ExerciseCatalogue.builtIn()
    let programme = ExerciseBook.programme(of: settings, catalogue)
    let exercises = catalogue.adding(programme.programme.own).exercises
    let period = try options.period(today: now.today) ?? ReviewTerms.weeks(Self.weeks, before: now.today)
    let terms = ReviewTerms(
      period: period, made: now.second, settings: settings, pseudonym: pseudonym,
      programme: programme.mistakes.isEmpty ? programme.programme : nil,
      exerciseNames: Dictionary(exercises.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 }),
      exerciseDoses: Dictionary(
        exercises.map { exercise in
          (exercise.id, Dictionary(exercise.levels.map { ($0.number, $0.dose) }, uniquingKeysWith: { $1 }))
        }, uniquingKeysWith: { $1 }))
    let found = try Self.records(for: terms)
    records = notes ? found : found.withoutNotes
    review = Review(records, terms)
  }

  private static let weeks = 4

  private static func records(for terms: ReviewTerms) throws -> ReviewRecords {
    let path = try Ledger.storePath()
    guard access(path, F_OK) == 0 else {
      throw Failure("nothing has been recorded yet: \(path) does not exist", status: 1)
    }
    do throws(StoreError) {
      return try Store(path: path, patience: .command)
        .reviewRecords(from: terms.firstDay, to: terms.period.upperBound)
    } catch { throw Failure("\(error)", status: 1) }
  }
}
