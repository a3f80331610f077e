import Systemd

/// The daemon's records in the journal. Nothing of the diary is ever among them.
struct Log {
  /// Whether the journal took the record. Where there is none, nothing is lost but the record.
  @discardableResult
  func write(
    _ id: MessageID, _ priority: Journal.Priority, _ message: String, _ fields: [(name: String, value: String)] = [],
    file: String = #fileID, line: UInt = #line, function: String = #function
  ) -> Bool {
    do throws(Errno) {
      try Journal.send(
        message, priority: priority, messageID: id.rawValue, fields: fields, file: file, line: line,
        function: function)
      return true
    } catch {
      return false
    }
  }
}
