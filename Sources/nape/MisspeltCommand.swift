import ArgumentParser
import NapeSettings

/// A word that stands where a command must, and names none.
struct MisspeltCommand: CustomStringConvertible {
  let word: String
  /// The commands in front of it, the program's name included.
  let path: [String]
  let nearest: String?

  /// - Returns: `nil` where each command is one, or where a word may be something else.
  init?(_ words: some Sequence<String>, of root: any ParsableCommand.Type) {
    let called = CalledCommand(words, of: root)
    let configuration = called.command.configuration
    guard let word = called.next, !word.hasPrefix("-"), word != "help", !configuration.subcommands.isEmpty,
      called.isForHelp || configuration.defaultSubcommand == nil
    else { return nil }
    (self.word, path) = (word, called.path)
    nearest = NearestName.find(word, among: configuration.subcommands.map { $0._commandName })
  }

  var description: String {
    let path = path.joined(separator: " ")
    let advice = nearest.map { "did you mean: \(path) \($0)" } ?? "\(path) --help lists them"
    return "there is no command \(Failure.quoted(word)); \(advice)"
  }
}
