import Glibc
import NapeCore
import NapeReport
import NapeSettings
import NapeStore

/// What is reviewed and exported: the person's record over some days, and what its figures are made by.
struct ReviewBook {
  let records: ReviewRecords
  let review: Review
  let settings: Settings

  /// - Parameters:
  ///   - documents: folders with a `review.json`, or such files, of one person: they are reviewed, merged, in place of this
  ///     machine's record, by the terms of the one that was made last.
  ///   - others: likewise, merged with this machine's record.
  ///   - notes: whether what was written freely is in it.
  /// - Throws: 64 for a period that is none, 1 where there is no record or it cannot be read.
  init(
    _ options: ReviewOptions, of documents: [String] = [], with others: [String] = [], pseudonym: String? = nil,
    notes: Bool = true
  ) throws {
    settings = LoadedSettings.load(environment: Environment.value).settings
    let terms: ReviewTerms
    var found: ReviewRecords
    if documents.isEmpty {
      terms = try Self.terms(options, pseudonym, settings)
      found = try Self.records(for: terms)
      for path in others {
        let document = try Self.document(path)
        Self.warn(of: document, path, terms)
        found.merge(document.records)
      }
    } else {
      (found, terms) = try Self.merged(documents, options, pseudonym)
    }
    let told = notes ? (found, terms) : found.withoutNotes(terms, Self.shipped)
    records = told.0
    review = Review(told.0, told.1)
  }

  private static var shipped: Shipped {
    let catalogue = ExerciseCatalogue.builtIn()
    return Shipped(
      exercises: Dictionary(catalogue.exercises.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 }),
      programmes: [ProgrammeLocation.standard(catalogue)].compactMap { $0 },
      programmeSettings: Set(ProgrammeLocation.shipped))
  }

  // MARK: The record of this machine

  private static let weeks = 4

  private static func terms(
    _ options: ReviewOptions, _ pseudonym: String?, _ settings: Settings
  ) throws -> ReviewTerms {
    let now = Now()
    let catalogue = ExerciseCatalogue.builtIn()
    let programme = ExerciseBook.programme(of: settings, catalogue)
    let exercises = catalogue.adding(programme.programme.own).exercises
    return ReviewTerms(
      period: try options.period(today: now.today) ?? ReviewTerms.weeks(weeks, before: now.today), made: now.second,
      settings: settings, pseudonym: pseudonym, programme: programme.mistakes.isEmpty ? programme.programme : nil,
      exerciseNames: Dictionary(exercises.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 }),
      exerciseDoses: Dictionary(
        exercises.map { exercise in
          (exercise.id, Dictionary(exercise.levels.map { ($0.number, $0.dose) }, uniquingKeysWith: { $1 }))
        }, uniquingKeysWith: { $1 }))
  }

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

  // MARK: Exports of several machines

  private static func merged(
    _ paths: [String], _ options: ReviewOptions, _ pseudonym: String?
  ) throws -> (ReviewRecords, ReviewTerms) {
    let documents = try paths.map(document)
    let period = try options.period(today: Now().today)
    guard var terms = documents.map(\.terms).max(by: { $0.made < $1.made }) else {
      throw Failure("there is no review", status: 1)
    }
    var records = ReviewRecords()
    for document in documents { records.merge(document.records) }
    if let pseudonym { terms.pseudonym = pseudonym }
    if let period { terms.period = period }
    for (path, document) in zip(paths, documents) { warn(of: document, path, terms) }
    return (records, terms)
  }

  private static func warn(of document: ReviewDocument, _ path: String, _ terms: ReviewTerms) {
    guard !document.holds(terms.period) else { return }
    let (first, last) = (document.terms.firstDay, document.terms.period.upperBound)
    StandardError.write("nape: \(path): it holds \(first) to \(last) alone, and may lack some of what is asked for\n")
  }

  private static func document(_ path: String) throws -> ReviewDocument {
    var status = stat()
    let isFolder = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    let file = isFolder ? path + "/review.json" : path
    let bytes = try Files.read(file, most: ReviewDocument.most)
    do throws(ImportRow.Wrong) { return try ReviewDocument(bytes) } catch {
      throw Failure("\(file): \(error.what)", status: 1)
    }
  }
}

extension ReviewDocument {
  /// Whether all records of a period may be in it.
  fileprivate func holds(_ period: ClosedRange<LocalDate>) -> Bool {
    terms.firstDay <= period.lowerBound && terms.period.upperBound >= period.upperBound
  }
}
