import NapeCore
import TOML

/// What a key may hold.
public enum SettingType: Sendable {
  /// A length of time as text, within bounds.
  case length(ClosedRange<Microseconds>)
  /// Up to so many of them.
  case lengths(ClosedRange<Microseconds>, atMost: Int)
  case flag
  case count(ClosedRange<Int64>)
  /// `"HH:MM"`
  case clockTime
  /// `"HH:MM-HH:MM"`
  case clockRange
  /// `"[days ]HH:MM-HH:MM"`, any number.
  case hours
  /// One of these.
  case word([String])
  /// Some of these, each once, in any order; at least one.
  case words([String])
  /// Any text of one line.
  case text
  /// `"forever"` or a length of time.
  case keep

  /// What is allowed, for a diagnostic.
  public var allowed: String {
    switch self {
    case .length(let range): "a length of time in quotes from \(DurationText.string(range))"
    case .lengths(let range, let most):
      "a list of at most \(most) lengths of time, each from \(DurationText.string(range))"
    case .flag: "true or false"
    case .count(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .clockTime: "a clock time such as \"16:30\""
    case .clockRange: "a range of clock times such as \"12:00-18:00\", with ends that differ"
    case .hours: "a list of at most \(Self.mostHours) ranges such as [\"Mon-Fri 08:00-18:00\"], with ends that differ"
    case .word(let words): "one of: \(Self.quoted(words))"
    case .words(let words): "a list, without repetition, of: \(Self.quoted(words))"
    case .text: "text in quotes, on one line, without what cannot be seen"
    case .keep: "\"forever\" or a length of time in quotes of at least 30 days (\"720h\")"
    }
  }

  /// What a bound of such a value is; `nil` where values have no order.
  var bound: SettingType? {
    switch self {
    case .length, .count, .clockTime, .keep: self
    case .lengths(let range, _): .length(range)
    case .flag, .clockRange, .hours, .word, .words, .text: nil
    }
  }

  /// Those that it takes; empty where it takes others than some words.
  var words: [String] {
    switch self {
    case .word(let words), .words(let words): words
    default: []
    }
  }

  /// How many ranges of hours there may be.
  public static let mostHours = 32

  private static func quoted(_ words: [String]) -> String { words.map { "\"\($0)\"" }.joined(separator: ", ") }

  /// The value of a node, or `nil` where it is not allowed.
  func read(_ node: Node) -> SettingValue? {
    switch (self, node.value) {
    case (.length(let range), .string(let text)): Self.length(text, in: range).map { .length($0) }
    case (.lengths(_, let most), .array(let items)) where items.count <= most:
      texts(items).map { .lengths($0.compactMap(DurationText.parse)) }
    case (.flag, .boolean(let flag)): .flag(flag)
    case (.count(let range), .integer(let count)) where range.contains(count): .count(count)
    case (.clockTime, .string(let text)) where WallTime.secondOfDay(text) != nil: .text(text)
    case (.clockRange, .string(let text)) where HoursText.ends(text) != nil: .text(text)
    case (.hours, .array(let items)) where items.count <= Self.mostHours:
      texts(items).map { .words($0) }
    case (.word(let words), .string(let text)) where words.contains(text): .text(text)
    case (.words, .array(let items)):
      texts(items).flatMap { $0.isEmpty || Set($0).count < $0.count ? nil : .words($0) }
    case (.text, .string(let text)) where text.unicodeScalars.allSatisfy(ShownText.isVisible): .text(text)
    case (.keep, .string("forever")): .text("forever")
    case (.keep, .string(let text)): Self.length(text, in: 720 * .hour ... .max).map { .length($0) }
    default: nil
    }
  }

  private static func length(_ text: String, in range: ClosedRange<Microseconds>) -> Microseconds? {
    DurationText.parse(text).flatMap { range.contains($0) ? $0 : nil }
  }

  /// The items of a list, or `nil` where one of them is not allowed.
  private func texts(_ items: [Node]) -> [String]? {
    let texts = items.compactMap(text)
    return texts.count == items.count ? texts : nil
  }

  /// An item of a list, or `nil` where it is not allowed.
  private func text(_ item: Node) -> String? {
    guard case .string(let text) = item.value else { return nil }
    switch self {
    case .lengths(let range, _): return Self.length(text, in: range) == nil ? nil : text
    case .hours: return HoursText.range(text) == nil ? nil : text
    case .words(let words): return words.contains(text) ? text : nil
    default: return nil
    }
  }

  /// What is wrong with a node that ``read(_:)`` refuses. Free text is not repeated: it may be the name of a medicine.
  func refusal(of node: Node) -> String {
    switch (self, node.value) {
    case (.text, .string): return "holds what cannot be seen, such as a second line"
    case (_, .string(let text)): return "is \(ShownText.quoted(text))"
    case (.count, .integer(let count)): return "is \(count)"
    case (.lengths, .array(let items)), (.hours, .array(let items)), (.words, .array(let items)):
      if let wrong = items.first(where: { text($0) == nil }) {
        guard case .string(let text) = wrong.value else { return "holds \(wrong.kindName)" }
        return "holds \(ShownText.quoted(text))"
      }
      if items.isEmpty { return "is empty" }
      if case .words = self { return "names one twice" }
      return "has \(items.count) items"
    default: return "is \(node.kindName)"
    }
  }
}
