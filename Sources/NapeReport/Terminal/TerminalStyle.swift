/// How a terminal shows text: how wide it is, which signs it knows, and whether it has styles.
public struct TerminalStyle: Hashable, Sendable {
  /// In columns: ``widths``.
  public let width: Int
  /// Whether it shows more than ASCII.
  public let isUnicode: Bool
  /// Whether it shows bold and colours.
  public let hasStyles: Bool

  /// Lines that are longer are hard to read, shorter ones hold no week.
  public static let widths = 40...100

  /// - Parameter width: brought to the nearest of ``widths``.
  public init(width: Int, isUnicode: Bool = true, hasStyles: Bool = false) {
    self.width = min(max(width, Self.widths.lowerBound), Self.widths.upperBound)
    self.isUnicode = isUnicode
    self.hasStyles = hasStyles
  }

  enum Emphasis: String {
    case bold = "1"
    case dim = "2"
    /// Of bars.
    case cyan = "36"
  }

  /// It says nothing that the text does not say.
  func styled(_ text: String, _ emphasis: Emphasis) -> String {
    hasStyles && !text.isEmpty ? "\u{1b}[\(emphasis.rawValue)m\(text)\u{1b}[0m" : text
  }

  /// In the signs that it knows, as many as before.
  func shown(_ text: String) -> String {
    guard !isUnicode else { return text }
    return String(text.map { $0.isASCII ? $0 : Self.plain[$0] ?? "?" })
  }

  private static let plain: [Character: Character] = [
    "–": "-", "—": "-", "·": ".", "░": ":", "●": "x", "○": "o", "◌": "~", "“": "\"", "”": "\"", "’": "'", "‘": "'",
    "\u{a0}": " ", "×": "x", "█": "=", "▉": "=", "▊": "=", "▋": "-", "▌": "-", "▍": "-", "▎": " ", "▏": " ",
    "…": ".", "≥": ">", "≤": "<", "→": ">",
  ]

  /// A bar of so many columns at most, to an eighth of one; something is never nothing.
  static func bar(_ share: Double, width: Int) -> String {
    let eighths = share > 0 ? max(1, Int((min(share, 1) * Double(8 * width)).rounded())) : 0
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
  }

  // MARK: Columns

  static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// Words in lines of a width; a word that is longer than a line is broken.
  ///
  /// - Parameters:
  ///   - first: begins the first line; the others begin below its end.
  public static func wrapped(_ text: String, first: String = "", width: Int) -> [String] {
    let margin = String(repeating: " ", count: first.count)
    let room = max(1, width - first.count)
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: { $0 == " " || $0.isNewline }) {
      var word = Substring(word)
      if !line.isEmpty, line.count + 1 + word.count > room {
        lines.append(line)
        line = ""
      }
      while word.count > room {
        lines.append(String(word.prefix(room)))
        word = word.dropFirst(room)
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines.enumerated().map { ($0 == 0 ? first : margin) + $1 }
  }
}
