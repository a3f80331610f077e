import ArgumentParser
import Glibc
import NapeSettings
import NapeSimulation

struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the rules on a recorded or written timeline.",
    discussion: """
      Prints what would have happened as JSON Lines: spans, bouts, prompts, outcomes and a summary. The settings are the
      built-in ones, with FILE laid over them; your own settings are not read.

      Example:
        nape simulate Tests/Traces/day.jsonl --text
      """)

  @Argument(help: ArgumentHelp("The trace, as JSON Lines; - for standard input.", valueName: "trace"))
  var trace: String

  @Option(name: .long, help: ArgumentHelp("Settings to use.", valueName: "file"))
  var config: String?

  @Flag(name: .long, help: "Print for people.")
  var text = false

  func run() throws {
    let settings = try loadSettings()
    let bytes = try Files.read(trace)
    let name = trace == "-" ? "standard input" : trace
    let output = OutputBuffer()
    let asText = text
    var simulation = Simulation(file: name, settings: settings, zoneFile: Zones.file(named:)) { record in
      output.write((asText ? record.text() : record.json()) + "\n")
    }
    do {
      for line in bytes.split(separator: 0x0a, omittingEmptySubsequences: false) {
        try simulation.take(line)
      }
      try simulation.finish()
    } catch {
      output.flush()
      throw Failure("\(error)", status: 1)
    }
    output.flush()
  }

  private func loadSettings() throws -> LoadedSettings {
    var loaded = LoadedSettings.builtIn()
    guard let config else { return loaded }
    loaded.apply(try Files.read(config), file: config)
    guard loaded.diagnostics.isEmpty else {
      throw Failure(loaded.diagnostics.map(\.description).joined(separator: "\n"), status: 78)
    }
    return loaded
  }
}
