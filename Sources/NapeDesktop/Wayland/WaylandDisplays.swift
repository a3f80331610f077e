import Glibc

/// Where compositors may be found.
public enum WaylandDisplays {
  /// The paths of sockets to try, best first: that of `$WAYLAND_DISPLAY`, whether or not there is one; then the sockets
  /// `$XDG_RUNTIME_DIR/wayland-*` that belong to us, by name.
  ///
  /// `$WAYLAND_DISPLAY` is an absolute path or stands in `$XDG_RUNTIME_DIR`, which must be absolute. `$WAYLAND_SOCKET` is
  /// for the program that a compositor starts.
  ///
  /// - Parameter environment: a variable's value, as `getenv` gives it.
  public static func candidates(environment: (String) -> String?) -> [String] {
    let folder = environment("XDG_RUNTIME_DIR").flatMap { $0.hasPrefix("/") ? $0 : nil }
    var paths: [String] = []
    if let display = environment("WAYLAND_DISPLAY"), !display.isEmpty {
      if display.hasPrefix("/") {
        paths.append(display)
      } else if let folder {
        paths.append(folder + "/" + display)
      }
    }
    guard let folder else { return paths }
    return paths + sockets(in: folder).filter { !paths.contains($0) }
  }

  private static func sockets(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var paths: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      let path = folder + "/" + name
      if name.hasPrefix("wayland-"), isOwnSocket(path) { paths.append(path) }
    }
    return paths.sorted()
  }

  private static func isOwnSocket(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK && status.st_uid == geteuid()
  }
}
