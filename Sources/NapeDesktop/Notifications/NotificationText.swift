/// Text as notification servers take it.
enum NotificationText {
  /// Longer bodies are cut off by some servers, in the middle of a word.
  static let longestBody = 200
  static let longestTitle = 100

  /// One line, without control characters.
  static func title(_ text: String) -> String {
    shortened(cleaned(text).replacing("\n", with: " "), to: longestTitle)
  }

  /// - Parameter last: a line that is put under it, and stays whole.
  static func body(_ text: String, last: String? = nil) -> String {
    guard let last else { return shortened(cleaned(text), to: longestBody) }
    return shortened(cleaned(text), to: max(1, longestBody - last.count - 1)) + "\n" + last
  }

  /// For a server that reads markup.
  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  /// Without control characters, but for line feeds; other ends of lines become those.
  private static func cleaned(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.replacing("\r\n", with: "\n").unicodeScalars {
      switch scalar.properties.generalCategory {
      case .lineSeparator, .paragraphSeparator: scalars.append("\n")
      case .control where scalar == "\t": scalars.append(" ")
      case .control where scalar != "\n": break
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }

  /// Whole words, and an ellipsis for the rest.
  private static func shortened(_ text: String, to length: Int) -> String {
    guard text.count > length else { return text }
    let head = text.prefix(length - 1)
    // A text without spaces is cut where it must be.
    let end = head.lastIndex { $0.isWhitespace } ?? head.endIndex
    return head[..<end] + "…"
  }
}
