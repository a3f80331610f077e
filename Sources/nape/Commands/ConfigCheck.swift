import ArgumentParser
import NapeSettings

struct ConfigCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check settings files; every mistake is told, with its line and what is allowed.",
    discussion: """
      Without a file, all that are in force here are checked, and what a lock or a bound of the policy stands before is told,
      too. A file named policy.toml is checked as a policy. Exits 1 if there is a mistake.

      Examples:
        nape config check
        nape config check 20-site.toml policy.toml
      """)

  @Argument(help: ArgumentHelp("What to check; - for standard input.", valueName: "file"), completion: .file())
  var files: [String] = []

  func run() throws {
    var mistakes: [Diagnostic] = []
    if files.isEmpty {
      let loaded = LoadedSettings.load(environment: Environment.value)
      mistakes = loaded.diagnostics
      for notice in loaded.notices { print(notice) }
      if mistakes.isEmpty {
        print(
          loaded.files.isEmpty ? "no file: all settings are built-in" : "right: \(loaded.files.joined(separator: ", "))"
        )
      }
    }
    for file in files {
      let found = Self.mistakes(in: try Files.read(file), file: file == "-" ? "standard input" : file)
      mistakes += found
      if found.isEmpty { print("right: \(file)") }
    }
    for mistake in mistakes { StandardError.write("\(mistake)\n") }
    if !mistakes.isEmpty { throw ExitCode(1) }
  }

  private static func mistakes(in bytes: [UInt8], file: String) -> [Diagnostic] {
    if file.split(separator: "/").last == "policy.toml" { return Policy(bytes, file: file).diagnostics }
    var loaded = LoadedSettings()
    // What only the person may ask for is no mistake as such.
    loaded.apply(bytes, file: file, owner: file.hasPrefix("/etc/") ? .system : .person)
    return loaded.diagnostics
  }
}
