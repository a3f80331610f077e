/// A place in a TOML document, as an editor shows it.
public struct Position: Hashable, Sendable {
  /// The line, counted from 1. A line ends with a line feed.
  public let line: Int

  /// The column, counted from 1 in Unicode scalars (not in bytes, and not in what a screen shows as one character).
  public let column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}
