/// A piece of a document made fit to be shown inside a message: short, on one line, and without invisible characters.
struct Excerpt: CustomStringConvertible {
  private static let longest = 40

  let description: String

  init(_ text: String) {
    var shown = ""
    for scalar in text.unicodeScalars.prefix(Excerpt.longest) {
      if Excerpt.isVisible(scalar) {
        shown.unicodeScalars.append(scalar)
      } else {
        shown += Excerpt.codePoint(scalar)
      }
    }
    description = text.unicodeScalars.dropFirst(Excerpt.longest).isEmpty ? shown : shown + "…"
  }

  init(_ bytes: some Collection<UInt8>) {
    // Four bytes are the longest scalar: what is cut off here would not be shown anyway.
    self.init(String(decoding: bytes.prefix(4 * (Excerpt.longest + 1)), as: UTF8.self))
  }

  /// The usual notation of a code point, such as U+00A0.
  static func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
    case .spaceSeparator: scalar == " "
    default: true
    }
  }
}
