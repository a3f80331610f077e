import NapeCore
import NapeSettings
import NapeSimulation

/// The page of warning signs as text for people and for programs.
struct WarningSignsText {
  let page: WarningSigns
  let region: WarningSigns.Region
  /// Whether `diary.region` names one that there is.
  let isRegionKnown: Bool

  private static let width = 78

  init(region: String) {
    page = .builtIn()
    (self.region, isRegionKnown) = page.region(named: region)
  }

  /// The list of a level, each sign with the number it is ticked by.
  func list(_ level: WarningReport.Level) -> String {
    var lines = [Self.title(of: level), ""]
    lines += advice(level)
    lines.append("")
    var about: WarningSigns.Sign.About?
    for (place, sign) in page.inOrder.enumerated() where sign.level == level {
      if sign.about != about { lines.append(sign.about == .headache ? "  With a headache:" : "  With the neck:") }
      about = sign.about
      let number = String(place + 1)
      let indent = String(repeating: " ", count: 4 - number.count) + number + "  "
      lines += Self.wrapped(sign.text, first: indent, rest: "      ")
    }
    return lines.joined(separator: "\n")
  }

  /// What to do at a sign of a level; what is the emergency text stands unbroken in its own line.
  func advice(_ level: WarningReport.Level) -> [String] {
    var lines = Self.wrapped(page.advice(for: level, in: region))
    if level == .sameDay, let line = page.adviceLine(in: region) { lines += Self.wrapped(line) }
    return lines
  }

  var closing: String { Self.wrapped(page.texts.closing).joined(separator: "\n") }

  /// All of it.
  var all: String {
    var parts = ["Warning signs", page.texts.opening]
    parts += WarningReport.Level.allCases.map(list)
    parts.append(Self.wrapped(page.texts.caution).joined(separator: "\n"))
    parts.append(closing)
    return parts.joined(separator: "\n\n")
  }

  /// Not by colour alone: the level is named.
  static func title(of level: WarningReport.Level) -> String {
    switch level {
    case .emergency: "EMERGENCY: call now"
    case .sameDay: "THE SAME DAY"
    case .days: "WITHIN DAYS"
    }
  }

  /// Text in lines of at most 78 characters.
  static func wrapped(_ text: String, first: String = "", rest: String = "") -> [String] {
    var lines: [String] = []
    var line = first
    var isEmpty = true
    for word in text.split(separator: " ") {
      if !isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        (line, isEmpty) = (rest, true)
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return lines + [line]
  }
}
