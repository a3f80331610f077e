import Glibc

/// Small files that somebody else may have put anywhere.
public enum RegularFile {
  /// The largest that is read.
  public static let largest = 1 << 20

  /// Major 1, minor 3 (Documentation/admin-guide/devices.txt of Linux).
  private static let nullDevice: dev_t = 1 << 8 | 3

  /// Reads a whole regular file of at most 1 MiB (open(2), fstat(2), read(2)). Anything else is refused without waiting for
  /// it: nobody may ever write to a pipe, and the daemon reads at its start. The null device is an empty file, since a link
  /// to it masks a file (UAPI.6).
  ///
  /// - Returns: `nil` where there is nothing of that name.
  /// - Throws: a diagnostic that says why it cannot be read; a link that leads nowhere is there, and cannot.
  public static func read(_ path: String) throws(Diagnostic) -> [UInt8]? {
    func failure(_ what: String, _ allowed: String) -> Diagnostic {
      Diagnostic(file: path, line: 0, key: "", what: what, allowed: allowed)
    }
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard file >= 0 else {
      let code = errno
      var status = stat()
      if code == ENOENT && lstat(path, &status) != 0 { return nil }
      if code == ENOENT { throw failure("the link leads nowhere", "a regular file, or a link to /dev/null") }
      throw WithheldFile.diagnostic(path, errno: code, allowed: "a readable file")
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw failure(String(cString: strerror(errno)), "a regular file") }
    if status.st_mode & S_IFMT == S_IFCHR && status.st_rdev == nullDevice { return [] }
    guard status.st_mode & S_IFMT == S_IFREG else { throw failure("this is no regular file", "a regular file") }
    // Files of /proc have no length; most others are small.
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 14)
    while bytes.count <= largest {
      let got = piece.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw failure(String(cString: strerror(errno)), "a regular file") }
      if got == 0 { return bytes }
      bytes += piece[..<got]
    }
    throw failure("the file is too large", "at most 1 MiB")
  }
}
