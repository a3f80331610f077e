/// Why a text is not TOML, for the person who wrote the text.
public struct SyntaxError: Error, Hashable, Sendable {
  /// Where the mistake is; for a text without end, where it begins.
  public let position: Position

  /// What is wrong, a colon, and what is allowed instead. One line without control characters.
  public let message: String

  public init(position: Position, message: String) {
    self.position = position
    self.message = message
  }
}
