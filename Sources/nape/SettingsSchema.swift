import JSON
import NapeCore
import NapeSettings

/// The settings as a JSON Schema (draft 2020-12), made of the key table and its documentation.
enum SettingsSchema {
  static var text: String {
    let texts = KeyText.builtIn
    let header = [
      ("$schema", JSONText.quoted("https://json-schema.org/draft/2020-12/schema")),
      ("title", JSONText.quoted("nape.toml")),
      ("description", JSONText.quoted("Settings of nape \(NapeVersion.string).")),
    ]
    return lines(header + members(of: "", texts), indent: "")
  }

  /// A section: its keys, and the sections within.
  private static func members(of section: String, _ texts: KeyText) -> [(String, String)] {
    let prefix = section.isEmpty ? "" : section + "."
    let inside = KeyTable.keys.filter { $0.name.hasPrefix(prefix) }
    var names: [String] = []
    for key in inside {
      let name = String(key.name.dropFirst(prefix.count).prefix { $0 != "." })
      if !names.contains(name) { names.append(name) }
    }
    let indent = String(repeating: "  ", count: section.isEmpty ? 1 : 2 * section.split(separator: ".").count + 1)
    let properties = names.map { name -> (String, String) in
      let full = prefix + name
      let members =
        KeyTable.key(named: full).map { self.members(of: $0, texts) }
        ?? [("description", JSONText.quoted(texts[full] ?? ""))] + self.members(of: full, texts)
      return (name, lines(members, indent: indent + "  "))
    }
    return [
      ("type", "\"object\""), ("additionalProperties", "false"), ("properties", lines(properties, indent: indent)),
    ]
  }

  private static func members(of key: SettingKey, _ texts: KeyText) -> [(String, String)] {
    let text = (texts[key.name] ?? "") + " Allowed: \(key.type.allowed)."
    return [("description", JSONText.quoted(text)), ("default", key.value(of: Settings()).json)] + rule(key.type)
  }

  /// Without looking ahead or back, which editors that are written in Rust cannot.
  private static let length = {
    let (h, min, s) = ("[0-9]{1,10}h", "[0-9]{1,10}min", "[0-9]{1,10}s")
    return "(\(h)( *\(min))?( *\(s))?|\(min)( *\(s))?|\(s))"
  }()
  private static let days = {
    let day = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
    return "\(day)(-\(day))?"
  }()
  private static let clock = "([01][0-9]|2[0-3]):[0-5][0-9]"

  private static func pattern(_ expression: String) -> String { JSONText.quoted("^\(expression)$") }

  private static func texts(_ expression: String) -> String {
    JSONText.object([("type", "\"string\""), ("pattern", pattern(expression))])
  }

  private static func rule(_ type: SettingType) -> [(String, String)] {
    switch type {
    case .length: [("type", "\"string\""), ("pattern", pattern(length))]
    case .lengths(_, let most): [("type", "\"array\""), ("maxItems", "\(most)"), ("items", texts(length))]
    case .flag: [("type", "\"boolean\"")]
    case .count(let range):
      [("type", "\"integer\""), ("minimum", "\(range.lowerBound)"), ("maximum", "\(range.upperBound)")]
    case .clockTime: [("type", "\"string\""), ("pattern", pattern(clock))]
    case .clockRange: [("type", "\"string\""), ("pattern", pattern("\(clock)-\(clock)"))]
    case .hours:
      [
        ("type", "\"array\""), ("maxItems", "\(SettingType.mostHours)"),
        ("items", texts("(\(days)(,\(days))* )?\(clock)-\(clock)")),
      ]
    case .word(let words): [("enum", JSONText.strings(words))]
    case .words(let words):
      [
        ("type", "\"array\""), ("minItems", "1"), ("uniqueItems", "true"),
        ("items", JSONText.object([("enum", JSONText.strings(words))])),
      ]
    case .text: [("type", "\"string\""), ("pattern", pattern(#"[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*"#))]
    case .keep: [("type", "\"string\""), ("pattern", pattern("(forever|\(length))"))]
    }
  }

  /// An object, one member a line.
  private static func lines(_ members: [(String, String)], indent: String) -> String {
    "{\n" + members.map { "\(indent)  \(JSONText.quoted($0.0)): \($0.1)" }.joined(separator: ",\n") + "\n\(indent)}"
  }
}
