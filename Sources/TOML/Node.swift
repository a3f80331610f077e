/// A value of a document and the place where it stands.
public struct Node: Sendable {
  /// What TOML can say.
  public enum Value: Sendable {
    case string(String)
    case integer(Int64)
    case float(Double)
    case boolean(Bool)
    /// A date, a time, or both with or without an offset: checked against the calendar, and spelled as in the file.
    case dateTime(String)
    /// A list in brackets, or the tables of all `[[name]]` headers of one name.
    case array([Node])
    case table(Table)
  }

  public let value: Value

  /// Where the value begins: its first character.
  ///
  /// A table with a header begins at the header's bracket, an array of tables at its first header, and a table that is
  /// only a part of longer names at the first of these parts.
  public let position: Position

  /// The kind of value with its article, to be put in a sentence such as "expected a string, found an integer".
  public var kindName: String {
    switch value {
    case .string: "a string"
    case .integer: "an integer"
    case .float: "a float"
    case .boolean: "a boolean"
    case .dateTime: "a date or time"
    case .array: "an array"
    case .table: "a table"
    }
  }
}
