import TOML

/// What is wrong with a settings file, where, and what is allowed.
public struct Diagnostic: Error, Hashable, Sendable, CustomStringConvertible {
  public let place: Place
  /// Empty where it is about no one key.
  public let key: String
  public let what: String
  /// The same without a word of the file where that may be private: the name of a medicine, a programme, or whatever stands
  /// in a line that does not parse.
  private let discreet: String?
  public let allowed: String

  public var file: String { place.file }
  public var line: Int { place.line }

  public init(at place: Place, key: String, what: String, discreet: String? = nil, allowed: String) {
    (self.place, self.what, self.discreet, self.allowed) = (place, what, discreet, allowed)
    self.key = ShownText.shown(key, longest: 80)
  }

  /// - Parameter line: from 1; 0 where it is about the whole file.
  public init(file: String, line: Int, key: String, what: String, allowed: String) {
    self.init(at: Place(file: file, line: line), key: key, what: what, allowed: allowed)
  }

  /// Of a file that does not parse.
  init(_ error: SyntaxError, file: String) {
    let column = "column \(error.position.column): "
    self.init(
      at: Place(file: file, line: error.position.line), key: "", what: column + error.message,
      discreet: column + "this does not parse", allowed: "TOML 1.0")
  }

  /// For the one who has written the file.
  public var description: String { text(key, what) }

  /// For the journal, the bus, and whoever reads these.
  public var record: String {
    // A key that is none may be anything in a section that is private.
    let key = KeyTable.isPrivate(key) && KeyTable.key(named: key) == nil ? KeyTable.section(of: key) : key
    return text(key, discreet ?? what)
  }

  private func text(_ key: String, _ what: String) -> String {
    [place.description, key, what, allowed].filter { !$0.isEmpty }.joined(separator: ": ")
  }
}
