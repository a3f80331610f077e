/// The files that settings come from, as they were found, and nothing of what they mean.
public struct SettingsFiles: Sendable {
  /// One file.
  public struct Layer: Hashable, Sendable {
    /// Whose word it is.
    public enum Owner: Sendable { case system, person }

    public let path: String
    public let bytes: [UInt8]
    public let owner: Owner
  }

  /// The lowest first: each stands before those that come earlier.
  public private(set) var layers: [Layer] = []
  /// The administrator's locks and bounds.
  public private(set) var policy: Layer?
  /// What is there and cannot be read.
  public private(set) var diagnostics: [Diagnostic] = []

  /// The most drop-ins that are read of the system, and of the person.
  static let mostDropIns = 256

  /// Reads all there are: the first main file of the system's folders, the drop-ins of all of them by file name, the
  /// person's main file, the person's drop-ins. Of system drop-ins with one name that of the higher folder counts; an
  /// empty one, or a link to `/dev/null`, masks those of its name below.
  public init(_ folders: SettingsFolders) {
    for folder in folders.system {
      guard let bytes = read(SettingsFolders.main(in: folder)) else { continue }
      add(SettingsFolders.main(in: folder), bytes, .system)
      break
    }
    addDropIns(of: folders.system, .system)
    if let own = folders.own {
      let main = SettingsFolders.main(in: own)
      if let bytes = read(main) { add(main, bytes, .person) }
      addDropIns(of: [own], .person)
    }
    if let bytes = read(folders.policy) { policy = Layer(path: folders.policy, bytes: bytes, owner: .system) }
  }

  /// - Returns: `nil` where there is none; one that cannot be read is told, and there all the same.
  private mutating func read(_ path: String) -> [UInt8]? {
    do throws(Diagnostic) { return try RegularFile.read(path) } catch {
      tell(error)
      return []
    }
  }

  /// One without a word in it says nothing.
  private mutating func add(_ path: String, _ bytes: [UInt8], _ owner: Layer.Owner) {
    if !bytes.isEmpty { layers.append(Layer(path: path, bytes: bytes, owner: owner)) }
  }

  private mutating func addDropIns(of folders: [String], _ owner: Layer.Owner) {
    var found: [String: String] = [:]
    for folder in folders {
      let (names, unreadable) = SettingsFolders.dropInNames(in: folder)
      for name in names where found[name] == nil { found[name] = folder }
      for diagnostic in unreadable { tell(diagnostic) }
    }
    // By bytes, whatever the language: every machine has the same order.
    let ordered = found.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { "\(SettingsFolders.dropIns(in: $0.value))/\($0.key)" }
    for path in ordered.prefix(Self.mostDropIns) {
      if let bytes = read(path) { add(path, bytes, owner) }
    }
    if let path = ordered.dropFirst(Self.mostDropIns).first {
      tell(
        Diagnostic(
          file: path, line: 0, key: "", what: "there are too many drop-ins, and those from this one on are not read",
          allowed: "at most \(Self.mostDropIns)"))
    }
  }

  /// A folder that is none is told once, not for each file that it might hold.
  private mutating func tell(_ diagnostic: Diagnostic) {
    if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
  }
}
