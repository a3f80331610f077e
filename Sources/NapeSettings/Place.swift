/// A line of a file.
public struct Place: Hashable, Sendable, CustomStringConvertible {
  public let file: String
  /// From 1; 0 for the whole file.
  public let line: Int

  public init(file: String, line: Int) { (self.file, self.line) = (file, line) }

  /// `FILE:LINE`, on one line whatever the file is called.
  public var description: String {
    let file = ShownText.shown(file, longest: 4096)
    return line > 0 ? "\(file):\(line)" : file
  }
}
