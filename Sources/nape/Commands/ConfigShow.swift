import ArgumentParser
import JSON
import NapeSettings

struct ConfigShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print the settings in force, and where each comes from.",
    discussion: """
      What is printed is a settings file itself. What is wrong with the files is told on standard error.

      Examples:
        nape config show
        nape config show --changed --json
      """)

  @Flag(name: .long, help: "Only what differs from the built-in defaults.")
  var changed = false

  @Flag(name: .long, help: "Print one JSON object: for each key its value, default, place, lock and bounds.")
  var json = false

  func run() throws {
    let loaded = LoadedSettings.load(environment: Environment.value)
    let states = KeyTable.keys.map { KeyState($0, in: loaded) }.filter { !changed || $0.isChanged }
    if json {
      print(JSONText.object(states.map { ($0.key.name, $0.json) }))
    } else if states.isEmpty {
      print("# All settings have their built-in defaults.")
    } else {
      print(ConfigText.file(states))
    }
    for finding in loaded.diagnostics + loaded.notices { StandardError.write("\(finding)\n") }
  }
}
