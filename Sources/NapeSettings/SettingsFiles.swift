import Glibc

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

  /// The most drop-ins that are read of one folder.
  static let mostDropIns = 256

  private static let name = "nape.toml"

  /// Reads all there are: the first main file of the system's folders, the drop-ins of all of them by file name, the
  /// person's main file, the person's drop-ins. Of system drop-ins with one name that of the higher folder counts; an
  /// empty one, or a link to `/dev/null`, masks those of its name below.
  public init(_ folders: SettingsFolders) {
    for folder in folders.system {
      guard let bytes = read("\(folder)/\(Self.name)") else { continue }
      add("\(folder)/\(Self.name)", bytes, .system)
      break
    }
    addDropIns(of: folders.system, .system)
    if let own = folders.own {
      if let bytes = read("\(own)/\(Self.name)") { add("\(own)/\(Self.name)", bytes, .person) }
      addDropIns(of: [own], .person)
    }
    if let folder = folders.system.first, let bytes = read("\(folder)/policy.toml") {
      policy = Layer(path: "\(folder)/policy.toml", bytes: bytes, owner: .system)
    }
  }

  /// - Returns: `nil` where there is none; one that cannot be read is told, and there all the same.
  private mutating func read(_ path: String) -> [UInt8]? {
    do throws(Diagnostic) { return try RegularFile.read(path) } catch {
      diagnostics.append(error)
      return []
    }
  }

  /// One without a word in it says nothing.
  private mutating func add(_ path: String, _ bytes: [UInt8], _ owner: Layer.Owner) {
    if !bytes.isEmpty { layers.append(Layer(path: path, bytes: bytes, owner: owner)) }
  }

  private mutating func addDropIns(of folders: [String], _ owner: Layer.Owner) {
    var paths: [String: String] = [:]
    for folder in folders.map({ "\($0)/\(Self.name).d" }) {
      for name in names(in: folder) where paths[name] == nil { paths[name] = "\(folder)/\(name)" }
    }
    // By bytes, whatever the language: every machine has the same order.
    for (_, path) in paths.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      if let bytes = read(path) { add(path, bytes, owner) }
    }
  }

  /// The drop-ins of a folder (opendir(3), readdir(3)).
  private mutating func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else {
      if errno != ENOENT && errno != ENOTDIR {
        diagnostics.append(WithheldFile.diagnostic(folder, errno: errno, allowed: "a readable folder"))
      }
      return []
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasSuffix(".toml"), !name.hasPrefix(".") else { continue }
      guard names.count < Self.mostDropIns else {
        tell(folder, "there are too many drop-ins, and some are not read", "at most \(Self.mostDropIns)")
        break
      }
      names.append(name)
    }
    return names
  }

  private mutating func tell(_ path: String, _ what: String, _ allowed: String) {
    diagnostics.append(Diagnostic(file: path, line: 0, key: "", what: what, allowed: allowed))
  }
}
