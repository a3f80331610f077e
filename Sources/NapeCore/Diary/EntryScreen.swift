/// What the diary's questions show on a terminal, in lines.
public struct EntryScreen: Hashable, Sendable {
  public enum Style: Hashable, Sendable { case plain, bold, dim }

  public struct Line: Hashable, Sendable {
    public let text: String
    public let style: Style
  }

  public private(set) var lines: [Line] = []
  private let width: Int

  /// - Parameter width: in columns; below 10 counts as 10.
  init(width: Int) { self.width = max(10, width) }

  /// Adds text, broken between words.
  mutating func add(_ text: String, _ style: Style = .plain, indent: Int = 0) {
    add(
      pieces: text.split(separator: " ", omittingEmptySubsequences: false).map(String.init), gap: 1, style,
      indent: indent)
  }

  mutating func addBlank() { lines.append(Line(text: "", style: .plain)) }

  mutating func add(_ other: EntryScreen) { lines += other.lines }

  var withoutBlanks: EntryScreen {
    var screen = self
    screen.lines.removeAll { $0.text.isEmpty }
    return screen
  }

  /// Adds pieces that are broken only where one is longer than a line, with so many spaces between.
  mutating func add(pieces: [String], gap: Int = 3, _ style: Style = .plain, indent: Int = 0) {
    let margin = String(repeating: " ", count: min(indent, width / 4))
    var line = ""
    func flushed() -> Line { Line(text: margin + line, style: style) }
    for piece in pieces {
      var piece = piece[...]
      if !line.isEmpty, margin.count + line.count + gap + piece.count > width {
        lines.append(flushed())
        line = ""
      }
      if !line.isEmpty { line += String(repeating: " ", count: gap) }
      while margin.count + line.count + piece.count > width {
        let room = width - margin.count - line.count
        line += piece.prefix(room)
        piece = piece.dropFirst(room)
        lines.append(flushed())
        line = ""
      }
      line += piece
    }
    lines.append(flushed())
  }

  /// The first of several that fits a height; the top of the last where none does.
  static func fitting(_ height: Int, _ screens: [EntryScreen]) -> EntryScreen {
    if let screen = screens.first(where: { $0.lines.count <= height }) { return screen }
    var screen = screens.last ?? EntryScreen(width: 10)
    screen.lines = Array(screen.lines.prefix(height))
    return screen
  }
}
