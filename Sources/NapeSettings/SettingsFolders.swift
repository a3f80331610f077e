import Glibc

/// Where settings are looked for (UAPI.6, the configuration files specification), and what files are there.
public struct SettingsFolders: Sendable {
  /// The system's, the one that stands above the others first.
  public var system = ["/etc/nape", "/run/nape", "/usr/lib/nape"]
  /// The person's; `nil` where neither `XDG_CONFIG_HOME` nor `HOME` says where it is.
  public var own: String?

  /// - Parameter environment: a variable's value, as `getenv` gives it.
  public init(environment: (String) -> String?) {
    if let home = environment("XDG_CONFIG_HOME"), home.hasPrefix("/") {
      own = home + "/nape"
    } else {
      own = environment("HOME").map { $0 + "/.config/nape" }
    }
  }

  /// Those of a test.
  init(system: [String], own: String?) { (self.system, self.own) = (system, own) }

  /// All of them, the person's last.
  public var all: [String] { system + [own].compactMap { $0 } }

  /// The main file of a folder.
  public static func main(in folder: String) -> String { folder + "/nape.toml" }

  /// The folder of its drop-ins.
  public static func dropIns(in folder: String) -> String { folder + "/nape.toml.d" }

  /// The administrator's locks and bounds.
  public var policy: String { system[0] + "/policy.toml" }

  /// The names of the drop-ins of a folder, in no order, and what cannot be read of it (opendir(3), readdir(3)). Of a
  /// folder that is not there there are none.
  public static func dropInNames(in folder: String) -> (names: [String], diagnostics: [Diagnostic]) {
    let path = dropIns(in: folder)
    guard let stream = opendir(path) else {
      return ([], errno == ENOENT ? [] : [WithheldFile.diagnostic(path, errno: errno, allowed: "a readable folder")])
    }
    defer { closedir(stream) }
    var names: [String] = []
    var diagnostics: [Diagnostic] = []
    while let entry = readdir(stream) {
      let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      let name = String(decoding: bytes, as: UTF8.self)
      guard name.hasSuffix(".toml"), !name.hasPrefix(".") else { continue }
      // Repaired, it would be the name of no file.
      guard Array(name.utf8) == bytes else {
        diagnostics.append(
          Diagnostic(
            file: "\(path)/\(name)", line: 0, key: "", what: "the name of this file is not UTF-8", allowed: "UTF-8"))
        continue
      }
      names.append(name)
    }
    return (names, diagnostics)
  }
}
