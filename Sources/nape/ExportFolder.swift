import Glibc

/// A folder in which the files of an export appear whole or not at all, readable by nobody else.
///
/// What an export has left there before is replaced; what is not of an export is never touched. Which files are of one is
/// in `.nape-export`.
struct ExportFolder {
  let path: String
  private let folder: CInt
  /// Of an export before this one.
  private let before: Set<String>

  private static let list = ".nape-export"

  /// Opens the folder, or makes it (0700) where there is none.
  ///
  /// - Parameters:
  ///   - later: names of files that are written afterwards.
  ///   - names: all that an export may write.
  static func write(
    _ files: [(name: String, text: String)], later: [String], to path: String, names: Set<String>
  ) throws {
    let folder = try ExportFolder(path, names: names)
    defer { close(folder.folder) }
    try folder.write(files, later)
  }

  private init(_ path: String, names: Set<String>) throws {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
    let isMade = mkdir(path, 0o700) == 0
    guard isMade || errno == EEXIST else { throw Self.failure(path) }
    folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard folder >= 0 else {
      let what = errno == ENOTDIR || errno == ELOOP ? "this is no folder, or a link to one: name a folder" : nil
      throw Self.failure(path, what)
    }
    before = Self.listed(folder).intersection(names)
  }

  /// What the export before this one wrote, by its list.
  private static func listed(_ folder: CInt) -> Set<String> {
    let file = openat(folder, list, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = max(0, read(file, &bytes, bytes.count))
    return Set(String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n").map(String.init))
  }

  private func write(_ files: [(name: String, text: String)], _ later: [String]) throws {
    let names = files.map(\.name) + later
    var status = stat()
    for name in names where !before.contains(name) && fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 {
      throw Failure(
        "\(path)/\(name): a file of that name is there, and no export has written it: name another folder", status: 1)
    }
    let list = (names + before.subtracting(names).sorted()).joined(separator: "\n") + "\n"
    // What is named in the list may be replaced, so it comes before the files.
    let all = [(name: Self.list, text: list)] + files
    do {
      for (name, text) in all { try writePart(name, text) }
      for (name, _) in all { try take(renameat(folder, Self.part(name), folder, name), name) }
    } catch {
      for (name, _) in all { unlinkat(folder, Self.part(name), 0) }
      throw error
    }
    // What is older would tell other figures.
    for name in before where !files.contains(where: { $0.name == name }) { unlinkat(folder, name, 0) }
    try take(fsync(folder), "")
  }

  /// The file under its name for the time being, on the disk.
  private func writePart(_ name: String, _ text: String) throws {
    let part = Self.part(name)
    // Of an export that was killed.
    unlinkat(folder, part, 0)
    let file = openat(folder, part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    try take(file, name)
    defer { close(file) }
    var text = text
    var written = 0
    try text.withUTF8 { bytes in
      while written < bytes.count {
        let count = Glibc.write(file, bytes.baseAddress! + written, bytes.count - written)
        if count < 0, errno == EINTR { continue }
        try take(CInt(clamping: count), name)
        written += count
      }
    }
    try take(fsync(file), name)
  }

  private static func part(_ name: String) -> String { ".\(name).part" }

  private func take(_ result: CInt, _ name: String) throws {
    if result < 0 { throw Self.failure(name.isEmpty ? path : "\(path)/\(name)") }
  }

  private static func failure(_ path: String, _ what: String? = nil) -> Failure {
    Failure("\(path): \(what ?? String(cString: strerror(errno)))", status: 1)
  }
}
