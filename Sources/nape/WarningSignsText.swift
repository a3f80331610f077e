import JSON
import NapeCore
import NapeReport
import NapeSettings

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
      lines += Self.wrapped(sign.text, first: indent)
    }
    return lines.joined(separator: "\n")
  }

  /// What to do at a sign of a level, in lines that end with a sentence.
  func advice(_ level: WarningReport.Level) -> [String] {
    var sentences = page.advice(for: level, in: region).split(separator: ". ").map { "\($0)." }
    if let last = sentences.popLast() { sentences.append(String(last.dropLast())) }
    if level == .sameDay, let line = page.adviceLine(in: region) { sentences.append(line) }
    var lines: [String] = []
    for sentence in sentences {
      if let last = lines.last, last.count + 1 + sentence.count <= Self.width {
        lines[lines.count - 1] = last + " " + sentence
      } else {
        lines.append(sentence)
      }
    }
    return lines
  }

  /// What to do in a line, for those who have a sign of a level: the sentence with the number, where there is one.
  func reminder(_ level: WarningReport.Level) -> String {
    let sentences = page.advice(for: level, in: region).split(separator: ". ").map(String.init)
    let sentence = sentences.first { $0.contains(region.emergency) } ?? sentences.first ?? ""
    let end = sentence.hasSuffix(".") ? "" : "."
    return Self.wrapped("If you have one of these: \(sentence.prefix(1).lowercased())\(sentence.dropFirst())\(end)")
      .joined(separator: "\n")
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

  /// That prompts rest, and how they go on.
  static func paused(since report: WarningReport) -> String {
    "Exercise and posture prompts rest since \(LocalClock.text(report.opened.wall)). "
      + "To let them go on:\n  nape warning-signs --resume"
  }

  /// Says on standard error that the numbers are not those of the region that the settings name.
  func warnOfRegion() {
    guard !isRegionKnown else { return }
    StandardError.write(
      "nape: diary.region names no region that is known; the numbers are for anywhere: nape warning-signs --regions\n")
  }

  var regions: String {
    TextTable.text(
      [["region", "", "emergency", "advice, the same day"]]
        + page.regions.map { [$0.id, $0.name, $0.emergency, $0.advice ?? ""] })
  }

  /// Not by colour alone: the level is named.
  static func title(of level: WarningReport.Level) -> String {
    switch level {
    case .emergency: "EMERGENCY: call now"
    case .sameDay: "THE SAME DAY"
    case .days: "WITHIN DAYS"
    }
  }

  /// Text in lines of at most 78 characters; below the first one they begin below its end.
  static func wrapped(_ text: String, first: String = "") -> [String] {
    TerminalStyle.wrapped(text, first: first, width: width)
  }

  // MARK: JSON

  var regionsAsJSON: String { JSONText.array(page.regions.map(Self.json)) }

  func json(open: WarningReport?) -> String {
    let opened = open.map { report in
      JSONText.object([
        ("level", JSONText.quoted(report.level.rawValue)), ("since", JSONText.quoted(report.opened.iso8601)),
        ("on_report", JSONText.strings(report.signs)),
      ])
    }
    return JSONText.object([
      ("version", JSONText.quoted(page.version)),
      ("region", Self.json(region)),
      (
        "advice",
        JSONText.object(
          WarningReport.Level.allCases.map { ($0.rawValue, JSONText.quoted(page.advice(for: $0, in: region))) })
      ),
      ("caution", JSONText.quoted(page.texts.caution)),
      ("closing", JSONText.quoted(page.texts.closing)),
      ("signs", JSONText.array(page.inOrder.map(Self.json))),
      ("open", opened ?? "null"),
    ])
  }

  private static func json(_ sign: WarningSigns.Sign) -> String {
    JSONText.object([
      ("id", JSONText.quoted(sign.id)), ("level", JSONText.quoted(sign.level.rawValue)),
      ("about", JSONText.quoted(sign.about.rawValue)), ("text", JSONText.quoted(sign.text)),
      ("source", JSONText.strings(sign.sources)),
    ])
  }

  private static func json(_ region: WarningSigns.Region) -> String {
    JSONText.object([
      ("id", JSONText.quoted(region.id)), ("name", JSONText.quoted(region.name)),
      ("emergency", JSONText.quoted(region.emergency)), ("advice", JSONText.optional(region.advice)),
    ])
  }
}
