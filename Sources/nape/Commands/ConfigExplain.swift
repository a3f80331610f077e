import ArgumentParser
import JSON
import NapeSettings

struct ConfigExplain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain one key: what it is for, what is allowed, its value, and why it has it.",
    discussion: """
      Example:
        nape config explain prompts.move.after
      """)

  @Argument(
    help: ArgumentHelp("The name of a key, or of a section for all of its keys.", valueName: "key"),
    completion: .list(KeyTable.keys.map(\.name)))
  var name: String

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  func run() throws {
    let loaded = LoadedSettings.load(environment: Environment.value)
    let keys = KeyTable.keys.filter { $0.name == name || $0.name.hasPrefix(name + ".") }
    guard !keys.isEmpty else { throw Failure("\(name): there is no such key: \(KeyTable.hint(for: name))", status: 64) }
    let states = keys.map { KeyState($0, in: loaded) }
    if json {
      print(JSONText.object(states.map { ($0.key.name, $0.json) }))
    } else {
      print(states.map(ConfigText.explanation).joined(separator: "\n\n"))
    }
  }
}
