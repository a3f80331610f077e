import NapeCore

/// The value of one key, read and within its bounds.
public enum SettingValue: Hashable, Sendable {
  case length(Microseconds)
  case lengths([Microseconds])
  case flag(Bool)
  case count(Int64)
  case text(String)
  case words([String])

  /// As a settings file writes it.
  public var toml: String {
    switch self {
    case .flag, .count: text
    case .length, .text: Self.quoted(text)
    case .lengths(let lengths): "[\(lengths.map { Self.quoted(DurationText.string($0)) }.joined(separator: ", "))]"
    case .words(let words): "[\(words.map(Self.quoted).joined(separator: ", "))]"
    }
  }

  /// The same without quotes and brackets.
  public var text: String {
    switch self {
    case .length(let length): DurationText.string(length)
    case .lengths(let lengths): lengths.map(DurationText.string).joined(separator: ", ")
    case .flag(let flag): flag ? "true" : "false"
    case .count(let count): "\(count)"
    case .text(let text): text
    case .words(let words): words.joined(separator: ", ")
    }
  }

  /// The nearest value on the right side of a bound; of a list, item by item. Clock times sort as text, and `"forever"` is
  /// longer than any length.
  func limited(by bound: SettingValue, isLeast: Bool) -> SettingValue {
    func limit<Value: Comparable>(_ value: Value, _ bound: Value) -> Value {
      isLeast ? max(value, bound) : min(value, bound)
    }
    switch (self, bound) {
    case (.length(let value), .length(let bound)): return .length(limit(value, bound))
    case (.lengths(let values), .length(let bound)): return .lengths(values.map { limit($0, bound) })
    case (.count(let value), .count(let bound)): return .count(limit(value, bound))
    case (.text(let value), .text(let bound)): return .text(limit(value, bound))
    case (.text, .length): return isLeast ? self : bound
    case (.length, .text): return isLeast ? bound : self
    default: return self
    }
  }

  /// A basic string of TOML; what cannot be seen is in no value.
  private static func quoted(_ text: String) -> String {
    "\"" + text.map { "\"\\".contains($0) ? "\\\($0)" : "\($0)" }.joined() + "\""
  }
}
