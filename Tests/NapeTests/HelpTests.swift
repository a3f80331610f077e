import ArgumentParser
import Testing

@testable import nape

/// What every command says of itself, over the whole tree.
@Suite struct HelpTests {
  @Test(arguments: CommandPlace.all) func saysWhatItIsForWithAnExample(place: CommandPlace) throws {
    let configuration = place.command.configuration
    #expect(!configuration.abstract.isEmpty)
    #expect(configuration.abstract.hasSuffix("."))
    let examples = place.examples
    #expect(!examples.isEmpty)
    // An example is one of this command, or of what is in it.
    let own = place.isGroup ? place.words : place.path
    for example in examples { #expect(example.starts(with: own), "\(example)") }
  }

  @Test(arguments: CommandPlace.all) func itsExamplesAreUnderstood(place: CommandPlace) throws {
    for example in place.examples {
      #expect(throws: Never.self, "\(example)") { try Nape.parseAsRoot(Array(example.dropFirst())) }
    }
  }

  @Test(arguments: CommandPlace.all) func itsHelpFitsATerminal(place: CommandPlace) {
    let help = Nape.helpMessage(for: place.command, columns: 80)
    // The library does not break the line that sums the options up.
    let long = help.split(separator: "\n").map(String.init).filter { $0.count > 80 && !$0.hasPrefix("USAGE: ") }
    #expect(long.isEmpty)
    // No line of an example is broken, so that it can be copied.
    for line in place.exampleLines { #expect(help.contains("\n  \(line)\n") || help.hasSuffix("  \(line)"), "\(line)") }
  }

  /// The library breaks lines where a terminal ends; those that are broken already become ragged.
  @Test(arguments: CommandPlace.all) func aParagraphIsOneLine(place: CommandPlace) {
    let lines = place.command.configuration.discussion.split(separator: "\n", omittingEmptySubsequences: false)
    func isProse(_ line: Substring) -> Bool {
      !line.isEmpty && !line.hasPrefix(" ") && !["Example:", "Examples:"].contains(line)
    }
    for (one, next) in zip(lines, lines.dropFirst()) { #expect(!isProse(one) || !isProse(next), "\(one)") }
  }

  @Test func aMisspeltCommandIsToldWithTheNearest() {
    func told(_ line: String) -> String? {
      MisspeltCommand(line.split(separator: " ").map(String.init), of: Nape.self)?.description
    }
    #expect(told("statsu") == "there is no command \"statsu\"; did you mean: nape status")
    #expect(told("exercise shwo E01") == "there is no command \"shwo\"; did you mean: nape exercise show")
    #expect(told("qqqqqqqq") == "there is no command \"qqqqqqqq\"; nape --help lists them")
    #expect(told("statsu --help") == told("statsu"))
    #expect(told("help statsu") == told("statsu"))
    #expect(told("help headache edti") == "there is no command \"edti\"; did you mean: nape headache edit")
    // A word that may be something else than a command, and commands that are there.
    #expect(told("headache 6") == nil)
    #expect(told("status --jsno") == nil)
    #expect(told("help status") == nil)
    #expect(told("") == nil)
  }
}

/// A command, and where it is.
struct CommandPlace: CustomTestStringConvertible, Sendable {
  let command: any ParsableCommand.Type
  /// The words that call it, the program's name included.
  let words: [String]
  /// The same without the name of a command that is meant where none is named.
  let path: [String]

  static let all: [CommandPlace] = below(CommandPlace(command: Nape.self, words: ["nape"], path: ["nape"]))

  private static func below(_ place: CommandPlace) -> [CommandPlace] {
    let configuration = place.command.configuration
    return [place]
      + configuration.subcommands.flatMap { command -> [CommandPlace] in
        let words = place.words + [command._commandName]
        let isDefault = configuration.defaultSubcommand.map { $0 == command } ?? false
        return below(CommandPlace(command: command, words: words, path: isDefault ? place.words : words))
      }
  }

  var isGroup: Bool { !command.configuration.subcommands.isEmpty }

  var testDescription: String { words.joined(separator: " ") }

  /// The lines under `Example:` or `Examples:`, to the end.
  var exampleLines: [String] {
    let lines = command.configuration.discussion.split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    guard let heading = lines.lastIndex(where: { ["Example:", "Examples:"].contains($0) }) else { return [] }
    return lines[(heading + 1)...].map { $0.hasPrefix("  ") ? String($0.dropFirst(2)) : $0 }
  }

  /// Each as a shell takes it apart; what follows a `|` or a `>` is not nape's.
  var examples: [[String]] {
    exampleLines.map { line in
      var words: [String] = []
      var word: String?
      var quote: Character?
      for character in line {
        switch character {
        case quote: quote = nil
        case "\"" where quote == nil, "'" where quote == nil: (quote, word) = (character, word ?? "")
        case " " where quote == nil: (words, word) = (words + [word].compactMap(\.self), nil)
        default: word = (word ?? "") + String(character)
        }
      }
      words += [word].compactMap(\.self)
      return Array(words.prefix { !["|", ">"].contains($0) })
    }
  }
}
