import ArgumentParser
import NapeCore
import NapeSettings

struct ExerciseCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check a programme that was written by hand; every mistake is told, with its line.",
    discussion: """
      Exits 78 if there is one. Nothing is changed. The form is explained in docs/programmes.md.

      Example:
        nape exercise check physio.toml
      """)

  @Argument(help: ArgumentHelp("The programme; - for standard input.", valueName: "file"), completion: .file())
  var file: String

  func run() throws {
    let bytes = try Files.read(file)
    do throws(ProgrammeFile.Mistakes) {
      let name = file == "-" ? "standard input" : file
      let programme = try ProgrammeFile.read(bytes, file: name, catalogue: .builtIn())
      let weeks = programme.weeks.count
      let exercises = programme.exercises.count
      print(
        "\(programme.name): \(weeks) week\(weeks == 1 ? "" : "s"), \(exercises) exercise\(exercises == 1 ? "" : "s")")
    } catch {
      StandardError.write("\(error)\n")
      throw ExitCode(78)
    }
  }
}
