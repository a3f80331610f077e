/// What values a field of the diary takes.
public enum FieldKind: Hashable, Sendable {
  case flag
  /// A whole number, or two of them with a dash between.
  case range(ClosedRange<Int>)
  /// One of these.
  case word([String])
  /// Any number of these, or `none`.
  case words([String])
  /// Text of one or more lines, of at most so many characters.
  case text(longest: Int)

  /// What is allowed, for an error.
  public var allowed: String {
    switch self {
    case .flag: "yes or no"
    case .range(let range): "\(range.lowerBound) to \(range.upperBound), or a range such as 4-6"
    case .word(let words): "one of: \(words.joined(separator: ", "))"
    case .words(let words): "none, or some of: \(words.joined(separator: ", "))"
    case .text(let longest): "text of at most \(longest) characters"
    }
  }
}
