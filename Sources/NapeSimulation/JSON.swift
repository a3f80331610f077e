import FoundationEssentials

/// A JSON value of a trace.
enum JSON: Decodable, Hashable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([JSON])
  case object([String: JSON])

  /// What traces mostly hold is tried first, since each miss costs an error.
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if container.decodeNil() {
      self = .null
    } else if let items = try? container.decode([JSON].self) {
      self = .list(items)
    } else {
      self = .object(try container.decode([String: JSON].self))
    }
  }

  /// The value as it would be written in a settings file; `nil` where TOML has no such value.
  var tomlLiteral: String? {
    switch self {
    case .null, .object: return nil
    case .flag(let flag): return flag ? "true" : "false"
    case .number(let number): return Int64(exactly: number).map(String.init) ?? (number.isFinite ? "\(number)" : nil)
    case .text(let text): return "\"\(Self.escaped(text))\""
    case .list(let items):
      let literals = items.compactMap(\.tomlLiteral)
      return literals.count == items.count ? "[\(literals.joined(separator: ", "))]" : nil
    }
  }

  /// The inside of a quoted text, for JSON and for TOML alike.
  static func escaped(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5c && $0 != 0x7f }) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case _ where scalar.value < 0x20 || scalar.value == 0x7f:
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
