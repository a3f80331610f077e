import JSON

extension JSON {
  /// The value as it would be written in a settings file; `nil` where TOML has no such value.
  var tomlLiteral: String? {
    switch self {
    case .null, .object: return nil
    case .flag(let flag): return flag ? "true" : "false"
    case .number(let number): return Int64(exactly: number).map(String.init) ?? (number.isFinite ? "\(number)" : nil)
    case .text(let text): return JSONText.quoted(text)
    case .list(let items):
      let literals = items.compactMap(\.tomlLiteral)
      return literals.count == items.count ? "[\(literals.joined(separator: ", "))]" : nil
    }
  }
}
