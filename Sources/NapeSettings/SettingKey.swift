import NapeCore

/// One key of the settings: its name, what it may hold, and where the engine reads it.
public struct SettingKey: Sendable {
  /// With its sections: `prompts.move.after`.
  public let name: String
  public let type: SettingType
  /// Whether the person alone may ask for other than the default: what it says leaves the person's own screen and files.
  public let isPersonal: Bool
  let target: Target

  /// A place in ``Settings``.
  enum Target: Sendable {
    case length(WritableKeyPath<Settings, Microseconds> & Sendable)
    case lengths(WritableKeyPath<Settings, [Microseconds]> & Sendable)
    case flag(WritableKeyPath<Settings, Bool> & Sendable)
    case text(WritableKeyPath<Settings, String> & Sendable)
    case words(WritableKeyPath<Settings, [String]> & Sendable)
    case count(WritableKeyPath<Settings, Int> & Sendable)
    /// In seconds since midnight.
    case clockTime(WritableKeyPath<Settings, Int> & Sendable)
    /// Both in seconds since midnight.
    case clockRange(WritableKeyPath<Settings, Int> & Sendable, WritableKeyPath<Settings, Int> & Sendable)
    /// `nil` for `"forever"`.
    case lengthOrNever(WritableKeyPath<Settings, Microseconds?> & Sendable)
    case hours(WritableKeyPath<Settings, Hours> & Sendable)
    /// Whether it is this word.
    case isWord(String, WritableKeyPath<Settings, Bool> & Sendable)
    case ways(WritableKeyPath<Settings, [Settings.Prompts.Way]> & Sendable)
  }

  init(_ name: String, _ type: SettingType, _ target: Target, isPersonal: Bool = false) {
    self.name = name
    self.type = type
    self.target = target
    self.isPersonal = isPersonal
  }

  /// Puts a value where the engine reads it.
  func apply(_ value: SettingValue, to settings: inout Settings) {
    switch (target, value) {
    case (.length(let path), .length(let length)): settings[keyPath: path] = length
    case (.lengths(let path), .lengths(let lengths)): settings[keyPath: path] = lengths
    case (.flag(let path), .flag(let flag)): settings[keyPath: path] = flag
    case (.text(let path), .text(let text)): settings[keyPath: path] = text
    case (.words(let path), .words(let words)): settings[keyPath: path] = words
    case (.ways(let path), .words(let words)): settings[keyPath: path] = words.compactMap(Settings.Prompts.Way.init)
    case (.count(let path), .count(let count)): settings[keyPath: path] = Int(clamping: count)
    case (.clockTime(let path), .text(let text)):
      if let second = WallTime.secondOfDay(text) { settings[keyPath: path] = second }
    case (.clockRange(let from, let to), .text(let text)):
      if let ends = HoursText.ends(text) { (settings[keyPath: from], settings[keyPath: to]) = ends }
    case (.lengthOrNever(let path), .length(let length)): settings[keyPath: path] = length
    case (.lengthOrNever(let path), .text): settings[keyPath: path] = nil
    case (.hours(let path), .words(let texts)): settings[keyPath: path] = Hours(texts.compactMap(HoursText.range))
    case (.isWord(let word, let path), .text(let text)): settings[keyPath: path] = text == word
    default: break
    }
  }

  /// What is in force: what ``apply(_:to:)`` takes back as the same.
  public func value(of settings: Settings) -> SettingValue {
    switch target {
    case .length(let path): .length(settings[keyPath: path])
    case .lengths(let path): .lengths(settings[keyPath: path])
    case .flag(let path): .flag(settings[keyPath: path])
    case .text(let path): .text(settings[keyPath: path])
    case .words(let path): .words(settings[keyPath: path])
    case .ways(let path): .words(settings[keyPath: path].map(\.rawValue))
    case .count(let path): .count(Int64(settings[keyPath: path]))
    case .clockTime(let path): .text(HoursText.clock(settings[keyPath: path]))
    case .clockRange(let from, let to): .text(HoursText.string(settings[keyPath: from], settings[keyPath: to]))
    case .lengthOrNever(let path): settings[keyPath: path].map { .length($0) } ?? .text("forever")
    case .hours(let path): .words(settings[keyPath: path].ranges.map(HoursText.string))
    case .isWord(let word, let path): .text(settings[keyPath: path] ? word : type.words.first { $0 != word } ?? "")
    }
  }

  /// What is in force, as a settings file writes it: `"50min"`, `true`, `["10min", "20min"]`.
  public func toml(of settings: Settings) -> String { value(of: settings).toml }
}
