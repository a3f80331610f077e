import NapeReport
import NapeSettings

/// Settings for people.
enum ConfigText {
  /// A settings file, with the origin of each value behind it.
  static func file(_ states: [KeyState]) -> String {
    var lines: [String] = []
    var section = ""
    var rows: [[String]] = []
    func end() {
      if !rows.isEmpty { lines.append(TextTable.text(rows)) }
      rows = []
    }
    for state in states {
      let parts = state.key.name.split(separator: ".")
      let its = parts.dropLast().joined(separator: ".")
      if its != section {
        end()
        lines.append((section.isEmpty ? "" : "\n") + "[\(its)]")
        section = its
      }
      rows.append(["\(parts.last ?? "") = \(state.value.toml)", "# \(state.origin)"])
    }
    end()
    return lines.joined(separator: "\n")
  }

  /// All about one key.
  static func explanation(_ state: KeyState) -> String {
    let loaded = state.loaded
    var rows = [
      ["allowed", state.key.type.allowed],
      ["default", state.builtIn.toml],
    ]
    let place = loaded.assignments(of: state.key.name).last.map { "\($0.place)" } ?? "built-in"
    if let from = loaded.outOfBounds(of: state.key.name) {
      rows.append(["value", "\(state.value.toml), brought into its bounds from \(from.toml), \(place)"])
    } else {
      rows.append(["value", "\(state.value.toml), \(place)"])
    }
    for one in state.overridden { rows.append(["overrides", "\(one.value.toml), \(one.place)"]) }
    if let lock = state.lock { rows.append(["locked", "by \(lock): no file of your own changes it"]) }
    for one in loaded.lockedOut(of: state.key.name) { rows.append(["not used", "\(one.value.toml), \(one.place)"]) }
    if let bounds = state.bounds { rows.append(["bounds", "\(bounds.text), \(bounds.place)"]) }
    if state.key.isPersonal { rows.append(["personal", "only your own file may ask for other than the default"]) }
    let text = KeyText.builtIn[state.key.name] ?? ""
    let lines = TerminalStyle.wrapped(text, first: "  ", width: 80)
    return ([state.key.name] + lines + [TextTable.text(rows.map { ["  " + $0[0], $0[1]] })]).joined(separator: "\n")
  }
}
