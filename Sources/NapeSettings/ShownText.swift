/// A piece of somebody else's text made fit for a message: short, on one line, and without what cannot be seen.
enum ShownText {
  /// What cannot be seen becomes a question mark.
  ///
  /// - Parameter longest: in code points; what is cut off becomes an ellipsis.
  static func shown(_ text: String, longest: Int = 40) -> String {
    var shown = String.UnicodeScalarView(text.unicodeScalars.prefix(longest).map { isVisible($0) ? $0 : "?" })
    if text.unicodeScalars.dropFirst(longest).first != nil { shown.append("…") }
    return String(shown)
  }

  static func quoted(_ text: String) -> String { "\"\(shown(text))\"" }

  static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
    default: true
    }
  }
}
