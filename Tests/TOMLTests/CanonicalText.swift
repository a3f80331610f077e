import TOML

/// A document as one line that Python can write as well (tomllib_oracle.py), so that two readers can be compared.
///
/// Strings and keys are JSON in ASCII. `i7` is an integer, `f` goes before the 16 hexadecimal digits of a float's bits,
/// `nan` stands alone, and `t` goes before a date or time with six digits of seconds and a numeric offset. Arrays and
/// tables have a comma behind every element; a table keeps the order of its keys.
struct CanonicalText {
  private(set) var text = ""

  init(_ table: Table) {
    append(table)
  }

  private mutating func append(_ table: Table) {
    text += "{"
    for entry in table.entries {
      append(entry.key)
      text += ":"
      append(entry.node)
      text += ","
    }
    text += "}"
  }

  private mutating func append(_ node: Node) {
    switch node.value {
    case .string(let string): append(string)
    case .integer(let integer): text += "i\(integer)"
    case .float(let float): text += float.isNaN ? "nan" : "f" + hexadecimal(float.bitPattern, digits: 16)
    case .boolean(let boolean): text += boolean ? "true" : "false"
    case .dateTime(let dateTime): text += "t" + isoFormat(dateTime)
    case .array(let nodes):
      text += "["
      for node in nodes {
        append(node)
        text += ","
      }
      text += "]"
    case .table(let table): append(table)
    }
  }

  private mutating func append(_ string: String) {
    text += "\""
    for unit in string.utf16 {
      switch unit {
      case 0x08: text += "\\b"
      case 0x09: text += "\\t"
      case 0x0A: text += "\\n"
      case 0x0C: text += "\\f"
      case 0x0D: text += "\\r"
      case 0x22: text += "\\\""
      case 0x5C: text += "\\\\"
      case 0x20...0x7E: text.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      default: text += "\\u" + hexadecimal(UInt64(unit), digits: 4)
      }
    }
    text += "\""
  }

  private func hexadecimal(_ number: UInt64, digits: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: digits - text.count) + text
  }

  /// A date or time as Python's `isoformat` writes it.
  private func isoFormat(_ dateTime: String) -> String {
    let parts = dateTime.split { $0 == "T" || $0 == "t" || $0 == " " }
    guard let last = parts.last, last.contains(":") else { return dateTime }
    let behindClock = last.dropFirst(8)
    let fraction = behindClock.hasPrefix(".") ? behindClock.dropFirst().prefix { $0.isNumber } : ""
    let digits = (fraction + "000000").prefix(6)
    var offset = behindClock.dropFirst(fraction.isEmpty ? 0 : fraction.count + 1)
    if ["Z", "z", "-00:00"].contains(offset) { offset = "+00:00" }
    let date = parts.count == 2 ? parts[0] + "T" : ""
    return date + last.prefix(8) + "." + digits + offset
  }
}
