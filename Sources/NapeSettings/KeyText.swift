/// What the keys are for, in the words of `Config/nape.toml`: the comment above a key is its documentation, the one above a
/// section's header the section's. So the file, the man page, the schema and `nape config explain` cannot differ.
public struct KeyText: Sendable {
  /// By key; of sections by their name.
  private var texts: [String: String] = [:]

  public subscript(name: String) -> String? { texts[name] }

  /// The names of the sections, in the order of the file.
  public private(set) var sections: [String] = []

  /// That of the shipped file.
  public static var builtIn: KeyText { KeyText(PackageResources.nape_toml) }

  /// Reads the lines of a file that is known to be TOML.
  init(_ bytes: [UInt8]) {
    var comment: [Substring] = []
    var section = ""
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("#") {
        comment.append(line.dropFirst().drop { $0 == " " })
        continue
      }
      let text = comment.joined(separator: " ")
      comment = []
      if line.hasPrefix("[") {
        section = String(line.dropFirst().prefix { $0 != "]" })
        sections.append(section)
        texts[section] = text
      } else if let equals = line.firstIndex(of: "=") {
        texts["\(section).\(line[..<equals].filter { $0 != " " })"] = text
      }
    }
  }
}
