import JSON

/// What a resource says in words, for readers that know none of its codes.
enum FHIRNarrative {
  static func json(_ text: String) -> String {
    let div = "<div xmlns=\"http://www.w3.org/1999/xhtml\">\(escaped(text))</div>"
    return JSONText.object([("status", JSONText.quoted("generated")), ("div", JSONText.quoted(div))])
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
