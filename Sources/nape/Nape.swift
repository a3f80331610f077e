import ArgumentParser

/// The command line: one file a command.
@main
struct Nape: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nape",
    abstract: "A desk-posture break reminder.",
    discussion: "Try `nape demo` for a working day in half a minute.",
    version: IntendedUse.version,
    subcommands: [
      Simulate.self
    ])
}
