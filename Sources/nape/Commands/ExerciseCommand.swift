import ArgumentParser

struct ExerciseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exercise",
    abstract: "Short exercises for neck and shoulders: what to do today, how, and what you have done.",
    discussion: """
      Nothing is urgent here, and no day that is missed takes anything back.

      Examples:
        nape exercise programme
        nape exercise show E14
        nape exercise done E07 E14
      """,
    subcommands: [
      ExerciseList.self, ExerciseShow.self, ExerciseDone.self, ExerciseFelt.self, ExerciseProgramme.self,
      ExerciseLevelCommand.self, ExerciseQuestions.self, ExerciseCheck.self,
    ])
}
