import CSystemd
import Glibc

/// The system's journal.
public enum Journal {
  /// The levels of syslog.
  public enum Priority: Int, Hashable, Sendable {
    case emergency, alert, critical, error, warning, notice, info, debug
  }

  private static let socket = "/run/systemd/journal/socket"

  /// Whether this process's standard error goes to the journal, line by line. `$JOURNAL_STREAM` in `systemd.exec(5)`
  public static var takesStandardError: Bool {
    var status = stat()
    guard let stream = getenv("JOURNAL_STREAM"), fstat(STDERR_FILENO, &status) == 0 else { return false }
    return String(cString: stream) == "\(status.st_dev):\(status.st_ino)"
  }

  /// The user unit that this process belongs to. `sd_pid_get_user_unit(3)`
  public static var userUnit: String? {
    var name: UnsafeMutablePointer<CChar>?
    guard sd_pid_get_user_unit(0, &name) >= 0, let name else { return nil }
    defer { free(name) }
    return String(cString: name)
  }

  /// Writes one record, with the place in the code that wrote it. `sd_journal_sendv_with_location(3)`
  ///
  /// - Parameters:
  ///   - messageID: 32 hexadecimal digits.
  ///   - fields: further fields; names of upper-case letters, digits and underscores that begin with a letter.
  /// - Throws: `EINVAL` for another name, `ENOENT` where no journal is running (to libsystemd that is no error), and what
  ///   the journal answers.
  public static func send(
    _ message: String, priority: Priority, messageID: String? = nil, fields: [(name: String, value: String)] = [],
    file: String = #fileID, line: UInt = #line, function: String = #function
  ) throws(Errno) {
    var texts = ["MESSAGE=\(message)", "PRIORITY=\(priority.rawValue)"]
    if let messageID { texts.append("MESSAGE_ID=\(messageID)") }
    for field in fields {
      guard isName(field.name) else { throw Errno.invalidArgument }
      texts.append("\(field.name)=\(field.value)")
    }
    guard access(socket, F_OK) == 0 else { throw Errno.current }
    // One buffer, so that all parts are in place at once.
    var bytes: [UInt8] = []
    var lengths: [Int] = []
    for text in texts {
      bytes += text.utf8
      lengths.append(text.utf8.count)
    }
    let result = bytes.withUnsafeMutableBytes { buffer -> CInt in
      var parts: [iovec] = []
      var offset = 0
      for length in lengths {
        parts.append(iovec(iov_base: buffer.baseAddress?.advanced(by: offset), iov_len: length))
        offset += length
      }
      return sd_journal_sendv_with_location(
        "CODE_FILE=\(file)", "CODE_LINE=\(line)", function, parts, CInt(parts.count))
    }
    try check(result)
  }

  private static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, (0x41...0x5a).contains(first), name.utf8.count <= 64 else { return false }
    return name.utf8.allSatisfy { (0x41...0x5a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5f }
  }
}
