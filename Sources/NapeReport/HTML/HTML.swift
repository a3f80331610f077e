import NapeCore

/// A piece of a page: an element, or text.
///
/// Text is escaped where it is written, and names of elements and attributes are literals of the source, so that nothing a
/// person has entered can become anything but text.
struct HTML: Sendable {
  private enum Node: Sendable {
    case element(StaticString, [(name: StaticString, value: String)], [HTML])
    case text(String)
    case style(StaticString)
  }

  private let node: Node

  /// - Parameter attributes: those that are `nil` are left out.
  init(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?> = [:],
    @HTMLBuilder content: () -> [HTML] = { [] }
  ) {
    let given = attributes.compactMap { attribute in attribute.value.map { (name: attribute.key, value: $0) } }
    node = .element(name, given, content())
  }

  init(text: String) { node = .text(text) }

  /// A style sheet of the source; it is the one text that is not escaped.
  init(style: StaticString) { node = .style(style) }

  /// The piece as it stands in a file.
  var written: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch node {
    case .text(let content): Self.escape(content, to: &text)
    case .style(let sheet): text += "<style>\(sheet)</style>"
    case .element(let name, let attributes, let content):
      text += "<\(name)"
      for attribute in attributes {
        text += " \(attribute.name)=\""
        Self.escape(attribute.value, to: &text)
        text += "\""
      }
      text += ">"
      if Self.isVoid(name) { return }
      for piece in content { piece.write(to: &text) }
      text += "</\(name)>"
    }
  }

  private static func isVoid(_ name: StaticString) -> Bool { name.description == "meta" }

  private static func escape(_ content: String, to text: inout String) {
    guard content.utf8.contains(where: { "&<>\"'".utf8.contains($0) }) else {
      text += content
      return
    }
    for scalar in content.unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "'": text += "&#39;"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
