import ArgumentParser
import Glibc
import NapeReport

/// The command line: one file a command.
@main
struct Nape: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nape",
    abstract: "A desk-posture break reminder.",
    discussion: """
      Every command has --help with an example; man nape has them all.

      Examples:
        nape demo
        nape status
        nape headache
        nape doctor
      """,
    version: IntendedUse.version,
    groupedSubcommands: [
      CommandGroup(
        name: "Desk",
        subcommands: [
          StatusCommand.self, Why.self, Break.self, Pause.self, Resume.self, Snooze.self, Standing.self, Sitting.self,
        ]),
      CommandGroup(
        name: "Diary",
        subcommands: [
          HeadacheCommand.self, Detail.self, DayCommand.self, NoteCommand.self, ScoreCommand.self,
          DeskCheckCommand.self, WarningSignsCommand.self,
        ]),
      CommandGroup(name: "Exercise", subcommands: [ExerciseCommand.self]),
      CommandGroup(name: "Review", subcommands: [ReviewCommand.self, ExportCommand.self, TrialCommand.self]),
      CommandGroup(
        name: "Record",
        subcommands: [BackupCommand.self, ImportCommand.self, EraseCommand.self]),
      CommandGroup(
        name: "Service",
        subcommands: [ConfigCommand.self, Doctor.self, AdherenceCommand.self, Simulate.self, Demo.self]),
    ])

  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      StandardError.write("nape: \(failure.message)\n")
      Glibc.exit(failure.status)
    } catch {
      if let misspelt = MisspeltCommand(CommandLine.arguments.dropFirst(), of: Self.self),
        exitCode(for: error) != .success
      {
        exit(withError: ValidationError(misspelt.description))
      }
      exit(withError: error)
    }
  }
}
