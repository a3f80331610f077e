import ArgumentParser

struct ConfigSchema: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print a JSON Schema of the settings, for editors and for configuration management.",
    discussion: """
      An editor that knows TOML (taplo, Even Better TOML) takes it from the first line of a settings file, such as:

        #:schema /usr/share/nape/nape.schema.json

      Example:
        nape config schema > nape.schema.json
      """)

  func run() throws { print(SettingsSchema.text) }
}
