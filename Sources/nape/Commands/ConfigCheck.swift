import ArgumentParser
import Glibc
import NapeSettings

struct ConfigCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check settings files; every mistake is told, with its line and what is allowed.",
    discussion: """
      Without a file, all that are in force here are checked, and what a lock or a bound of the policy stands before is \
      told, too. Exits 1 if there is a mistake.

      A file in a folder of the system is checked as one of the administrator's, who may not ask for everything; one named \
      policy.toml as a policy.

      Examples:
        nape config check
        nape config check ~/.config/nape/nape.toml
        nape config check --system 20-site.toml policy.toml
      """)

  @Flag(name: .long, help: "The files are to be the system's, wherever they are now.")
  var system = false

  @Flag(name: .long, help: "The files are policies, whatever their names are.")
  var policy = false

  @Argument(help: ArgumentHelp("What to check; - for standard input.", valueName: "file"), completion: .file())
  var files: [String] = []

  func run() throws {
    let mistakes = files.isEmpty ? checkInForce() : files.flatMap(check)
    for mistake in mistakes { StandardError.write("\(mistake)\n") }
    if !mistakes.isEmpty { throw ExitCode(1) }
  }

  private func checkInForce() -> [String] {
    let loaded = LoadedSettings.load(environment: Environment.value)
    for notice in loaded.notices { print(notice) }
    if loaded.diagnostics.isEmpty {
      print(
        loaded.files.isEmpty ? "no file: all settings are built-in" : "right: \(loaded.files.joined(separator: ", "))")
    }
    return loaded.diagnostics.map(\.description)
  }

  private func check(_ file: String) -> [String] {
    let name = file == "-" ? "standard input" : file
    do {
      let found = diagnostics(of: try Files.read(file), file: name)
      if found.isEmpty { print("right: \(name)") }
      return found.map(\.description)
    } catch let failure as Failure {
      return [failure.message]
    } catch {
      return ["\(name): \(error)"]
    }
  }

  private func diagnostics(of bytes: [UInt8], file: String) -> [Diagnostic] {
    if policy || file.split(separator: "/").last == "policy.toml" { return Policy(bytes, file: file).diagnostics }
    var loaded = LoadedSettings()
    loaded.apply(bytes, file: file, owner: system || Self.isSystems(file) ? .system : .person)
    return loaded.diagnostics
  }

  /// Whether a file lies where the system's are looked for. `realpath(3)`
  private static func isSystems(_ file: String) -> Bool {
    guard let resolved = realpath(file, nil) else { return false }
    defer { free(resolved) }
    let path = String(cString: resolved)
    return SettingsFolders(environment: Environment.value).system.contains { path.hasPrefix($0 + "/") }
  }
}
