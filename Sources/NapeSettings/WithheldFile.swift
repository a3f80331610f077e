import Glibc

/// Files that this process may not open although its person may: a security module is in the way, as a rule the one by which
/// `naped` has confined itself.
public enum WithheldFile {
  /// Whether it was that. Landlock answers open(2) and not access(2), which asks for the file's rights alone.
  ///
  /// - Parameter code: what open(2) has answered.
  public static func isWithheld(_ path: String, errno code: CInt) -> Bool { code == EACCES && access(path, R_OK) == 0 }

  /// Whether a file would be withheld now.
  public static func isWithheld(_ path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard file < 0 else {
      close(file)
      return false
    }
    return isWithheld(path, errno: errno)
  }

  /// What is wrong with it, and what helps.
  static let what = "naped has confined itself to the folders that it knew of at its start"
  static let allowed = "a file in one of them, or after systemctl --user restart nape any file"

  /// Why a file was not opened.
  ///
  /// - Parameter allowed: what is said where it is not withheld.
  static func diagnostic(_ path: String, errno code: CInt, allowed: String) -> Diagnostic {
    isWithheld(path, errno: code)
      ? Diagnostic(file: path, line: 0, key: "", what: what, allowed: self.allowed)
      : Diagnostic(file: path, line: 0, key: "", what: String(cString: strerror(code)), allowed: allowed)
  }
}
