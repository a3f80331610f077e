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
    var command = root
    var path = [command._commandName]
    for word in words {
      let inner = command.configuration.subcommands
      guard !inner.isEmpty, command.configuration.defaultSubcommand == nil, !word.hasPrefix("-"), word != "help" else {
        return nil
      }
      let names = inner.map { $0._commandName }
      guard let place = names.firstIndex(of: word) else {
        (self.word, self.path, nearest) = (word, path, NearestName.find(word, among: names))
        return
      }
      command = inner[place]
      path.append(word)
    }
    return nil
  }

  var description: String {
    let path = path.joined(separator: " ")
    let advice = nearest.map { "did you mean: \(path) \($0)" } ?? "\(path) --help lists them"
    return "there is no command \(Failure.quoted(word)); \(advice)"
  }
}
