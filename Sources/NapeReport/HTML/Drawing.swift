import NapeCore

/// What pictures are made of. Every shape carries its own paint, and hatching is lines: programs that print inline SVG by
/// itself know neither the style sheet of the page nor patterns of another picture.
enum Drawing {
  /// How a shape is painted.
  enum Paint {
    case sitting, long, standing, away, axis, rule, grid, faintGrid, change
    case hatch, pointer, onset, onsetAway, onsetUnknown, ache, acheUnknown, halo, white, ink, yes, no

    fileprivate var fill: String {
      switch self {
      case .sitting: "#b4bac0"
      case .long: "#535b63"
      case .standing, .onsetAway, .white: "#fff"
      case .onset, .pointer: accent
      case .ink, .yes: "#17191c"
      default: "none"
      }
    }

    fileprivate var stroke: (color: String, width: String)? {
      switch self {
      case .sitting, .long, .white, .ink, .yes: nil
      case .standing: ("#535b63", "0.9")
      case .away: ("#aeb4ba", "0.7")
      case .axis: ("#17191c", "1")
      case .rule: ("#aeb4ba", "0.9")
      case .grid: ("#d5d8db", "0.7")
      case .faintGrid: ("#eceef0", "0.7")
      case .change: ("#17191c", "0.8")
      case .hatch: ("#9aa0a6", "1.1")
      case .pointer: ("#fff", "0.8")
      case .onset: (accent, "1.2")
      case .onsetAway: (accent, "1.6")
      case .onsetUnknown: (accent, "1.4")
      case .ache: (accent, "2")
      case .acheUnknown: (accent, "2")
      case .halo: ("#fff", "4.4")
      case .no: ("#8b9197", "1")
      }
    }

    fileprivate var dashes: String? {
      switch self {
      case .change: "3 2.4"
      case .acheUnknown: "2.4 2.6"
      case .onsetUnknown: "2 1.6"
      default: nil
      }
    }

    private var accent: String { Drawing.accent }
  }

  enum Anchor: String { case start, middle, end }

  /// How a text looks.
  enum Letters { case plain, faint, bold, slanted, accent, slantedAccent }

  /// Dark enough to be told from the greys without colour.
  fileprivate static let accent = "#9c2f1b"

  /// In units of the picture: 8.5 pt where 695 units are as wide as a page between its margins.
  static let textSize = 11.34

  /// A picture with its name, and its content told for those who do not see it.
  static func figure(
    _ id: String, width: Double, height: Double, class style: String, title: String, description: String,
    @HTMLBuilder content: () -> [HTML]
  ) -> HTML {
    HTML(
      "svg",
      [
        "viewBox": "0 0 \(number(width)) \(number(height))", "role": "img",
        "aria-labelledby": "\(id)-title \(id)-text", "class": "fig \(style)",
      ]
    ) {
      HTML("title", ["id": "\(id)-title"]) { title }
      HTML("desc", ["id": "\(id)-text"]) { description }
      content()
    }
  }

  /// A small mark in a line of text; without a label it says nothing that the text does not say.
  static func mark(
    width: Double = 10, height: Double = 10, class style: String = "m", label: String? = nil,
    @HTMLBuilder content: () -> [HTML]
  ) -> HTML {
    HTML(
      "svg",
      [
        "viewBox": "0 0 \(number(width)) \(number(height))", "class": style, "role": label == nil ? nil : "img",
        "aria-label": label, "aria-hidden": label == nil ? "true" : nil,
      ], content: content)
  }

  static func rect(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ paint: Paint) -> HTML {
    HTML(
      "rect",
      [
        "x": number(x), "y": number(y), "width": number(width), "height": number(height), "fill": paint.fill,
        "stroke": paint.stroke?.color, "stroke-width": paint.stroke?.width, "stroke-dasharray": paint.dashes,
      ])
  }

  static func circle(_ x: Double, _ y: Double, _ radius: Double, _ paint: Paint) -> HTML {
    HTML(
      "circle",
      [
        "cx": number(x), "cy": number(y), "r": number(radius), "fill": paint.fill, "stroke": paint.stroke?.color,
        "stroke-width": paint.stroke?.width,
      ])
  }

  static func path(_ steps: String, _ paint: Paint) -> HTML {
    HTML(
      "path",
      [
        "d": steps, "fill": paint.fill, "stroke": paint.stroke?.color, "stroke-width": paint.stroke?.width,
        "stroke-dasharray": paint.dashes,
      ])
  }

  static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ paint: Paint) -> HTML {
    path("M\(number(x1)) \(number(y1))L\(number(x2)) \(number(y2))", paint)
  }

  static func text(
    _ text: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start, _ letters: Letters = .plain,
    size: Double = textSize
  ) -> HTML {
    let fill =
      switch letters {
      case .plain, .bold: "#17191c"
      case .faint, .slanted: "#4d5359"
      case .accent, .slantedAccent: accent
      }
    return HTML(
      "text",
      [
        "x": number(x), "y": number(y), "font-size": number(size), "font-family": "sans-serif", "fill": fill,
        "text-anchor": anchor == .start ? nil : anchor.rawValue,
        "font-weight": letters == .bold || letters == .accent ? "700" : nil,
        "font-style": letters == .slanted || letters == .slantedAccent ? "italic" : nil,
      ]
    ) { text }
  }

  /// A surface that is not recorded: lines that rise to the right.
  static func hatch(_ x: Double, _ y: Double, _ width: Double, _ height: Double, every step: Double = 5) -> HTML {
    var steps = ""
    var at = step / 2
    while at < width + height {
      // From the lower or the left edge to the upper or the right one.
      let (x1, y1) = at <= height ? (0, at) : (at - height, height)
      let (x2, y2) = at <= width ? (at, 0) : (width, at - width)
      steps += "M\(number(x + x1)) \(number(y + y1))L\(number(x + x2)) \(number(y + y2))"
      at += step
    }
    return path(steps, .hatch)
  }

  /// The mark of an onset: a small triangle that points at a line.
  static func pointer(_ x: Double, _ y: Double) -> HTML {
    path("M\(number(x - 4.4)) \(number(y))h8.8l-4.4 6z", .pointer)
  }

  static func number(_ value: Double) -> String { ReviewText.plain((value * 10).rounded() / 10) }
}
