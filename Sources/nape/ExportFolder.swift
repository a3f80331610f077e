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
  /// - Parameter names: all that an export may write.
  static func write(_ files: [ExportFile], to path: String, names: Set<String>) throws {
    let folder = try ExportFolder(path, names: names)
    defer { close(folder.folder) }
    try folder.write(files)
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

  private func write(_ files: [ExportFile]) throws {
    let names = files.map(\.name)
    var status = stat()
    for name in names where !before.contains(name) && fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 {
      throw Failure(
        "\(path)/\(name): a file of that name is there, and no export has written it: name another folder", status: 1)
    }
    // What the list names may be replaced, so it comes before the files, and forgets the older ones when they are gone.
    try appear([Self.lines(names + before.subtracting(names).sorted())] + files)
    let older = before.subtracting(names)
    guard !older.isEmpty else { return }
    // They would tell other figures.
    for name in older { unlinkat(folder, name, 0) }
    try appear([Self.lines(names)])
  }

  private static func lines(_ names: [String]) -> ExportFile {
    ExportFile(list, names.map { $0 + "\n" }.joined())
  }

  /// All of them are on the disk before the first has its name.
  private func appear(_ files: [ExportFile]) throws {
    do {
      for file in files { try writePart(file.name, file.bytes) }
      for name in files.map(\.name) { try take(renameat(folder, Self.part(name), folder, name), name) }
    } catch {
      for file in files { unlinkat(folder, Self.part(file.name), 0) }
      throw error
    }
    try take(fsync(folder), "")
  }

  /// The file under its name for the time being, on the disk.
  private func writePart(_ name: String, _ bytes: [UInt8]) throws {
    let part = Self.part(name)
    // Of an export that was killed.
    unlinkat(folder, part, 0)
    let file = openat(folder, part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    try take(file, name)
    defer { close(file) }
    try take(Files.write(bytes, to: file) ? 0 : -1, name)
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
