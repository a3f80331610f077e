import NapeCore

extension [ExerciseSet] {
  /// What the shipped programme asks for at the desk in its first week, of somebody who has not answered the questions of
  /// the first use.
  public static func builtIn() -> [ExerciseSet] {
    let catalogue = ExerciseCatalogue.builtIn()
    guard let programme = ProgrammeLocation.standard(catalogue) else { return [] }
    return ExercisePlan(
      catalogue: catalogue, programme: programme, history: ExerciseHistory(), restriction: .none,
      today: LocalDate(daysSinceEpoch: 0)
    ).sets
  }
}
