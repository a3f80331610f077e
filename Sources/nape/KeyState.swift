import JSON
import NapeCore
import NapeSettings

/// One key as it is in force, and all that bears on it.
struct KeyState {
  let key: SettingKey
  let loaded: LoadedSettings

  init(_ key: SettingKey, in loaded: LoadedSettings) { (self.key, self.loaded) = (key, loaded) }

  var value: SettingValue { key.value(of: loaded.settings) }
  var builtIn: SettingValue { key.value(of: Settings()) }
  var isChanged: Bool { value != builtIn }
  var origin: String { loaded.origin(of: key.name) }
  var lock: Place? { loaded.policy.locks[key.name] }
  var bounds: Policy.Bounds? { loaded.policy.bounds[key.name] }

  /// What a higher layer stands before, the highest first.
  var overridden: [LoadedSettings.Assignment] { loaded.assignments(of: key.name).dropLast().reversed() }

  var json: String {
    func list(_ items: [LoadedSettings.Assignment]) -> String {
      "[\(items.map { JSONText.object([("value", $0.value.json), ("place", JSONText.quoted("\($0.place)"))]) }.joined(separator: ", "))]"
    }
    var members = [
      ("value", value.json), ("default", builtIn.json),
      ("place", loaded.assignments(of: key.name).last.map { JSONText.quoted("\($0.place)") } ?? "null"),
      ("overridden", list(overridden)), ("locked_out", list(loaded.lockedOut(of: key.name))),
      ("locked_by", lock.map { JSONText.quoted("\($0)") } ?? "null"),
    ]
    if let bounds {
      members.append(
        (
          "bounds",
          JSONText.object([
            ("min", bounds.least?.json ?? "null"), ("max", bounds.most?.json ?? "null"),
            ("place", JSONText.quoted("\(bounds.place)")),
          ])
        ))
    }
    if let from = loaded.outOfBounds(of: key.name) { members.append(("out_of_bounds", from.json)) }
    return JSONText.object(members)
  }
}

extension SettingValue {
  /// What a settings file writes, in JSON.
  var json: String {
    switch self {
    case .flag, .count: text
    case .length, .text: JSONText.quoted(text)
    case .lengths(let lengths):
      "[\(lengths.map { JSONText.quoted(SettingValue.length($0).text) }.joined(separator: ", "))]"
    case .words(let words): "[\(words.map(JSONText.quoted).joined(separator: ", "))]"
    }
  }
}
