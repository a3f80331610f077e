import NapeCore

extension [ExerciseSet] {
  /// What the shipped programme asks for at the desk in its first week, of somebody who has not answered the questions of
  /// the first use.
  public static func builtIn() -> [ExerciseSet] {
    [
      ExerciseSet(
        exercises: ["E07", "E14"], text: "Reset your seat, ten seconds. Then shoulder rolls at the wall, ten, slow.")
    ]
  }
}
