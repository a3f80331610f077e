import ArgumentParser

/// Which command a command line names, as far as its words are names of commands.
struct CalledCommand {
  private(set) var command: any ParsableCommand.Type
  /// The words that call it, the program's name included.
  private(set) var path: [String]
  /// The first word behind them.
  private(set) var next: String?
  /// `nape help` stands before the names.
  private(set) var isForHelp = false

  /// - Parameter words: without the program's name.
  init(_ words: some Sequence<String>, of root: any ParsableCommand.Type) {
    (command, path) = (root, [root._commandName])
    for word in words {
      if word == "help", path.count == 1, !isForHelp {
        isForHelp = true
      } else if let inner = command.configuration.subcommands.first(where: { $0._commandName == word }) {
        command = inner
        path.append(word)
      } else {
        next = word
        return
      }
    }
  }
}
