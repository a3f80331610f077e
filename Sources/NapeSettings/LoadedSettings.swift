import NapeCore
import TOML

/// The settings in force, where each came from, and what was wrong with what was left out.
public struct LoadedSettings: Hashable, Sendable {
  /// What a file says of one key.
  public struct Assignment: Hashable, Sendable {
    public let value: SettingValue
    public let place: Place
  }

  public private(set) var settings = Settings()
  /// What was wrong, and is not in force.
  public private(set) var diagnostics: [Diagnostic] = []
  /// What was right, and the policy stands before it.
  public private(set) var notices: [Diagnostic] = []
  /// The files that were read, the policy last.
  public private(set) var files: [String] = []
  public private(set) var policy = Policy()

  /// By key, the lowest first; all others are built in.
  private var assignments: [String: [Assignment]] = [:]
  /// What a lock stood before, by key.
  private var lockedOut: [String: [Assignment]] = [:]
  /// What a bound was brought from, by key.
  private var outOfBounds: [String: SettingValue] = [:]

  /// Those that are built in: `Config/nape.toml` says the same.
  public init() {}

  /// All there are, in layers (§12 of the design).
  ///
  /// - Parameter environment: a variable's value, as `getenv` gives it.
  public static func load(environment: (String) -> String?) -> LoadedSettings {
    LoadedSettings(SettingsFiles(SettingsFolders(environment: environment)))
  }

  /// Lays the files over what is built in, and the policy over them.
  public init(_ found: SettingsFiles) {
    diagnostics = found.diagnostics
    if let file = found.policy {
      policy = Policy(file.bytes, file: file.path)
      diagnostics += policy.diagnostics
    }
    for layer in found.layers {
      files.append(layer.path)
      apply(layer.bytes, file: layer.path, owner: layer.owner)
    }
    if let file = found.policy { files.append(file.path) }
    tellLocks()
    applyBounds()
  }

  // MARK: Provenance

  /// Where a key's value comes from: `FILE:LINE`, or `built-in`, and what of the policy bears on it.
  public func origin(of key: String) -> String {
    var origin = assignments[key]?.last.map { "\($0.place)" } ?? "built-in"
    if let lock = policy.locks[key] { origin += ", locked by \(lock)" }
    if outOfBounds[key] != nil, let bounds = policy.bounds[key] { origin += ", bounded by \(bounds.place)" }
    return origin
  }

  /// What files say of a key and is in force or overridden, the lowest first.
  public func assignments(of key: String) -> [Assignment] { assignments[key] ?? [] }

  /// What files say of a key and a lock stands before.
  public func lockedOut(of key: String) -> [Assignment] { lockedOut[key] ?? [] }

  /// What a key had without its bounds, where these have changed it.
  public func outOfBounds(of key: String) -> SettingValue? { outOfBounds[key] }

  /// The file that could not be read at all, if there is one: nobody knows what it would have changed.
  public var broken: Diagnostic? { diagnostics.first { $0.key.isEmpty } }

  // MARK: Files

  /// Lays a file over what is there. A wrong value leaves the value below in force and is told; so does a whole file
  /// that does not parse.
  public mutating func apply(_ bytes: [UInt8], file: String, owner: SettingsFiles.Layer.Owner = .person) {
    let root: Table
    do { root = try TOML.parse(bytes) } catch { return diagnostics.append(Diagnostic(error, file: file)) }
    let before = settings
    var seen: [String: Place] = [:]
    apply(root, prefix: "", file: file, owner, seen: &seen)
    checkTogether(before: before, seen: seen)
  }

  private mutating func apply(
    _ table: Table, prefix: String, file: String, _ owner: SettingsFiles.Layer.Owner, seen: inout [String: Place]
  ) {
    for entry in table.entries {
      let name = prefix + entry.key
      let place = Place(file: file, line: entry.position.line)
      if let key = KeyTable.key(named: name) {
        guard let value = key.type.read(entry.node) else {
          tell(place, name, key.type.refusal(of: entry.node), key.type.allowed)
          continue
        }
        if set(key, to: value, at: place, owner) { seen[name] = place }
      } else if case .table(let inner) = entry.node.value,
        KeyTable.keys.contains(where: { $0.name.hasPrefix(name + ".") })
      {
        apply(inner, prefix: name + ".", file: file, owner, seen: &seen)
      } else {
        tell(place, name, "there is no such key", KeyTable.hint(for: name))
      }
    }
  }

  /// - Returns: whether it is in force now.
  private mutating func set(
    _ key: SettingKey, to value: SettingValue, at place: Place, _ owner: SettingsFiles.Layer.Owner
  ) -> Bool {
    let builtIn = key.value(of: Settings())
    if owner == .system && key.isPersonal && value != builtIn {
      tell(place, key.name, "only the person may ask for \(value.toml)", "\(builtIn.toml) here")
      return false
    }
    let assignment = Assignment(value: value, place: place)
    if owner == .person && policy.locks[key.name] != nil {
      lockedOut[key.name, default: []].append(assignment)
      return false
    }
    key.apply(value, to: &settings)
    assignments[key.name, default: []].append(assignment)
    return true
  }

  private mutating func tell(_ place: Place, _ key: String, _ what: String, _ allowed: String) {
    diagnostics.append(Diagnostic(at: place, key: key, what: what, allowed: allowed))
  }

  // MARK: Values that are wrong only beside each other

  private static let together = ["presence.break_after", "presence.away_after"]

  private mutating func checkTogether(before: Settings, seen: [String: Place]) {
    guard settings.presence.breakAfter > settings.presence.awayAfter else { return }
    let away = DurationText.string(settings.presence.awayAfter)
    for key in Self.together {
      guard let place = seen[key] else { continue }
      tell(place, key, "a break would be longer than away", "break_after no longer than away_after (\(away))")
      if assignments[key]?.last?.place == place { assignments[key]?.removeLast() }
      outOfBounds[key] = nil
    }
    settings.presence.breakAfter = before.presence.breakAfter
    settings.presence.awayAfter = before.presence.awayAfter
  }

  // MARK: The policy

  private mutating func tellLocks() {
    for key in KeyTable.keys {
      guard let last = lockedOut[key.name]?.last, let lock = policy.locks[key.name] else { continue }
      let value = key.value(of: settings)
      guard last.value != value else { continue }
      notices.append(
        Diagnostic(
          at: last.place, key: key.name, what: "\(last.value.toml) is locked out by \(lock)",
          allowed: "\(value.toml) is in force"))
    }
  }

  private mutating func applyBounds() {
    let before = settings
    var seen: [String: Place] = [:]
    for key in KeyTable.keys {
      guard let bounds = policy.bounds[key.name] else { continue }
      let value = key.value(of: settings)
      let nearest = bounds.nearest(to: value)
      guard nearest != value else { continue }
      key.apply(nearest, to: &settings)
      outOfBounds[key.name] = value
      seen[key.name] = bounds.place
    }
    checkTogether(before: before, seen: seen)
    for key in KeyTable.keys {
      guard let value = outOfBounds[key.name], let bounds = policy.bounds[key.name] else { continue }
      notices.append(
        Diagnostic(
          at: assignments[key.name]?.last?.place ?? bounds.place, key: key.name,
          what: "\(value.toml) is out of the bounds of \(bounds.place)",
          allowed: "\(bounds.text); \(key.value(of: settings).toml) is in force"))
    }
  }

  /// For asking what would be: from now on no lock and no bound holds.
  public mutating func liftPolicy() { policy = Policy() }

  // MARK: Single keys

  /// Sets one key as a trace or a test does.
  ///
  /// - Throws: what is wrong, with what is allowed.
  public mutating func set(_ name: String, toTOML literal: String, file: String, line: Int) throws(Diagnostic) {
    let place = Place(file: file, line: line)
    guard let key = KeyTable.key(named: name) else {
      throw Diagnostic(at: place, key: name, what: "there is no such key", allowed: KeyTable.hint(for: name))
    }
    guard let node = (try? TOML.parse("v = " + literal))?["v"] else {
      throw Diagnostic(at: place, key: name, what: "is no value of TOML", allowed: key.type.allowed)
    }
    guard let value = key.type.read(node) else {
      throw Diagnostic(at: place, key: name, what: key.type.refusal(of: node), allowed: key.type.allowed)
    }
    _ = set(key, to: value, at: place, .person)
  }
}
