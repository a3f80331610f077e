import TOML

/// The canonical text of `document`, or the message of its error.
func canonical(_ document: String) -> String {
  do {
    return CanonicalText(try TOML.parse(document)).text
  } catch {
    return "\(error.position.line):\(error.position.column): \(error.message)"
  }
}

/// The error that `document` gives.
func syntaxError(_ document: String) -> SyntaxError? {
  syntaxError(Array(document.utf8))
}

/// The error that `document` gives.
func syntaxError(_ document: [UInt8]) -> SyntaxError? {
  do {
    _ = try TOML.parse(document)
    return nil
  } catch {
    return error
  }
}
