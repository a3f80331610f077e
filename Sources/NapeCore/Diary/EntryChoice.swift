/// One of the answers to a question of the diary that takes a single key.
public struct EntryChoice: Hashable, Sendable {
  public let key: Character
  public let label: String
  /// As ``FieldValue/text``.
  public let value: String

  public init(_ key: Character, _ label: String, _ value: String? = nil) {
    self.key = key
    self.label = label
    self.value = value ?? label
  }

  /// As it is shown: `l: left`.
  var shown: String { label == String(key) ? label : "\(key): \(label)" }

  static let yesOrNo = [EntryChoice("y", "yes"), EntryChoice("n", "no")]
  static let upToTen = (0...9).map { EntryChoice(Character("\($0)"), "\($0)") } + [EntryChoice("x", "10")]
  static let sides = [
    EntryChoice("l", "left"), EntryChoice("r", "right"), EntryChoice("b", "both"),
    EntryChoice("m", "middle or unsure", "middle"),
  ]

  /// What a key or a typed word means among some choices; capital letters as small ones.
  static func meant(by text: String, among choices: [EntryChoice]) -> EntryChoice? {
    let text = text.lowercased()
    return choices.first { [String($0.key), $0.label, $0.value].contains(text) }
  }

  /// What is allowed, for a message: `l, r, b or m`.
  static func allowed(_ choices: [EntryChoice]) -> String {
    if choices == upToTen { return "0 to 9, or x for 10" }
    let keys = choices.map { String($0.key) }
    return keys.count < 2 ? keys.joined() : keys.dropLast().joined(separator: ", ") + " or \(keys[keys.count - 1])"
  }
}
