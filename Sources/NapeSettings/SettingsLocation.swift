import Glibc

/// Where the settings file is looked for: the person's own, else the first of the system's.
public enum SettingsLocation {
  /// - Parameter environment: a variable's value, as `getenv` gives it.
  public static func candidates(environment: (String) -> String?) -> [String] {
    let own: String?
    if let home = environment("XDG_CONFIG_HOME"), home.hasPrefix("/") {
      own = home
    } else {
      own = environment("HOME").map { $0 + "/.config" }
    }
    return [own, "/etc", "/run", "/usr/lib"].compactMap { $0.map { $0 + "/nape/nape.toml" } }
  }

  /// Reads a whole regular file of at most 1 MiB. Anything else is refused without waiting for it: nobody may ever write
  /// to a pipe, and the daemon reads at its start.
  ///
  /// - Throws: a diagnostic that says why it cannot be read; `ENOENT` gives `nil`.
  public static func read(_ path: String) throws(Diagnostic) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard file >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw WithheldFile.diagnostic(path, errno: errno, allowed: "a readable file")
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Diagnostic(file: path, line: 0, key: "", what: "this is no regular file", allowed: "a regular file")
    }
    let limit = 1 << 20
    var bytes = [UInt8](repeating: 0, count: limit + 1)
    var count = 0
    while count < bytes.count {
      let got = bytes.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress?.advanced(by: count), $0.count - count) }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else {
        throw Diagnostic(
          file: path, line: 0, key: "", what: String(cString: strerror(errno)), allowed: "a regular file")
      }
      if got == 0 { break }
      count += got
    }
    guard count <= limit else {
      throw Diagnostic(file: path, line: 0, key: "", what: "the file is too large", allowed: "at most 1 MiB")
    }
    return Array(bytes[..<count])
  }

  /// The built-in defaults with the one settings file laid over them.
  ///
  /// - Returns: the settings, and the file that was read, if there was one.
  public static func load(environment: (String) -> String?) -> (loaded: LoadedSettings, file: String?) {
    var loaded = LoadedSettings.builtIn()
    for path in candidates(environment: environment) {
      do {
        guard let bytes = try read(path) else { continue }
        loaded.apply(bytes, file: path)
      } catch {
        loaded.diagnostics.append(error)
      }
      return (loaded, path)
    }
    return (loaded, nil)
  }
}
