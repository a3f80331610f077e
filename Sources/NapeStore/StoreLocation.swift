import Glibc

/// Where the store is, and that nobody else can read it.
public enum StoreLocation {
  /// `$XDG_DATA_HOME/nape/nape.db`, or below `~/.local/share`.
  ///
  /// - Parameter environment: a variable's value, as `getenv` gives it.
  /// - Returns: `nil` where there is no home.
  public static func path(environment: (String) -> String?) -> String? {
    if let data = environment("XDG_DATA_HOME"), data.hasPrefix("/") { return data + "/nape/nape.db" }
    return environment("HOME").map { $0 + "/.local/share/nape/nape.db" }
  }

  /// Makes the folder (0700) and an empty file (0600) where they are missing, and takes other people's rights away where
  /// they are not. The file is never followed through a link.
  static func prepare(_ path: String) throws(StoreError) {
    let folder = parent(of: path)
    try makeFolder(folder)
    let folderFD = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folderFD >= 0 else { throw failure(folder) }
    defer { close(folderFD) }
    try keepPrivate(folderFD, folder, mode: 0o700)
    let name = String(path[path.index(path.startIndex, offsetBy: folder.count + 1)...])
    let fileFD = openat(folderFD, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o600)
    guard fileFD >= 0 else {
      let error = failure(path)
      guard errno == EROFS || errno == EACCES, isReadable(folderFD, name) else { throw error }
      return
    }
    defer { close(fileFD) }
    var status = stat()
    guard fstat(fileFD, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .file(path: path, what: "not a regular file")
    }
    try keepPrivate(fileFD, path, mode: 0o600)
  }

  private static func isReadable(_ folderFD: CInt, _ name: String) -> Bool {
    let fileFD = openat(folderFD, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard fileFD >= 0 else { return false }
    close(fileFD)
    return true
  }

  private static func keepPrivate(_ fd: CInt, _ path: String, mode: mode_t) throws(StoreError) {
    var status = stat()
    guard fstat(fd, &status) == 0 else { throw failure(path) }
    guard status.st_uid == geteuid() else { throw .file(path: path, what: "belongs to another user") }
    if status.st_mode & 0o777 & ~mode != 0 && fchmod(fd, mode) != 0 && errno != EROFS { throw failure(path) }
  }

  private static func makeFolder(_ path: String) throws(StoreError) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, path.count > 1 else { throw failure(path) }
    let above = parent(of: path)
    guard above.count < path.count, !above.isEmpty else { throw failure(path) }
    try makeFolder(above)
    if mkdir(path, 0o700) != 0 && errno != EEXIST { throw failure(path) }
  }

  private static func parent(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  static func failure(_ path: String) -> StoreError {
    .file(path: path, what: String(cString: strerror(errno)), errno: errno)
  }
}
