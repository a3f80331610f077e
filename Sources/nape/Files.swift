import Glibc

/// Files named on the command line.
enum Files {
  /// What a file that somebody writes by hand may hold: 1 MiB, as in the daemon.
  static let mostByHand = 1 << 20
  /// What a trace may hold: 256 MiB.
  static let mostOfTrace = 256 << 20

  /// The whole of a file or pipe, or of standard input for `-`.
  ///
  /// - Parameter most: in bytes.
  /// - Throws: also for what is longer, and for a device, which may have no end.
  static func read(_ path: String, most: Int = mostByHand) throws -> [UInt8] {
    let file = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard file >= 0 else { throw Failure("\(path): \(String(cString: strerror(errno)))", status: 1) }
    defer { if path != "-" { close(file) } }
    if path != "-" {
      var status = stat()
      guard fstat(file, &status) == 0, [S_IFREG, S_IFIFO, S_IFDIR].contains(status.st_mode & S_IFMT) else {
        throw Failure("\(path): this is no regular file: a regular file or a pipe", status: 1)
      }
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw Failure("\(path): \(String(cString: strerror(errno)))", status: 1) }
      if count == 0 { return bytes }
      guard count <= most - bytes.count else {
        let name = path == "-" ? "standard input" : path
        throw Failure("\(name): this is too large: at most \(most >> 20) MiB", status: 1)
      }
      bytes += buffer[..<count]
    }
  }

  /// All of the bytes, however many calls it takes.
  ///
  /// - Returns: whether all were taken; if not, `errno` says why. `write(2)`
  static func write(_ bytes: some Sequence<UInt8>, to file: CInt) -> Bool {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
