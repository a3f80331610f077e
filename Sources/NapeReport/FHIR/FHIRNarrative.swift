import JSON

/// What a resource says in words, for readers that know none of its codes.
enum FHIRNarrative {
  static func json(_ text: String) -> String {
    let div = "<div xmlns=\"http://www.w3.org/1999/xhtml\">\(escaped(text))</div>"
    return JSONText.object([("status", JSONText.quoted("generated")), ("div", JSONText.quoted(div))])
  }

  /// By scalar: a sign with an accent is one character. What XML 1.0 has no place for is left out.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\t", "\n", "\r", "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
        result.unicodeScalars.append(scalar)
      default: break
      }
    }
    return result
  }
}
