/// TOML 1.0 (https://toml.io/en/v1.0.0), read into tables that know where everything stands.
///
/// Reading takes time and memory in proportion to the text, whatever the text is.
public enum TOML {
  /// How many tables and arrays may stand inside each other, not counting the document itself.
  public static let nestingLimit = 64

  /// The table that `bytes`, the content of a file, describes.
  public static func parse(_ bytes: [UInt8]) throws(SyntaxError) -> Table {
    var parser = try Parser(bytes)
    return try parser.document()
  }

  /// The table that `text` describes.
  public static func parse(_ text: String) throws(SyntaxError) -> Table {
    try parse(Array(text.utf8))
  }
}
