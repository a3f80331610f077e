import ArgumentParser

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "See which settings are in force, where each comes from, and what is wrong with a file.",
    discussion: """
      Settings come from the system's nape.toml and its drop-ins, then from your own, under the administrator's policy: \
      nape.toml(5). These commands read the files; changed ones are in force after `systemctl --user reload nape`.

      Examples:
        nape config show --changed
        nape config explain prompts.move.after
        nape config check ~/.config/nape/nape.toml
      """,
    subcommands: [ConfigShow.self, ConfigExplain.self, ConfigCheck.self, ConfigSchema.self])
}
