import NapeCore
import TOML

/// The settings in force, where each came from, and what was wrong with what was left out.
public struct LoadedSettings: Hashable, Sendable {
  /// What a file says of one key.
  public struct Assignment: Hashable, Sendable {
    public let value: SettingValue
    public let place: Place
    /// Which of all it was.
    let number: Int
  }

  public private(set) var settings = Settings()
  /// What was wrong, and is not in force.
  public private(set) var diagnostics: [Diagnostic] = []
  /// What was right, and the policy stands before it.
  public private(set) var notices: [Diagnostic] = []
  /// The files that are in force, as far as they are right; the policy last.
  public private(set) var files: [String] = []
  public private(set) var policy = Policy()

  private var count = 0
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
    for layer in found.layers where lay(layer.bytes, file: layer.path, owner: layer.owner) { files.append(layer.path) }
    if let file = found.policy, policy.isParsed { files.append(file.path) }
    checkTogether()
    applyBounds()
    tellLocks()
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
    _ = lay(bytes, file: file, owner: owner)
    checkTogether()
  }

  /// The most that is told of one file: whoever reads the journal is not to be buried.
  static let mostDiagnostics = 50

  /// - Returns: whether the file parses.
  private mutating func lay(_ bytes: [UInt8], file: String, owner: SettingsFiles.Layer.Owner) -> Bool {
    let root: Table
    do { root = try TOML.parse(bytes) } catch {
      diagnostics.append(Diagnostic(error, file: file))
      return false
    }
    let before = diagnostics.count
    apply(root, prefix: "", file: file, owner)
    let left = diagnostics.count - before - Self.mostDiagnostics
    if left > 0 {
      let first = diagnostics[before + Self.mostDiagnostics]
      diagnostics.removeLast(left)
      tell(
        first.place, first.key, "this and \(left - 1) more mistakes from here on",
        "the first \(Self.mostDiagnostics) are told")
    }
    return true
  }

  private mutating func apply(_ table: Table, prefix: String, file: String, _ owner: SettingsFiles.Layer.Owner) {
    for entry in table.entries {
      let name = prefix + entry.key
      let place = Place(file: file, line: entry.position.line)
      if let key = KeyTable.key(named: name) {
        guard let value = key.type.read(entry.node) else {
          tell(place, name, key.type.refusal(of: entry.node), key.type.allowed)
          continue
        }
        set(key, to: value, at: place, owner)
      } else if KeyTable.keys.contains(where: { $0.name.hasPrefix(name + ".") }) {
        if case .table(let inner) = entry.node.value {
          apply(inner, prefix: name + ".", file: file, owner)
        } else {
          tell(place, name, "is \(entry.node.kindName)", "a section: [\(name)]")
        }
      } else {
        tell(place, name, "there is no such key", KeyTable.hint(for: name))
      }
    }
  }

  private mutating func set(
    _ key: SettingKey, to value: SettingValue, at place: Place, _ owner: SettingsFiles.Layer.Owner
  ) {
    let builtIn = key.value(of: Settings())
    if owner == .system && key.isPersonal && value != builtIn {
      return tell(place, key.name, "only the person may ask for \(value.toml)", "\(builtIn.toml) here")
    }
    count += 1
    let assignment = Assignment(value: value, place: place, number: count)
    if owner == .person && policy.locks[key.name] != nil {
      lockedOut[key.name, default: []].append(assignment)
    } else {
      key.apply(value, to: &settings)
      assignments[key.name, default: []].append(assignment)
    }
  }

  private mutating func tell(_ place: Place, _ key: String, _ what: String, _ allowed: String) {
    let discreet = KeyTable.isPrivate(key) ? "is not allowed" : nil
    diagnostics.append(Diagnostic(at: place, key: key, what: what, discreet: discreet, allowed: allowed))
  }

  // MARK: Values that are wrong only beside each other

  private static let together = ["presence.break_after", "presence.away_after"]

  private var isBreakLongerThanAway: Bool { settings.presence.breakAfter > settings.presence.awayAfter }

  /// Of the two the one that was said last gives way, and then what was said before it.
  private mutating func checkTogether() {
    while isBreakLongerThanAway {
      let last = Self.together.compactMap { name in assignments[name]?.last.map { (name: name, said: $0) } }
        .max { $0.said.number < $1.said.number }
      guard let last, let key = KeyTable.key(named: last.name) else { return }
      let away = DurationText.string(settings.presence.awayAfter)
      tell(
        last.said.place, last.name, "a break would be longer than away",
        "break_after no longer than away_after (\(away))")
      assignments[last.name]?.removeLast()
      key.apply(assignments[last.name]?.last?.value ?? key.value(of: Settings()), to: &settings)
    }
  }

  // MARK: The policy

  private mutating func applyBounds() {
    let before = settings
    for key in KeyTable.keys {
      if let bounds = policy.bounds[key.name] { bring(key, to: bounds.nearest(to: key.value(of: settings))) }
    }
    if isBreakLongerThanAway { bringTogether(before) }
    for key in KeyTable.keys {
      guard let value = outOfBounds[key.name] else { continue }
      let mine = policy.bounds[key.name]
      // What its neighbour's bounds have moved has none of its own.
      guard let bounds = mine ?? Self.together.compactMap({ policy.bounds[$0] }).first else { continue }
      let now = key.value(of: settings).toml
      let limit = mine.map { "\($0.text); " } ?? ""
      notices.append(
        Diagnostic(
          at: assignments[key.name]?.last?.place ?? bounds.place, key: key.name,
          what: "\(value.toml) is out of the bounds of \(bounds.place)",
          discreet: KeyTable.isPrivate(key.name) ? "is out of the bounds of \(bounds.place)" : nil,
          allowed: limit + "\(now) is in force"))
    }
  }

  /// What a bound has moved takes the other of the two along, as far as its own bounds let it.
  private mutating func bringTogether(_ before: Settings) {
    guard let breakAfter = KeyTable.key(named: Self.together[0]), let awayAfter = KeyTable.key(named: Self.together[1])
    else { return }
    func within(_ key: SettingKey, _ value: SettingValue) -> SettingValue {
      policy.bounds[key.name]?.nearest(to: value) ?? value
    }
    bring(breakAfter, to: within(breakAfter, awayAfter.value(of: settings)))
    if isBreakLongerThanAway { bring(awayAfter, to: within(awayAfter, breakAfter.value(of: settings))) }
    guard isBreakLongerThanAway else { return }
    settings.presence = before.presence
    for key in Self.together {
      outOfBounds[key] = nil
      guard let bounds = policy.bounds[key] else { continue }
      tell(bounds.place, key, "a break would be longer than away", "bounds that leave break_after below away_after")
    }
  }

  private mutating func bring(_ key: SettingKey, to value: SettingValue) {
    let now = key.value(of: settings)
    guard now != value else { return }
    key.apply(value, to: &settings)
    outOfBounds[key.name] = outOfBounds[key.name] ?? now
  }

  private mutating func tellLocks() {
    for key in KeyTable.keys {
      guard let last = lockedOut[key.name]?.last, let lock = policy.locks[key.name] else { continue }
      let value = key.value(of: settings)
      guard last.value != value else { continue }
      notices.append(
        Diagnostic(
          at: last.place, key: key.name, what: "\(last.value.toml) is locked out by \(lock)",
          discreet: KeyTable.isPrivate(key.name) ? "another value is locked out by \(lock)" : nil,
          allowed: "\(value.toml) is in force"))
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
    set(key, to: value, at: place, .person)
  }
}
