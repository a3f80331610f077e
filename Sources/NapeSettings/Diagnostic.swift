import TOML

/// What is wrong with a settings file, where, and what is allowed.
public struct Diagnostic: Error, Hashable, Sendable, CustomStringConvertible {
  public let place: Place
  /// Empty where it is about no one key.
  public let key: String
  public let what: String
  public let allowed: String

  public var file: String { place.file }
  public var line: Int { place.line }

  public init(at place: Place, key: String, what: String, allowed: String) {
    (self.place, self.key, self.what, self.allowed) = (place, key, what, allowed)
  }

  /// - Parameter line: from 1; 0 where it is about the whole file.
  public init(file: String, line: Int, key: String, what: String, allowed: String) {
    self.init(at: Place(file: file, line: line), key: key, what: what, allowed: allowed)
  }

  /// Of a file that does not parse.
  init(_ error: SyntaxError, file: String) {
    self.init(
      file: file, line: error.position.line, key: "", what: "column \(error.position.column): \(error.message)",
      allowed: "TOML 1.0")
  }

  public var description: String {
    [place.description, key, what, allowed].filter { !$0.isEmpty }.joined(separator: ": ")
  }
}
