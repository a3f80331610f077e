import JSON

/// What a resource says in words, for readers that know none of its codes.
enum FHIRNarrative {
  static func json(_ text: String) -> String {
    let div = HTML("div", ["xmlns": "http://www.w3.org/1999/xhtml"]) { allowed(text) }
    return JSONText.object([("status", JSONText.quoted("generated")), ("div", JSONText.quoted(div.written))])
  }

  /// Without what XML 1.0 has no place for.
  private static func allowed(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter { scalar in
          switch scalar {
          case "\t", "\n", "\r", "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}": true
          default: false
          }
        }))
  }
}
