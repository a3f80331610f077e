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
      end(failure.message, status: failure.status)
    } catch {
      let words = CommandLine.arguments.dropFirst()
      if let misspelt = MisspeltCommand(words, of: Self.self) {
        end(misspelt.description, status: ExitCode.validationFailure.rawValue)
      }
      let (status, text) = (exitCode(for: error), message(for: error))
      // Help that was asked for, or an exit without a word.
      guard !status.isSuccess, !text.isEmpty else { exit(withError: error) }
      let path = CalledCommand(words, of: Self.self).path.joined(separator: " ")
      end(status == .validationFailure ? "\(text)\nSee: \(path) --help" : text, status: status.rawValue)
    }
  }

  private static func end(_ message: String, status: Int32) -> Never {
    StandardError.write("nape: \(message)\n")
    Glibc.exit(status)
  }
}
