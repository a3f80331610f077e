import NapeCore
import TOML

/// The settings in force, where each came from, and what was wrong with what was left out.
public struct LoadedSettings: Hashable, Sendable {
  public var settings = Settings()
  /// `FILE:LINE` by key, for keys that a file has set; all others are built in.
  public var origins: [String: String] = [:]
  public var diagnostics: [Diagnostic] = []

  /// Where a key's value comes from.
  public func origin(of key: String) -> String { origins[key] ?? "built-in" }

  /// What `Config/nape.toml` says.
  public static func builtIn() -> LoadedSettings {
    var loaded = LoadedSettings()
    loaded.apply(PackageResources.nape_toml, file: "built-in")
    loaded.origins = [:]
    return loaded
  }

  /// Lays a file over what is there. A wrong value leaves the value below in force and is told; so does a whole file
  /// that does not parse.
  public mutating func apply(_ bytes: [UInt8], file: String) {
    let root: Table
    do {
      root = try TOML.parse(bytes)
    } catch {
      let message = "column \(error.position.column): \(error.message)"
      return diagnostics.append(
        Diagnostic(file: file, line: error.position.line, key: "", what: message, allowed: "TOML 1.0"))
    }
    let before = settings
    var seen: [String: Int] = [:]
    apply(root, prefix: "", file: file, seen: &seen)
    checkTogether(before: before, file: file, seen: seen)
  }

  private mutating func apply(_ table: Table, prefix: String, file: String, seen: inout [String: Int]) {
    for entry in table.entries {
      let name = prefix + entry.key
      let line = entry.position.line
      if let key = KeyTable.key(named: name) {
        guard let value = key.type.read(entry.node) else {
          let what = "not a value that is allowed"
          diagnostics.append(Diagnostic(file: file, line: line, key: name, what: what, allowed: key.type.allowed))
          continue
        }
        key.apply(value, to: &settings)
        origins[name] = "\(file):\(line)"
        seen[name] = line
      } else if case .table(let inner) = entry.node.value,
        KeyTable.keys.contains(where: { $0.name.hasPrefix(name + ".") })
      {
        apply(inner, prefix: name + ".", file: file, seen: &seen)
      } else {
        let hint = KeyTable.nearest(to: name).map { "did you mean \($0)?" } ?? "the keys of the shipped nape.toml"
        diagnostics.append(Diagnostic(file: file, line: line, key: name, what: "there is no such key", allowed: hint))
      }
    }
  }

  /// Values that are wrong only beside each other.
  private mutating func checkTogether(before: Settings, file: String, seen: [String: Int]) {
    guard settings.presence.breakAfter > settings.presence.awayAfter else { return }
    for key in ["presence.break_after", "presence.away_after"] {
      guard let line = seen[key] else { continue }
      let allowed = "break_after no longer than away_after (\(DurationText.string(settings.presence.awayAfter)))"
      diagnostics.append(
        Diagnostic(file: file, line: line, key: key, what: "a break would be longer than away", allowed: allowed))
      origins[key] = nil
    }
    settings.presence.breakAfter = before.presence.breakAfter
    settings.presence.awayAfter = before.presence.awayAfter
  }

  /// Sets one key as a trace or a test does.
  ///
  /// - Throws: what is wrong, with what is allowed.
  public mutating func set(_ name: String, toTOML literal: String, file: String, line: Int) throws(Diagnostic) {
    guard let key = KeyTable.key(named: name) else {
      let hint = KeyTable.nearest(to: name).map { "did you mean \($0)?" } ?? "a key of nape.toml"
      throw Diagnostic(file: file, line: line, key: name, what: "there is no such key", allowed: hint)
    }
    guard let node = (try? TOML.parse("v = " + literal))?["v"], let value = key.type.read(node) else {
      let what = "not a value that is allowed"
      throw Diagnostic(file: file, line: line, key: name, what: what, allowed: key.type.allowed)
    }
    key.apply(value, to: &settings)
    origins[name] = "\(file):\(line)"
  }
}
