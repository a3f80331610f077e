/// Objects and lists on one line, where the parts are JSON already.
extension JSONText {
  public static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { "\(quoted($0)): \($1)" }.joined(separator: ", ") + "}"
  }

  public static func array(_ items: [String]) -> String { "[" + items.joined(separator: ", ") + "]" }

  public static func strings(_ items: [String]) -> String { array(items.map(quoted)) }

  public static func optional(_ text: String?) -> String { text.map(quoted) ?? "null" }

  public static func optional(_ number: Int?) -> String { number.map(String.init) ?? "null" }
}
