import NapeCore
import TOML

/// The administrator's word on single keys: locks, and bounds.
///
///     locked = ["prompts.checkin.enabled"]
///     bounds."prompts.move.after" = { min = "30min", max = "60min" }
public struct Policy: Hashable, Sendable {
  /// What a value has to lie within.
  public struct Bounds: Hashable, Sendable {
    public var least: SettingValue?
    public var most: SettingValue?
    public let place: Place

    /// The nearest value within.
    func nearest(to value: SettingValue) -> SettingValue {
      var value = value
      if let least { value = value.limited(by: least, isLeast: true) }
      if let most { value = value.limited(by: most, isLeast: false) }
      return value
    }

    /// As a diagnostic says it: `"30min" to "60min"`.
    public var text: String {
      switch (least?.toml, most?.toml) {
      case (let least?, let most?): "\(least) to \(most)"
      case (let least?, nil): "\(least) or more"
      case (nil, let most?): "\(most) or less"
      case (nil, nil): ""
      }
    }
  }

  /// Where each locked key is locked.
  public private(set) var locks: [String: Place] = [:]
  public private(set) var bounds: [String: Bounds] = [:]
  public private(set) var diagnostics: [Diagnostic] = []

  /// Whether the file is TOML.
  public private(set) var isParsed = true

  private let file: String

  /// No word on anything.
  public init() { file = "" }

  /// Takes in what is right of a file; what is wrong is told and holds nothing up.
  public init(_ bytes: [UInt8], file: String) {
    self.file = file
    let root: Table
    do { root = try TOML.parse(bytes) } catch {
      diagnostics = [Diagnostic(error, file: file)]
      isParsed = false
      return
    }
    for entry in root.entries {
      switch entry.key {
      case "locked": readLocks(entry.node)
      case "bounds": readBounds(entry.node)
      default:
        let near = NearestName.find(entry.key, among: ["locked", "bounds"]).map { "did you mean \($0)?" }
        tell(entry.position, entry.key, "there is no such key", near ?? "locked, bounds")
      }
    }
  }

  private mutating func tell(_ position: Position, _ key: String, _ what: String, _ allowed: String) {
    diagnostics.append(Diagnostic(file: file, line: position.line, key: key, what: what, allowed: allowed))
  }

  private mutating func readLocks(_ node: Node) {
    let allowed = "a list of keys, such as [\"prompts.move.after\"]"
    guard case .array(let items) = node.value else {
      return tell(node.position, "locked", "is \(node.kindName)", allowed)
    }
    for item in items {
      guard case .string(let name) = item.value else {
        tell(item.position, "locked", "is \(item.kindName)", allowed)
        continue
      }
      guard KeyTable.key(named: name) != nil else {
        tell(item.position, "locked", "there is no key \(ShownText.quoted(name))", KeyTable.hint(for: name))
        continue
      }
      locks[name] = Place(file: file, line: item.position.line)
    }
  }

  private mutating func readBounds(_ node: Node) {
    guard case .table(let table) = node.value else {
      return tell(node.position, "bounds", "is \(node.kindName)", "bounds.\"KEY\" = { min = …, max = … }")
    }
    for entry in table.entries {
      let name = "bounds.\"\(entry.key)\""
      guard let key = KeyTable.key(named: entry.key) else {
        tell(entry.position, name, "there is no such key; its name stands in quotes", KeyTable.hint(for: entry.key))
        continue
      }
      guard let type = key.type.bound else {
        tell(entry.position, name, "values of this key have no order", "a lock: locked = [\"\(key.name)\"]")
        continue
      }
      guard case .table(let ends) = entry.node.value else {
        tell(entry.position, name, "is \(entry.node.kindName)", "{ min = …, max = … }")
        continue
      }
      read(ends, of: key, as: type, name, at: entry.position)
    }
  }

  private mutating func read(
    _ ends: Table, of key: SettingKey, as type: SettingType, _ name: String, at position: Position
  ) {
    var bounds = Bounds(place: Place(file: file, line: position.line))
    for end in ends.entries {
      guard end.key == "min" || end.key == "max" else {
        tell(end.position, "\(name).\(end.key)", "there is no such key", "min, max")
        continue
      }
      guard let value = type.read(end.node) else {
        tell(end.position, "\(name).\(end.key)", type.refusal(of: end.node), type.allowed)
        continue
      }
      if end.key == "min" { bounds.least = value } else { bounds.most = value }
    }
    guard bounds.least != nil || bounds.most != nil else {
      if ends.entries.isEmpty { tell(position, name, "names no bound", "{ min = …, max = … }") }
      return
    }
    if let least = bounds.least, bounds.nearest(to: least) != least {
      return tell(position, name, "the least is above the most", "min no larger than max")
    }
    self.bounds[key.name] = bounds
  }
}
