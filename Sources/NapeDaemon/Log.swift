import NapeCore
import Systemd

/// Where the daemon's records go: the journal, or elsewhere in a demo. Nothing of the diary is among them, unless the
/// person asks for it (`journal.diary`).
public struct Log {
  /// One record.
  public struct Record {
    public var id: MessageID
    public var priority: Journal.Priority
    public var message: String
    public var fields: [(name: String, value: String)]
    public var file: String
    public var line: UInt
    public var function: String
  }

  private let sink: (Record) -> Bool

  /// - Parameter sink: takes a record, or says that it cannot.
  public init(_ sink: @escaping (Record) -> Bool) { self.sink = sink }

  /// The system's journal. Where there is none, nothing is lost but the record.
  public static var journal: Log {
    Log { record in
      do throws(Errno) {
        try Journal.send(
          record.message, priority: record.priority, messageID: record.id.rawValue,
          fields: [("NAPE_VERSION", NapeVersion.string)] + record.fields,
          file: record.file, line: record.line, function: record.function)
        return true
      } catch {
        return false
      }
    }
  }

  /// Writes a record.
  ///
  /// - Returns: whether it was taken.
  @discardableResult
  func write(
    _ id: MessageID, _ priority: Journal.Priority, _ message: String, _ fields: [(name: String, value: String)] = [],
    file: String = #fileID, line: UInt = #line, function: String = #function
  ) -> Bool {
    sink(
      Record(
        id: id, priority: priority, message: message, fields: fields, file: file, line: line, function: function))
  }
}
