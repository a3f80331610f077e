/// What is wrong with a settings file, where, and what is allowed.
public struct Diagnostic: Error, Hashable, Sendable, CustomStringConvertible {
  public let file: String
  /// From 1; 0 where it is about the whole file.
  public let line: Int
  /// Empty where it is about no one key.
  public let key: String
  public let what: String
  public let allowed: String

  public var description: String {
    let place = line > 0 ? "\(file):\(line)" : file
    return [place, key, what, allowed].filter { !$0.isEmpty }.joined(separator: ": ")
  }
}
