import NapeCore

extension [ExerciseSet] {
  /// What a programme asks for at the desk in its first week, of somebody who has not answered the questions of the first
  /// use.
  ///
  /// - Parameters:
  ///   - programme: as `exercises.programme` names it.
  ///   - environment: a variable's value, as `getenv` gives it.
  /// - Throws: all that is wrong with the programme.
  public static func advised(
    by programme: String, environment: (String) -> String?
  ) throws(ProgrammeFile.Mistakes) -> [ExerciseSet] {
    let catalogue = ExerciseCatalogue.builtIn()
    let programme = try ProgrammeLocation.load(programme, catalogue: catalogue, environment: environment)
    return ExercisePlan(
      catalogue: catalogue, programme: programme, history: ExerciseHistory(), restriction: .none,
      today: LocalDate(daysSinceEpoch: 0)
    ).sets
  }

  /// What the shipped programme asks for; a test holds that it can be read.
  public static func builtIn() -> [ExerciseSet] {
    (try? advised(by: Settings().exercises.programme) { _ in nil }) ?? []
  }
}
