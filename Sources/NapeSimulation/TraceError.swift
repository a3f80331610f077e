/// What is wrong with a trace, where, and what is allowed.
public struct TraceError: Error, Hashable, Sendable, CustomStringConvertible {
  public let file: String
  /// From 1.
  public let line: Int
  public let what: String
  public let allowed: String

  public var description: String { "\(file):\(line): \(what): \(allowed)" }
}
