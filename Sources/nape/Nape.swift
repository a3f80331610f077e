import ArgumentParser
import Glibc
import NapeReport

/// The command line: one file a command.
@main
struct Nape: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nape",
    abstract: "A desk-posture break reminder.",
    discussion: "Try `nape demo` for a working day in half a minute, and `nape doctor` if something does not work.",
    version: IntendedUse.version,
    subcommands: [
      StatusCommand.self, Why.self, Break.self, Pause.self, Resume.self, Snooze.self, Standing.self, Sitting.self,
      HeadacheCommand.self, Detail.self, DayCommand.self, ExerciseCommand.self, WarningSignsCommand.self,
      NoteCommand.self, ScoreCommand.self, DeskCheckCommand.self, ReviewCommand.self, ExportCommand.self,
      TrialCommand.self, Simulate.self, ConfigCommand.self, Demo.self, Doctor.self, BackupCommand.self,
      ImportCommand.self, EraseCommand.self, AdherenceCommand.self,
    ])

  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      StandardError.write("nape: \(failure.message)\n")
      Glibc.exit(failure.status)
    } catch {
      exit(withError: error)
    }
  }
}
