import Glibc
import NapeSettings
import NapeStore
import Systemd

/// What `naped` may reach once it runs: nothing but what is named here, whatever goes wrong in it.
///
/// Paths are those of the start. What comes into their place later, or is named by the settings only then, is found withheld
/// and told (``WithheldFile``); a restart takes it in.
struct Confinement {
  /// How it went.
  enum Outcome {
    /// - Parameter abi: the kernel's, from which follows what it can refuse.
    case confined(abi: Int)
    /// The kernel has no Landlock, or it is off.
    case unsupported
    /// Something is in the way, such as a filter of system calls.
    case failed(Errno)
  }

  /// What may be done where.
  private(set) var rules: [(access: Landlock.Access, path: String)] = []

  private static let read: Landlock.Access = [.readFile, .readFolder]
  private static let keepStore: Landlock.Access = [
    .readFile, .readFolder, .writeFile, .truncate, .makeFile, .removeFile,
  ]

  /// - Parameters:
  ///   - environment: a variable's value, as `getenv` gives it.
  ///   - storePath: of the store, which is open.
  ///   - programme: `exercises.programme`.
  init(environment: (String) -> String?, storePath: String, programme: String) {
    allow(Self.keepStore, [Self.folder(of: storePath)])
    // Settings, zones and libraries. An administrator may make /etc/nape and /run/nape at any time; the two stores are where
    // NixOS and Guix keep what /etc links to.
    allow(Self.read, ["/etc", "/run", "/usr", "/nix/store", "/gnu/store"])
    // A mask is a link to the null device; SQLite asks for random bytes; the boot is part of each record.
    allow([.readFile], ["/dev/null", "/dev/urandom", "/proc/sys/kernel/random/boot_id"])
    // Terminals are found by their names, and never opened.
    allow([.readFolder], ["/dev"])
    // Compositors' sockets, and the cookie of most X servers.
    if let runtime = environment("XDG_RUNTIME_DIR") { allow(Self.read, [runtime]) }
    allow([.readFile], Self.cookie(environment))
    let home = environment("HOME").map { Self.resolved($0) ?? $0 }
    let settings = Self.settings(environment)
    allow(Self.read, settings.folders)
    let programme = ProgrammeLocation.path(programme, environment: environment)
    for file in settings.files + [programme].compactMap({ $0 }) {
      allow(Self.read, [Self.place(of: file, home: home)])
    }
  }

  /// Where the cookie of an X server may be.
  static func cookie(_ environment: (String) -> String?) -> [String] {
    [environment("XAUTHORITY"), environment("HOME").map { $0 + "/.Xauthority" }].compactMap { $0 }
  }

  private mutating func allow(_ access: Landlock.Access, _ paths: [String]) {
    for path in paths where path.hasPrefix("/") && !rules.contains(where: { $0 == (access, path) }) {
      rules.append((access, path))
    }
  }

  /// Where settings may come from, and the files that are there. The person's folder is made, so that some can be put there
  /// later.
  private static func settings(_ environment: (String) -> String?) -> (folders: [String], files: [String]) {
    let folders = SettingsFolders(environment: environment)
    if let own = folders.own { makeFolder(own) }
    let files = folders.all.flatMap { folder in
      let dropIns = SettingsFolders.dropInNames(in: folder).names
      return [SettingsFolders.main(in: folder)] + dropIns.map { "\(SettingsFolders.dropIns(in: folder))/\($0)" }
    }
    return (folders.all + folders.all.map(SettingsFolders.dropIns), files + [folders.policy])
  }

  /// What has to be open for a file that an editor may replace by another one of its name: its folder; or where that holds
  /// the person's home, and for the null device, the file.
  private static func place(of file: String, home: String?) -> String {
    let file = resolved(file) ?? file
    var status = stat()
    guard stat(file, &status) != 0 || status.st_mode & S_IFMT == S_IFREG else { return file }
    let folder = folder(of: file)
    let holdsHome = home.map { ($0 + "/").hasPrefix(folder.hasSuffix("/") ? folder : folder + "/") } ?? false
    return holdsHome || folder == "/" ? file : folder
  }

  /// Confines this process for good.
  func enforce() -> Outcome {
    do throws(Errno) {
      let landlock = try Landlock()
      let abi = landlock.abi
      for (access, path) in rules {
        try landlock.allow(access, beneath: path)
      }
      try landlock.enforce()
      return .confined(abi: abi)
    } catch {
      return error.code == ENOSYS || error.code == EOPNOTSUPP ? .unsupported : .failed(error)
    }
  }

  /// What helps where a store cannot be used; empty where that has nothing to do with the confinement.
  static func advice(on error: StoreError) -> String {
    guard case .file(let path, _, EACCES) = error else { return "" }
    // A folder that is there and refused, or one that may not be made: by rights alone, both would work.
    guard access(path, R_OK | W_OK) == 0 || errno == ENOENT && access(nearestFolder(above: path), W_OK) == 0 else {
      return ""
    }
    return " naped has confined itself to the folder that was there at its start: systemctl --user restart nape."
  }

  private static func nearestFolder(above path: String) -> String {
    let above = folder(of: path)
    return access(above, F_OK) == 0 || above == "/" ? above : nearestFolder(above: above)
  }

  // MARK: Paths

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Without links; `nil` where there is no such file. `realpath(3)`
  private static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func makeFolder(_ path: String) {
    guard mkdir(path, 0o700) != 0, errno == ENOENT, path != "/" else { return }
    makeFolder(folder(of: path))
    mkdir(path, 0o700)
  }
}
