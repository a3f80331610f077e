/// A line of a file.
public struct Place: Hashable, Sendable, CustomStringConvertible {
  public let file: String
  /// From 1; 0 for the whole file.
  public let line: Int

  public init(file: String, line: Int) { (self.file, self.line) = (file, line) }

  /// `FILE:LINE`
  public var description: String { line > 0 ? "\(file):\(line)" : file }
}
