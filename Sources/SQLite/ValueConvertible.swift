/// A type whose values can be bound to a statement.
public protocol ValueConvertible {
  var sqliteValue: Value { get }
}

extension Value: ValueConvertible {
  public var sqliteValue: Value { self }
}

extension Int64: ValueConvertible {
  public var sqliteValue: Value { .integer(self) }
}

extension Int32: ValueConvertible {
  public var sqliteValue: Value { .integer(Int64(self)) }
}

extension Int: ValueConvertible {
  public var sqliteValue: Value { .integer(Int64(self)) }
}

/// Stored as 0 and 1.
extension Bool: ValueConvertible {
  public var sqliteValue: Value { .integer(self ? 1 : 0) }
}

extension Double: ValueConvertible {
  public var sqliteValue: Value { .real(self) }
}

extension String: ValueConvertible {
  public var sqliteValue: Value { .text(self) }
}

extension [UInt8]: ValueConvertible {
  public var sqliteValue: Value { .blob(self) }
}
