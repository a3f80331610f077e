/// A value as SQLite stores it, of one of its five storage classes.
public enum Value: Hashable, Sendable {
  case null
  case integer(Int64)
  /// Never NaN, which SQLite has no value for.
  case real(Double)
  /// May contain NUL.
  case text(String)
  case blob([UInt8])
}
